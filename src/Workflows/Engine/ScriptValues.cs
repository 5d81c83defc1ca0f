using System.Buffers;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using Jint;
using Jint.Native;

namespace EduUnion.Workflows.Engine;

/// <summary>Values between JSON and the script engine. What JSON cannot hold (functions, NaN) becomes null.</summary>
internal static class ScriptValues
{
    private const int MaxDepth = 32;

    public static JsValue ToScript(Jint.Engine engine, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var json = new JsObject(engine);
                foreach (var property in value.EnumerateObject())
                    json.FastSetDataProperty(property.Name, ToScript(engine, property.Value));
                if (value.TryGetProperty("SubStatus", out _))
                    NameInCamelCase(json);
                return json;
            case JsonValueKind.Array:
                return new JsArray(engine, [.. value.EnumerateArray().Select(item => ToScript(engine, item))]);
            case JsonValueKind.String:
                return new JsString(value.GetString()!);
            case JsonValueKind.Number:
                return new JsNumber(value.GetDouble());
            case JsonValueKind.True:
                return JsBoolean.True;
            case JsonValueKind.False:
                return JsBoolean.False;
            default:
                return JsValue.Null;
        }
    }

    // An ExecuteWorkflowResult is an object of .NET in Elsa, where scripts write its members in either case.
    private static void NameInCamelCase(JsObject result)
    {
        foreach (var (key, property) in result.GetOwnProperties().ToList())
            result.FastSetProperty(
                JsonNamingPolicy.CamelCase.ConvertName(key.AsString()),
                new(property.Value, writable: true, enumerable: false, configurable: true)
            );
    }

    /// <exception cref="ActivityFault">The value is nested too deeply, as one that contains itself is.</exception>
    public static JsonElement FromScript(JsValue value)
    {
        switch (value)
        {
            case JsBoolean flag:
                return Values.Of(flag.AsBoolean());
            case JsString text:
                return Values.Of(text.ToString());
            case JsNumber or JsObject or JsArray or JsDate:
                var buffer = new ArrayBufferWriter<byte>(64);
                using (var json = new Utf8JsonWriter(buffer))
                    Write(json, value, 0);
                var reader = new Utf8JsonReader(buffer.WrittenSpan);
                return JsonElement.ParseValue(ref reader);
            default:
                return Values.Null;
        }
    }

    private static void Write(Utf8JsonWriter json, JsValue value, int depth)
    {
        if (depth > MaxDepth)
            throw new ActivityFault("The script's value is nested too deeply.");
        switch (value)
        {
            case JsBoolean flag:
                json.WriteBooleanValue(flag.AsBoolean());
                break;
            case JsString text:
                json.WriteStringValue(text.ToString());
                break;
            case JsNumber number:
                Write(json, number.AsNumber());
                break;
            case JsDate date:
                json.WriteStringValue(new DateTimeOffset(date.ToDateTime().ToUniversalTime()).ToString("O"));
                break;
            case JsArray array:
                json.WriteStartArray();
                foreach (var item in array)
                    Write(json, item, depth + 1);
                json.WriteEndArray();
                break;
            case JsObject plain:
                json.WriteStartObject();
                foreach (var (key, property) in plain.GetOwnProperties())
                    if (key.IsString() && property.Enumerable && plain.Get(key) is var member && !member.IsUndefined())
                    {
                        json.WritePropertyName(key.AsString());
                        Write(json, member, depth + 1);
                    }
                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, double number)
    {
        if (!double.IsFinite(number))
            json.WriteNullValue();
        else if (number == Math.Truncate(number) && Math.Abs(number) < 9e15)
            json.WriteNumberValue((long)number);
        else
            json.WriteNumberValue(number);
    }
}

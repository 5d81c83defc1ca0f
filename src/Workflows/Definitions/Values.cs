using System.Globalization;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>JSON values and Elsa's type aliases.</summary>
public static class Values
{
    public static JsonElement Null { get; } = JsonElement.Parse("null");
    public static JsonElement EmptyObject { get; } = JsonElement.Parse("{}");

    public static JsonElement Of(string? text) => JsonSerializer.SerializeToElement(text);

    public static JsonElement Of(bool value) => JsonSerializer.SerializeToElement(value);

    public static JsonElement Of(long value) => JsonSerializer.SerializeToElement(value);

    /// <summary>A value as text, as .NET would print it; null is the empty text.</summary>
    public static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            _ => value.GetRawText(),
        };

    /// <summary>Whether a value converts to true, as .NET would convert it.</summary>
    public static bool IsTrue(JsonElement value) =>
        value.ValueKind == JsonValueKind.True
        || (value.ValueKind == JsonValueKind.Number && value.GetDouble() != 0)
        || (value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var parsed) && parsed);

    /// <summary>Converts a value to an alias (<c>Int32</c>, <c>Boolean</c> …) or .NET name, as Elsa does on assignment.</summary>
    /// <exception cref="FormatException">The value has no such form.</exception>
    public static JsonElement Convert(JsonElement value, string? typeName, bool isArray = false)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return Null;
        var alias = Alias(typeName);
        if (isArray || IsList(alias))
            return Structure(value);
        return alias switch
        {
            "String" => value.ValueKind == JsonValueKind.String ? value : Of(Text(value)),
            "Boolean" => Boolean(value),
            "Int16" or "Int32" or "Int64" => Integer(value),
            "Single" or "Double" or "Decimal" => Number(value),
            "Object" or "ObjectDictionary" or "" => value,
            _ => value,
        };
    }

    /// <summary>The initial value of a variable, which documents write as a string.</summary>
    public static JsonElement Initial(JsonElement value, string? typeName, bool isArray) =>
        value.ValueKind == JsonValueKind.String
        && Alias(typeName)
            is "Object"
                or "ObjectDictionary"
                or "ExpandoObject"
                or "JsonElement"
                or "JsonNode"
                or "JsonObject"
            ? Structure(value)
            : Convert(value, typeName, isArray);

    private static bool IsList(string alias) =>
        alias.EndsWith("[]", StringComparison.Ordinal)
        || alias is "ObjectArray" or "JsonArray"
        || alias.Contains("List<", StringComparison.Ordinal)
        || alias.Contains("Collection<", StringComparison.Ordinal)
        || alias.Contains("Enumerable<", StringComparison.Ordinal);

    // "System.Int32", "System.Int32, System.Private.CoreLib", "Int32?" and "Int32" are the same type.
    private static string Alias(string? typeName)
    {
        var name = typeName?.Split(',')[0].Trim().TrimEnd('?') ?? "";
        return name.StartsWith("System.", StringComparison.Ordinal) ? name[(name.LastIndexOf('.') + 1)..] : name;
    }

    private static JsonElement Structure(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return value;
        try
        {
            return JsonElement.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            return value;
        }
    }

    private static JsonElement Boolean(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => value,
            JsonValueKind.String when bool.TryParse(value.GetString(), out var parsed) => Of(parsed),
            JsonValueKind.Number => Of(value.GetDouble() != 0),
            _ => throw new FormatException($"{value.GetRawText()} is not a Boolean."),
        };

    private static JsonElement Integer(JsonElement value)
    {
        var number = Number(value);
        return number.TryGetInt64(out _) ? number : Of((long)Math.Round(number.GetDouble()));
    }

    private static JsonElement Number(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value;
        if (
            value.ValueKind == JsonValueKind.String
            && decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var parsed)
        )
            return JsonSerializer.SerializeToElement(parsed);
        throw new FormatException($"{value.GetRawText()} is not a number.");
    }
}

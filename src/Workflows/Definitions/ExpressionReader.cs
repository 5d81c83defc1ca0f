using System.Text.Json;
using Jint;

namespace EduUnion.Workflows.Definitions;

/// <summary>Reads the expressions of an activity's inputs; scripts and static JSON are parsed here, once.</summary>
internal sealed class ExpressionReader(Findings findings)
{
    /// <summary>An input value: <c>{typeName, expression}</c>, or a bare scalar or list, which is a literal.</summary>
    /// <returns>Null for what Elsa ignores: an expression without <c>typeName</c>, and anything of another shape.</returns>
    public Expression? Input(JsonElement value, string path)
    {
        if (
            value.ValueKind
            is JsonValueKind.String
                or JsonValueKind.Number
                or JsonValueKind.True
                or JsonValueKind.False
                or JsonValueKind.Array
        )
            return new(ExpressionKind.Literal, value, null);
        return value.Text("typeName") is { } type && value.Child("expression").ValueKind == JsonValueKind.Object
            ? Bare(value.Child("expression"), $"{path}/expression", type)
            : null;
    }

    /// <summary>An expression without its wrapper: <c>{type, value}</c>.</summary>
    public Expression? Bare(JsonElement json, string path, string? typeName)
    {
        var value = json.Child("value");
        switch (json.Text("type"))
        {
            case "Literal":
                return new(
                    ExpressionKind.Literal,
                    value.ValueKind == JsonValueKind.Undefined ? Values.Null : value,
                    typeName
                );
            case "Object" or "Json":
                return Static(value, path, typeName);
            case "Variable":
                return Reference(value, "id", ExpressionKind.Variable, path, typeName);
            case "Input":
                return Reference(value, "name", ExpressionKind.Input, path, typeName);
            case "JavaScript":
                return Script(value, path, typeName);
            case var other:
                findings.Add(path, "expression.type", $"Expressions of type '{other}' are not read; use JavaScript.");
                return null;
        }
    }

    /// <summary>The script that a literal text holds, ready to run.</summary>
    public Expression ScriptOf(Expression literal, string path) =>
        literal.Kind == ExpressionKind.Literal && Script(literal.Value, path, null) is { } script ? script : literal;

    private Expression? Static(JsonElement value, string path, string? typeName)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return new(ExpressionKind.Object, Values.Null, typeName);
        if (value.ValueKind != JsonValueKind.String)
            return new(ExpressionKind.Object, value, typeName);
        try
        {
            var text = value.GetString()!;
            return new(ExpressionKind.Object, text.Length == 0 ? Values.Null : JsonElement.Parse(text), typeName);
        }
        catch (JsonException e)
        {
            findings.Add(path, "expression.json", $"The value is not JSON: {e.Message}");
            return null;
        }
    }

    // A reference holds the variable's or input's own JSON, as an object or as text.
    private Expression? Reference(JsonElement value, string key, ExpressionKind kind, string path, string? typeName)
    {
        var target = value;
        try
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString()!.TrimStart().StartsWith('{'))
                target = JsonElement.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            target = default;
        }
        var name =
            target.ValueKind == JsonValueKind.String ? target.GetString() : target.Text(key) ?? target.Text("name");
        if (name is not null)
            return new(kind, Values.Of(name), typeName);
        findings.Add(path, "expression.reference", $"The {kind} expression names nothing.");
        return null;
    }

    private Expression? Script(JsonElement value, string path, string? typeName)
    {
        var body = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        try
        {
            return new(ExpressionKind.JavaScript, Values.Of(body), typeName) { Script = Expression.Prepare(body) };
        }
        catch (ScriptPreparationException e)
        {
            findings.Add(path, "expression.script", $"The script does not parse: {e.Message}");
            return null;
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine;

/// <summary>How activities read their inputs and write variables and outputs.</summary>
internal sealed partial class Execution
{
    /// <summary>The value of an input; JSON null when the document gives none.</summary>
    public JsonElement Input(Node node, string name) =>
        ActivityOf(node).Inputs.TryGetValue(name, out var expression) ? Evaluate(node, expression) : Values.Null;

    /// <summary>As <see cref="Input"/>, evaluated once in a burst: what a loop changes does not change the loop.</summary>
    public JsonElement InputOnce(Node node, string name)
    {
        if (!_evaluated.TryGetValue((node.Id, name), out var value))
            _evaluated[(node.Id, name)] = value = Input(node, name);
        return value;
    }

    /// <summary>The items of an input that is a list, or text that holds one.</summary>
    /// <exception cref="ActivityFault">It is something else.</exception>
    public ImmutableArray<JsonElement> List(Node node, string name)
    {
        var value = Values.Convert(InputOnce(node, name), "Object[]");
        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray()],
            JsonValueKind.Null => [],
            _ => throw new ActivityFault($"The {name} of '{node.ActivityId}' are no list."),
        };
    }

    public JsonElement Evaluate(Node node, Expression expression) =>
        expression.Kind switch
        {
            ExpressionKind.Variable => Read(node, expression.Source)
                ?? throw new ActivityFault($"No variable '{expression.Source}' is in scope."),
            ExpressionKind.Input => node.Frame.Input.GetValueOrDefault(expression.Source, Values.Null),
            ExpressionKind.JavaScript => _scripts.Evaluate(node, expression),
            _ => expression.Value,
        };

    /// <summary>Reads a variable by id or name, the innermost first; null when there is none in scope.</summary>
    public JsonElement? Read(Node node, string variable)
    {
        for (var at = node; at is not null && at.Frame == node.Frame; at = at.Parent)
        {
            if (Declared(ActivityOf(at).Variables, variable) is { } local)
                return at.Locals.TryGetValue(local.Id, out var value) ? value : local.Initial;
            if (at.Locals.TryGetValue(variable, out var loop))
                return loop;
        }
        return Declared(DefinitionOf(node.Frame).Variables, variable) is { } declared
            ? node.Frame.Variables.GetValueOrDefault(declared.Id, declared.Initial)
            : null;
    }

    /// <summary>Writes a variable by id or name, the innermost first.</summary>
    public void Write(Node node, string variable, JsonElement value)
    {
        for (var at = node; at is not null && at.Frame == node.Frame; at = at.Parent)
        {
            if (Declared(ActivityOf(at).Variables, variable) is { } local)
            {
                at.Locals[local.Id] = Converted(value, local.TypeName, local.IsArray);
                return;
            }
            if (at.Locals.ContainsKey(variable))
            {
                at.Locals[variable] = value;
                return;
            }
        }
        var declared =
            Declared(DefinitionOf(node.Frame).Variables, variable)
            ?? throw new ActivityFault($"No variable '{variable}' is in scope.");
        node.Frame.Variables[declared.Id] = Converted(value, declared.TypeName, declared.IsArray);
    }

    /// <summary>The outcomes that the script just run has set; empty when it set none.</summary>
    public ImmutableArray<string> TakeOutcomes() => _scripts.TakeOutcomes();

    public void SetOutput(Frame frame, string name, JsonElement value)
    {
        var declared = DefinitionOf(frame).Outputs.FirstOrDefault(o => o.Name == name);
        frame.Outputs[name] = Converted(value, declared?.TypeName, declared?.IsArray ?? false);
    }

    /// <summary>Gives an activity's output to the variable or workflow output that the document binds it to.</summary>
    public void Bind(Node node, string output, JsonElement value)
    {
        _scripts.Remember(node, output, value);
        if (!ActivityOf(node).Outputs.TryGetValue(output, out var target))
            return;
        if (Read(node, target) is not null)
            Write(node, target, value);
        else if (DefinitionOf(node.Frame).Outputs.Any(o => o.Name == target))
            SetOutput(node.Frame, target, value);
    }

    /// <exception cref="ActivityFault">The value has no such form.</exception>
    public static JsonElement Converted(JsonElement value, string? typeName, bool isArray)
    {
        try
        {
            return Values.Convert(value, typeName, isArray);
        }
        catch (FormatException e)
        {
            throw new ActivityFault(e.Message);
        }
    }

    private static Variable? Declared(IEnumerable<Variable> variables, string name) =>
        variables.FirstOrDefault(v => v.Id == name) ?? variables.FirstOrDefault(v => v.Name == name);
}

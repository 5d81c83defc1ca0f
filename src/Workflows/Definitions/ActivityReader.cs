using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>
/// Reads one activity with everything nested in it. Besides its fixed properties, each camelCase property is an input, an
/// output, a child port or a list of children, told apart by shape.
/// </summary>
internal sealed class ActivityReader(Findings findings, IReadOnlyDictionary<string, string> definitionsByType)
{
    private static readonly ImmutableHashSet<string> Fixed =
    [
        "id",
        "nodeId",
        "name",
        "type",
        "version",
        "customProperties",
        "metadata",
        "activities",
        "connections",
        "variables",
        "cases",
        "variable",
        "workflowDefinitionVersionId",
        "latestAvailablePublishedVersion",
        "latestAvailablePublishedVersionId",
    ];

    private readonly ExpressionReader _expressions = new(findings);

    public Activity? Read(JsonElement json, string path)
    {
        var type = json.Text("type");
        if (type is null)
        {
            findings.Add(path, "activity.incomplete", "An activity needs a type.");
            return null;
        }
        // Elsa gives an id to an activity that has none.
        var id = json.Text("id") ?? path;
        var embedded = Embedded(json, type);
        if (embedded is null && !ActivityTypes.Executed.Contains(type))
            findings.Add(path, "activity.unknown", $"There is no activity type '{type}'.");

        var children = Children(json, "activities", path);
        var connections = type == ActivityTypes.Flowchart ? ConnectionReader.Read(json, path, children, findings) : [];
        var inputs = ImmutableDictionary.CreateBuilder<string, Expression>();
        var outputs = ImmutableDictionary.CreateBuilder<string, string>();
        var ports = ImmutableDictionary.CreateBuilder<string, Activity>();
        foreach (var property in json.EnumerateObject().Where(p => !Fixed.Contains(p.Name)))
        {
            if (embedded is not null && property.Name == "workflowDefinitionId")
                continue;
            // Elsa never reads a flowchart's start from JSON.
            if (type == ActivityTypes.Flowchart && property.Name == "start")
                continue;
            var at = $"{path}/{property.Name}";
            var value = property.Value;
            if (IsActivity(value))
            {
                if (Read(value, at) is { } port)
                    ports[property.Name] = port;
            }
            else if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(IsActivity))
                children = [.. children, .. Children(json, property.Name, path)];
            else if (
                value.Child("memoryReference").Text("id") is { } target
                && !value.TryGetProperty("expression", out _)
            )
                outputs[property.Name] = target;
            else if (_expressions.Input(value, at) is { } input)
                inputs[property.Name] =
                    type == ActivityTypes.RunJavaScript && property.Name == "script"
                        ? _expressions.ScriptOf(input, at)
                        : input;
        }
        return Linked(
            new Activity
            {
                Id = id,
                Type = type,
                Name = json.Text("name") ?? "",
                Path = path,
                DisplayText = json.Child("metadata").Text("displayText") ?? json.Text("name") ?? id,
                Description = json.Child("metadata").Text("description") ?? "",
                Placement = Placed(json.Child("metadata").Child("designer")),
                // Older files carry the flag at top level.
                CanStartWorkflow =
                    Values.IsTrue(Custom(json, "canStartWorkflow")) || Values.IsTrue(json.Child("canStartWorkflow")),
                MergeMode = Enum.TryParse<MergeMode>(Values.Text(Custom(json, "mergeMode")), true, out var mode)
                    ? mode
                    : MergeMode.Stream,
                Inputs = inputs.ToImmutable(),
                Outputs = outputs.ToImmutable(),
                Cases = Cases(json, path),
                VariableId = json.Child("variable").Text("id") ?? json.Child("variable").Text("name"),
                WorkflowDefinitionId = embedded,
                WorkflowDefinitionVersionId = json.Text("workflowDefinitionVersionId"),
                Children = children,
                Ports = ports.ToImmutable(),
                Variables = VariableReader.Declared(json, path, findings),
                Connections = connections,
            }
        );
    }

    private string? Embedded(JsonElement json, string type) =>
        type.StartsWith("Elsa.", StringComparison.Ordinal)
            ? null
            : json.Text("workflowDefinitionId") ?? definitionsByType.GetValueOrDefault(type);

    private static JsonElement Custom(JsonElement json, string name)
    {
        var custom = json.Child("customProperties");
        return custom.Child(name) is { ValueKind: not JsonValueKind.Undefined } value
            ? value
            : custom.Child(char.ToUpperInvariant(name[0]) + name[1..]);
    }

    private static Activity Linked(Activity activity)
    {
        foreach (var child in activity.Nested)
            child.Parent = activity;
        if (
            activity.Type == ActivityTypes.Flowchart
            && activity.Children.DistinctBy(c => c.Id).Count() == activity.Children.Length
        )
            activity.Graph = new FlowGraph(activity.Children, activity.Connections);
        return activity;
    }

    private ImmutableArray<Activity> Children(JsonElement json, string property, string path) =>
        [.. json.Items(property).Select((child, i) => Read(child, $"{path}/{property}/{i}")).OfType<Activity>()];

    private ImmutableArray<SwitchCase> Cases(JsonElement json, string path)
    {
        var cases = ImmutableArray.CreateBuilder<SwitchCase>();
        foreach (var (item, i) in json.Items("cases").Select((c, i) => (c, i)))
        {
            var condition = item.Child("condition");
            if (condition.Child("expression").ValueKind == JsonValueKind.Object)
                condition = condition.Child("expression");
            var read = condition.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? new Expression(ExpressionKind.Literal, condition, "Boolean")
                : _expressions.Bare(condition, $"{path}/cases/{i}/condition", "Boolean");
            if (read is not null)
                cases.Add(
                    new(
                        item.Text("label") ?? "",
                        read,
                        IsActivity(item.Child("activity"))
                            ? Read(item.Child("activity"), $"{path}/cases/{i}/activity")
                            : null
                    )
                );
        }
        return cases.ToImmutable();
    }

    private static bool IsActivity(JsonElement value) =>
        value.Text("type") is { } type
        && (value.Text("id") is not null || type.StartsWith("Elsa.", StringComparison.Ordinal));

    private static Placement? Placed(JsonElement designer)
    {
        var (position, size) = (designer.Child("position"), designer.Child("size"));
        return position.ValueKind != JsonValueKind.Object
            ? null
            : new(Number(position, "x"), Number(position, "y"), Number(size, "width"), Number(size, "height"));

        static double Number(JsonElement json, string name) =>
            json.Child(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;
    }
}

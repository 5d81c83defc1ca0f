using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>
/// Reads one activity with everything nested in it. Besides its fixed properties, each camelCase property is an input, an
/// output or a child port, told apart by shape.
/// </summary>
internal sealed class ActivityReader(Findings findings)
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
        "start",
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
        var id = json.Text("id");
        if (type is null || id is null)
        {
            findings.Add(path, "activity.incomplete", "An activity needs an id and a type.");
            return null;
        }
        var embedded = !type.StartsWith("Elsa.", StringComparison.Ordinal) ? json.Text("workflowDefinitionId") : null;
        if (ActivityTypes.NotExecuted.Contains(type))
            findings.Add(path, "activity.unsupported", $"{type} is Elsa's, but is not executed here yet.");
        else if (embedded is null && !ActivityTypes.Executed.Contains(type))
            findings.Add(path, "activity.unknown", $"There is no activity type '{type}'.");

        var children = Children(json, path);
        var connections = type == ActivityTypes.Flowchart ? ConnectionReader.Read(json, path, children, findings) : [];
        var inputs = ImmutableDictionary.CreateBuilder<string, Expression>();
        var outputs = ImmutableDictionary.CreateBuilder<string, string>();
        var ports = ImmutableDictionary.CreateBuilder<string, Activity>();
        foreach (var property in json.EnumerateObject().Where(p => !Fixed.Contains(p.Name)))
        {
            if (embedded is not null && property.Name == "workflowDefinitionId")
                continue;
            var at = $"{path}/{property.Name}";
            var value = property.Value;
            if (IsActivity(value))
            {
                if (Read(value, at) is { } port)
                    ports[property.Name] = port;
            }
            else if (
                value.Child("memoryReference").Text("id") is { } target
                && !value.TryGetProperty("expression", out _)
            )
                outputs[property.Name] = target;
            else if (_expressions.Input(value, at) is { } input)
                inputs[property.Name] = input;
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
                    Values.IsTrue(json.Child("customProperties").Child("canStartWorkflow"))
                    || Values.IsTrue(json.Child("canStartWorkflow")),
                Inputs = inputs.ToImmutable(),
                Outputs = outputs.ToImmutable(),
                Cases = Cases(json, path),
                VariableId = json.Child("variable").Text("id"),
                WorkflowDefinitionId = embedded,
                Children = children,
                Ports = ports.ToImmutable(),
                Variables = VariableReader.Declared(json, path, findings),
                Connections = connections,
            }
        );
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

    private ImmutableArray<Activity> Children(JsonElement json, string path) =>
        [.. json.Items("activities").Select((child, i) => Read(child, $"{path}/activities/{i}")).OfType<Activity>()];

    private ImmutableArray<SwitchCase> Cases(JsonElement json, string path)
    {
        var cases = ImmutableArray.CreateBuilder<SwitchCase>();
        foreach (var (item, i) in json.Items("cases").Select((c, i) => (c, i)))
            if (_expressions.Bare(item.Child("condition"), $"{path}/cases/{i}/condition", "Boolean") is { } condition)
                cases.Add(new(item.Text("label") ?? "", condition));
        return cases.ToImmutable();
    }

    private static bool IsActivity(JsonElement value) => value.Text("type") is not null && value.Text("id") is not null;

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

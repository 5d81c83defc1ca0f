using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Starts another definition as an instance of the same family, and waits for it when told to.</summary>
internal class DispatchWorkflow : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var definition = burst.Child(node, Values.Text(burst.Input(node, "workflowDefinitionId")));
        var input = burst.Input(node, "input");
        var waits = Values.IsTrue(burst.Input(node, "waitForCompletion"));
        var child = burst.Begin(
            definition,
            input.ValueKind == JsonValueKind.Object
                ? input.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value))
                : [],
            node.Instance
        );
        if (Values.Text(burst.Input(node, "correlationId")) is { Length: > 0 } correlation)
            child.CorrelationId = correlation;
        if (waits)
            child.ParentNode = node.Id;
        else
            burst.Complete(node);
    }

    public override void Resume(Execution burst, Node node, JsonElement stimulus)
    {
        burst.Bind(node, "result", Result(stimulus));
        burst.Complete(node);
    }

    public override void Cancelled(Execution burst, Node node) => burst.CancelDispatched(node);

    protected virtual JsonElement Result(JsonElement outputs) => outputs;
}

/// <summary>As <see cref="DispatchWorkflow"/>, with the outputs wrapped in Elsa's ExecuteWorkflowResult.</summary>
internal sealed class ExecuteWorkflow : DispatchWorkflow
{
    protected override JsonElement Result(JsonElement outputs) =>
        JsonSerializer.SerializeToElement(
            new
            {
                Status = "Finished",
                SubStatus = "Finished",
                Output = outputs,
            }
        );
}

/// <summary>A definition used as an activity: runs inside the same instance, in a frame of its own; its outcomes are ports.</summary>
internal sealed class EmbeddedDefinition : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var activity = burst.ActivityOf(node);
        var definition = burst.Child(node, activity.WorkflowDefinitionId!);
        var frame = new Frame(definition.DefinitionId, definition.Version);
        foreach (var input in definition.Inputs)
            if (activity.Inputs.ContainsKey(Camel(input.Name)))
                frame.Input[input.Name] = burst.Input(node, Camel(input.Name));
        node.Inner = frame;
        burst.Schedule(node, definition.Root);
    }

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        var frame = node.Inner!;
        foreach (var (name, value) in frame.Outputs)
            burst.Bind(node, Camel(name), value);
        burst.Complete(node, frame.Outcomes ?? []);
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}

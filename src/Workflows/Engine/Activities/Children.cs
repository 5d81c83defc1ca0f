using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Starts another definition as an instance of the same family, and waits for it when told to.</summary>
internal class DispatchWorkflow : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var waits = Waits(burst, node);
        var child = Begin(burst, node);
        if (waits)
            child.ParentNode = node.Id;
        else
            burst.Complete(node);
    }

    public override void Resume(Execution burst, Node node, JsonElement stimulus)
    {
        burst.Bind(node, "result", stimulus);
        burst.Complete(node);
    }

    public override void Cancelled(Execution burst, Node node) => burst.CancelDispatched(node);

    protected static bool Waits(Execution burst, Node node) => Values.IsTrue(burst.Input(node, "waitForCompletion"));

    protected static Instance Begin(Execution burst, Node node)
    {
        var definition = burst.Child(node, Values.Text(burst.Input(node, "workflowDefinitionId")));
        var input = Values.Initial(burst.Input(node, "input"), "Object", false);
        var correlation = Values.Text(burst.Input(node, "correlationId"));
        var child = burst.Begin(
            definition,
            input.ValueKind == JsonValueKind.Object
                ? input.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value))
                : [],
            node.Instance,
            node.Instance.Rules
        );
        if (correlation.Length > 0)
            child.CorrelationId = correlation;
        return child;
    }
}

/// <summary>
/// Runs another definition before anything else goes on, as far as it comes, and waits for the rest only when told to. Its
/// result is Elsa's ExecuteWorkflowResult.
/// </summary>
internal sealed class ExecuteWorkflow : DispatchWorkflow
{
    public override void Execute(Execution burst, Node node)
    {
        var waits = Waits(burst, node);
        Instance child = null!;
        burst.Inline(() => child = Begin(burst, node));
        if (waits && child.Ended is null)
            child.ParentNode = node.Id;
        else
            base.Resume(burst, node, Result(child.Id, child.Ended, child.Frame.Outputs));
    }

    public override void Resume(Execution burst, Node node, JsonElement stimulus) =>
        base.Resume(burst, node, Result(null, EndStatus.Finished, stimulus));

    private static JsonElement Result(Guid? instance, EndStatus? end, object outputs) =>
        JsonSerializer.SerializeToElement(
            new
            {
                WorkflowInstanceId = instance,
                Status = end is null ? "Running" : "Finished",
                SubStatus = end?.ToString() ?? "Suspended",
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
        var definition = burst.Embedded(node, activity);
        var frame = new Frame(definition.DefinitionId, definition.Version);
        foreach (var input in definition.Inputs)
            if (activity.Inputs.ContainsKey(Camel(input.Name)))
                frame.Input[input.Name] = Execution.Converted(
                    burst.Input(node, Camel(input.Name)),
                    input.TypeName,
                    input.IsArray
                );
        node.Inner = frame;
        // Elsa schedules the workflow, which schedules its root: one turn more in the queue.
        burst.Enqueue(node, Values.Null);
    }

    public override void Resume(Execution burst, Node node, JsonElement stimulus) =>
        burst.Schedule(node, burst.DefinitionOf(node.Inner!).Root);

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        var frame = node.Inner!;
        foreach (var (name, value) in frame.Outputs)
            burst.Bind(node, Camel(name), value);
        burst.Complete(node, frame.Outcomes ?? []);
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}

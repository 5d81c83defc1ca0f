using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Opens a step and waits for its result; the only outcome is Done, decisions read the result.</summary>
internal sealed class RunTask : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var name = Values.Text(burst.Input(node, "taskName"));
        var payload = PayloadOf(burst, node);
        var id = burst.IdOf(node);
        burst.Bind(node, "taskId", Values.Of(id.ToString()));
        burst.Add(new Effect.OpenStep(id, node.Instance.Id, node.ActivityId, name, payload, node.Instance.Input));
    }

    /// <summary>The payload; an empty object when the document gives none.</summary>
    public static JsonElement PayloadOf(Execution burst, Node node) =>
        Values.Initial(burst.Input(node, "payload"), "ObjectDictionary", false)
            is { ValueKind: not JsonValueKind.Null } given
            ? given
            : Values.EmptyObject;

    public override void Resume(Execution burst, Node node, JsonElement stimulus)
    {
        burst.Bind(node, "result", stimulus);
        burst.Complete(node);
    }

    public override void Cancelled(Execution burst, Node node) =>
        burst.Add(new Effect.CloseStep(burst.IdOf(node), node.Instance.Id, node.ActivityId));
}

using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Waits for an event of its name; completes at once when it started the workflow.</summary>
internal sealed class Event : Behaviour
{
    private const string Name = ":event";

    /// <summary>The event that an open activity waits for; null when it waits for none.</summary>
    public static string? WaitsFor(Node node) => node.Locals.TryGetValue(Name, out var name) ? name.GetString() : null;

    public override void Execute(Execution burst, Node node)
    {
        if (burst.Triggered(node) is { } payload)
            Resume(burst, node, payload);
        else
            node.Locals[Name] = Values.Of(Values.Text(burst.Input(node, "eventName")));
    }

    public override void Resume(Execution burst, Node node, JsonElement stimulus)
    {
        burst.Bind(node, "result", stimulus);
        burst.Complete(node);
    }
}

/// <summary>Publishes an event: to this instance only when it is local, else to everyone with its correlation id.</summary>
internal sealed class PublishEvent : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var correlation = Values.Text(burst.Input(node, "correlationId"));
        burst.Publish(
            Values.Text(burst.Input(node, "eventName")),
            burst.Input(node, "payload"),
            correlation.Length > 0 ? correlation : null,
            node.Instance.Rules,
            Values.IsTrue(burst.Input(node, "isLocalEvent")) ? node.Instance : null
        );
        burst.Complete(node);
    }
}

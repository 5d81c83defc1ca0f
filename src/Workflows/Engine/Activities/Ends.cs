using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Ends the whole instance, whatever else is open in it.</summary>
internal sealed class Finish : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        burst.Trace(node, "completed", ConnectionReader.DefaultPort);
        node.State = NodeState.Gone;
        burst.End(node.Instance, EndStatus.Finished);
    }
}

/// <summary>Completes the enclosing composite, an embedded definition or the instance, with its outcomes.</summary>
internal sealed class Complete : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var names = Names(burst, node);
        var composite = CompositeOf(burst, node);
        if (composite.Parent is null || composite.Parent.Inner is not null)
            node.Frame.Outcomes = names;
        else
            Wrapper.Say(composite, names);
        // Loops on the way end with it and ask for no other round.
        for (var at = node.Parent; at is not null && at != composite.Parent; at = at.Parent)
            at.Breaking = true;
        burst.Complete(node);
        // A flowchart around it has completed by now; any other container would go on.
        if (composite.State != NodeState.Gone)
            burst.Complete(composite, names);
    }

    private static ImmutableArray<string> Names(Execution burst, Node node)
    {
        var outcomes = burst.Input(node, "outcomes");
        // Elsa takes a list that is written as JSON for one name.
        if (burst.ActivityOf(node).Static("outcomes") is { ValueKind: JsonValueKind.Array } written)
            return [JsonSerializer.Serialize(written)];
        return outcomes.ValueKind switch
        {
            JsonValueKind.Array => [.. outcomes.EnumerateArray().Select(Values.Text)],
            JsonValueKind.Null => [ConnectionReader.DefaultPort],
            _ => [Values.Text(outcomes)],
        };
    }

    // The root of the definition it stands in, or the workflow activity around it.
    private static Node CompositeOf(Execution burst, Node node)
    {
        var at = node;
        while (at.Parent is { Inner: null } parent)
        {
            at = parent;
            if (burst.ActivityOf(at).Type == ActivityTypes.Workflow)
                break;
        }
        return at;
    }
}

/// <summary>Raises an incident.</summary>
internal sealed class Fault : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var message = Values.Text(burst.Input(node, "message"));
        throw new ActivityFault(message.Length > 0 ? message : $"'{node.ActivityId}' was reached.");
    }
}

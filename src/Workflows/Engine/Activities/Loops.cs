using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Runs its body again and again; a Break lets the round end and stops it.</summary>
internal abstract class Loop : Behaviour
{
    public const string CurrentValue = "CurrentValue";
    public const string CurrentIndex = "CurrentIndex";

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        if (node.Breaking)
            burst.Complete(node);
        else
            Execute(burst, node);
    }
}

/// <summary>Asks its condition before every round.</summary>
internal sealed class While : Loop
{
    public override void Execute(Execution burst, Node node)
    {
        if (!Values.IsTrue(burst.Input(node, "condition")))
            burst.Complete(node);
        else
            burst.Schedule(
                node,
                burst.Port(node, "body") ?? throw new ActivityFault($"'{node.ActivityId}' has no body.")
            );
    }
}

/// <summary>Counts from <c>start</c> to <c>end</c> by <c>step</c>, down when the step is negative.</summary>
internal sealed class For : Loop
{
    // No variable has such a name, so that no script can see it.
    private const string Current = ":current";

    public override void Execute(Execution burst, Node node)
    {
        var (start, end, step) = (Number("start", 0), Number("end", 0), Number("step", 1));
        var inclusive = burst.InputOnce(node, "outerBoundInclusive") is { ValueKind: not JsonValueKind.Null } given
            ? Values.IsTrue(given)
            : true;
        var current = node.Locals.TryGetValue(Current, out var last) ? last.GetInt64() + step : start;
        var goesOn = step >= 0 ? current < end : current > end;
        if (!(goesOn || (inclusive && current == end)) || burst.Port(node, "body") is not { } body)
        {
            burst.Complete(node);
            return;
        }
        var round = burst.Schedule(node, body);
        round.Locals[CurrentValue] = Values.Of(current);
        node.Locals[Current] = Values.Of(current);
        burst.Bind(node, "currentValue", Values.Of(current));

        long Number(string name, long otherwise) =>
            Values.Convert(burst.InputOnce(node, name), "Int32") is { ValueKind: JsonValueKind.Number } number
                ? number.GetInt64()
                : otherwise;
    }
}

/// <summary>Runs its body for one item after another, each with its own CurrentValue and CurrentIndex.</summary>
internal sealed class ForEach : Loop
{
    public override void Execute(Execution burst, Node node)
    {
        var items = burst.List(node, "items");
        if (node.Position >= items.Length)
        {
            burst.Complete(node);
            return;
        }
        burst.Bind(node, "currentValue", items[node.Position]);
        if (burst.Port(node, "body") is not { } body)
        {
            burst.Complete(node);
            return;
        }
        var round = burst.Schedule(node, body);
        round.Locals[CurrentValue] = items[node.Position];
        round.Locals[CurrentIndex] = Values.Of(node.Position++);
    }
}

/// <summary>Runs its body once for every item, all at once, each with its own CurrentValue and CurrentIndex.</summary>
internal sealed class ParallelForEach : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var items = burst.List(node, "items");
        if (items.IsEmpty || burst.Port(node, "body") is not { } body)
        {
            burst.Complete(node);
            return;
        }
        for (var i = 0; i < items.Length; i++)
        {
            var iteration = burst.Schedule(node, body);
            iteration.Locals[Loop.CurrentValue] = items[i];
            iteration.Locals[Loop.CurrentIndex] = Values.Of(i);
        }
    }

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        if (!burst.Children(node).Any())
            burst.Complete(node);
    }
}

/// <summary>Stops the loop around it, and the sequences and forks on the way there.</summary>
internal sealed class Break : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        Stop(burst, node);
        burst.Complete(node);
    }

    private static void Stop(Execution burst, Node node)
    {
        for (var at = node.Parent; at is not null; at = at.Parent)
        {
            var behaviour = Of(burst.ActivityOf(at));
            if (behaviour is Sequence or Fork or Loop)
                at.Breaking = true;
            if (behaviour is Loop)
                return;
        }
    }
}

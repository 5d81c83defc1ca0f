using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Runs its children one after another; a terminal one stops it.</summary>
internal sealed class Sequence : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var children = burst.ActivityOf(node).Children;
        if (node.Position < children.Length)
            burst.Schedule(node, children[node.Position++]);
        else
            burst.Complete(node);
    }

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        if (burst.ActivityOf(child).IsTerminal)
            burst.Complete(node);
        else
            Execute(burst, node);
    }
}

/// <summary>Runs <c>then</c> or <c>else</c>; the outcome is Done either way.</summary>
internal sealed class If : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var holds = Values.IsTrue(burst.Input(node, "condition"));
        burst.Bind(node, "result", Values.Of(holds));
        if (burst.Port(node, holds ? "then" : "else") is { } branch)
            burst.Schedule(node, branch);
        else
            burst.Complete(node);
    }
}

/// <summary>Runs its body once for every item, all at once, each with its own CurrentValue and CurrentIndex.</summary>
internal sealed class ParallelForEach : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var items = burst.Input(node, "items");
        if (items.ValueKind != JsonValueKind.Array)
            throw new ActivityFault($"The items of '{node.ActivityId}' are no list.");
        if (items.GetArrayLength() == 0 || burst.Port(node, "body") is not { } body)
        {
            burst.Complete(node);
            return;
        }
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            var iteration = burst.Schedule(node, body);
            iteration.Locals["CurrentValue"] = item;
            iteration.Locals["CurrentIndex"] = Values.Of(index++);
        }
    }

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        if (!burst.Children(node).Any())
            burst.Complete(node);
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Runs its children one after another; a terminal one and a Break stop it.</summary>
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
        if (node.Breaking || burst.ActivityOf(child).IsTerminal)
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

/// <summary>Runs the activities of the cases that match, or <c>default</c>, and waits for all of them.</summary>
internal sealed class Switch : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        burst.Bind(node, "output", burst.Input(node, "expression"));
        var matched = FlowSwitch.Matches(burst, node);
        foreach (var activity in matched.Select(c => c.Activity).OfType<Activity>())
            burst.Schedule(node, activity);
        if (matched.IsEmpty && burst.Port(node, "default") is { } otherwise)
            burst.Schedule(node, otherwise);
        if (!burst.Children(node).Any())
            burst.Complete(node);
    }

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        if (!burst.Children(node).Any())
            burst.Complete(node);
    }
}

/// <summary>Runs all its children and waits for all of them.</summary>
internal class Parallel : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        foreach (var child in burst.ActivityOf(node).Children)
            burst.Schedule(node, child);
        if (!burst.Children(node).Any())
            burst.Complete(node);
    }

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        if (!burst.Children(node).Any())
            burst.Complete(node);
    }
}

/// <summary>As <see cref="Parallel"/>; with WaitAny, and after a Break, the first branch that completes cancels the rest.</summary>
internal sealed class Fork : Parallel
{
    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        if (node.Breaking || Values.Text(burst.Input(node, "joinMode")) is "WaitAny" or "0")
            burst.Complete(node);
        else
            base.ChildCompleted(burst, node, child, outcomes);
    }
}

/// <summary>Runs what it holds, one after another, and passes on what a Complete said or the outcomes of the last.</summary>
internal sealed class Wrapper : Behaviour
{
    private const string Said = ":outcomes";

    public static void Say(Node node, ImmutableArray<string> outcomes) =>
        node.Locals[Said] = JsonSerializer.SerializeToElement(outcomes);

    public override void Execute(Execution burst, Node node)
    {
        if (burst.ActivityOf(node).Nested.ElementAtOrDefault(node.Position++) is { } next)
            burst.Schedule(node, next);
        else
            burst.Complete(node);
    }

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        if (node.Locals.TryGetValue(Said, out var said))
            burst.Complete(node, [.. said.EnumerateArray().Select(Values.Text)]);
        else if (node.Position < burst.ActivityOf(node).Nested.Count())
            Execute(burst, node);
        else
            burst.Complete(node, outcomes);
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

internal sealed class FlowDecision : Behaviour
{
    public override void Execute(Execution burst, Node node) =>
        burst.Complete(node, Values.IsTrue(burst.Input(node, "condition")) ? "True" : "False");
}

/// <summary>Completes with the labels of the matching cases: the first (default mode), or with MatchAny all of them.</summary>
internal sealed class FlowSwitch : Behaviour
{
    public const string Default = "Default";

    public override void Execute(Execution burst, Node node)
    {
        var any = Values.Text(burst.Input(node, "mode")) is "MatchAny";
        var matched = ImmutableArray.CreateBuilder<string>();
        foreach (var (label, condition) in burst.ActivityOf(node).Cases)
            if ((any || matched.Count == 0) && Values.IsTrue(burst.Evaluate(node, condition)))
                matched.Add(label);
        burst.Complete(node, matched.Count == 0 ? [Default] : matched.ToImmutable());
    }
}

/// <summary>Completes with one outcome per name in <c>branches</c>.</summary>
internal sealed class FlowFork : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        var branches = burst.Input(node, "branches");
        burst.Complete(
            node,
            branches.ValueKind == JsonValueKind.Array ? [.. branches.EnumerateArray().Select(Values.Text)] : []
        );
    }
}

/// <summary>
/// Waits as its mode says (the flowchart decides when it runs) and cancels the running activities that lead to it.
/// </summary>
internal sealed class FlowJoin : Behaviour
{
    public const string WaitAny = "WaitAny";
    public const string WaitAll = "WaitAll";

    /// <summary>The join's mode; null for what is no FlowJoin, which waits for all active branches.</summary>
    public static string? ModeOf(Activity activity) =>
        activity.Type == ActivityTypes.FlowJoin ? activity.Literal("mode") ?? WaitAny : null;

    public override void Execute(Execution burst, Node node)
    {
        var join = burst.ActivityOf(node);
        var chart = node.Parent!;
        var graph = burst.ActivityOf(chart).Graph!;
        // Elsa skips the join in silence and finishes the chart.
        if (
            ModeOf(join) == WaitAll
            && graph.ForwardInbound(join).FirstOrDefault(e => !chart.Edges.GetValueOrDefault(e.Index).Followed)
                is { } dead
        )
            throw new ActivityFault(
                $"'{join.Id}' waits for all branches, but the one from '{dead.Source.Id}' was not taken."
            );
        var ancestors = graph.Ancestors(join).Select(a => a.Id).ToHashSet();
        foreach (var child in burst.Children(chart).ToList())
            if (child != node && child.State != NodeState.Scheduled && ancestors.Contains(child.ActivityId))
                burst.Cancel(child);
        burst.Complete(node);
    }
}

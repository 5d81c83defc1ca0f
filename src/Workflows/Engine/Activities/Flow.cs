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
        var matched = Matches(burst, node);
        burst.Complete(node, matched.IsEmpty ? [Default] : [.. matched.Select(c => c.Label)]);
    }

    /// <summary>The cases whose conditions hold, as far as the mode asks for them.</summary>
    public static ImmutableArray<SwitchCase> Matches(Execution burst, Node node)
    {
        var any = Values.Text(burst.Input(node, "mode")) is "MatchAny" or "1";
        var matched = ImmutableArray.CreateBuilder<SwitchCase>();
        foreach (var option in burst.ActivityOf(node).Cases)
            if ((any || matched.Count == 0) && Values.IsTrue(burst.Evaluate(node, option.Condition)))
                matched.Add(option);
        return matched.ToImmutable();
    }
}

/// <summary>Completes with one outcome per name in <c>branches</c>.</summary>
internal sealed class FlowFork : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        burst.Complete(node, [.. burst.List(node, "branches").Select(Values.Text)]);
    }
}

/// <summary>What a FlowJoin waits for.</summary>
internal enum JoinMode
{
    WaitAny,
    WaitAll,
    WaitAllActive,
}

/// <summary>
/// Waits as its mode says (the flowchart decides when it runs) and cancels the running activities that lead to it.
/// </summary>
internal sealed class FlowJoin : Behaviour
{
    /// <summary>The join's mode; null for what is no FlowJoin.</summary>
    public static JoinMode? ModeOf(Execution burst, Node chart, Activity activity)
    {
        if (activity.Type != ActivityTypes.FlowJoin)
            return null;
        var mode = activity.Inputs.TryGetValue("mode", out var given) ? burst.Evaluate(chart, given) : Values.Null;
        return Enum.TryParse<JoinMode>(Values.Text(mode), true, out var parsed) ? parsed : JoinMode.WaitAny;
    }

    public override void Execute(Execution burst, Node node)
    {
        var join = burst.ActivityOf(node);
        if (node.Parent is { } chart && burst.ActivityOf(chart).Graph is not null && !Flowchart.IsToken(chart))
        {
            var graph = burst.GraphOf(chart);
            // Elsa skips the join in silence and finishes the chart.
            if (
                ModeOf(burst, chart, join) == JoinMode.WaitAll
                && !node.Instance.Rules.AsElsa
                && graph.ForwardInbound(join).FirstOrDefault(e => !chart.Edges.GetValueOrDefault(e.Index).Followed)
                    is { } dead
            )
                throw new ActivityFault(
                    $"'{join.Id}' waits for all branches, but the one from '{dead.Source.Id}' was not taken."
                );
            Flowchart.CancelBefore(burst, chart, graph, join);
        }
        burst.Complete(node);
    }
}

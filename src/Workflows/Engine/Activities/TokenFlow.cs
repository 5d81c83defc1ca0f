using System.Collections.Immutable;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>
/// Token mode. A completed activity consumes the tokens on its inbound edges and puts one on every edge that is followed;
/// the target's merge mode says whether it runs. A token that nobody will consume keeps the chart open, as in Elsa.
/// </summary>
internal static class TokenFlow
{
    public static void Move(
        Execution burst,
        Node chart,
        FlowGraph graph,
        Activity activity,
        ImmutableArray<string> outcomes
    )
    {
        var followed = graph
            .Outbound(activity)
            .Where(e => outcomes.Contains(e.Port))
            .DistinctBy(e => (e.Port, e.Target))
            .ToList();
        foreach (var edge in followed)
            Set(chart, edge, Tokens(chart, edge) + 1, IsBlocked(chart, edge));
        foreach (var edge in graph.Inbound(activity))
            Set(chart, edge, 0, IsBlocked(chart, edge) && IsComing(burst, chart, graph, edge.Source));
        foreach (var edge in followed)
            Arrive(burst, chart, graph, edge);
    }

    /// <summary>Whether a token is on its way.</summary>
    public static bool IsMoving(Node chart) => chart.Edges.Values.Any(e => e.Visits > 0);

    /// <summary>A cancelled activity takes its tokens with it.</summary>
    public static void Forget(Node chart, FlowGraph graph, Activity activity)
    {
        foreach (var edge in graph.Edges.Where(e => e.Source == activity || e.Target == activity))
            chart.Edges.Remove(edge.Index);
    }

    private static void Arrive(Execution burst, Node chart, FlowGraph graph, Edge edge)
    {
        var target = edge.Target;
        var mode = MergeOf(burst, chart, target);
        if (mode is MergeMode.Race or MergeMode.Cascade)
        {
            if (mode == MergeMode.Race)
                Flowchart.CancelBefore(burst, chart, graph, target);
            if (IsBlocked(chart, edge))
            {
                Set(chart, edge, Tokens(chart, edge) - 1, false);
                return;
            }
            foreach (var other in graph.ForwardInbound(target).Where(e => e.Source != edge.Source))
                Set(chart, other, Tokens(chart, other), true);
            burst.Schedule(chart, target);
        }
        else if (IsReady(chart, graph, target, mode))
            burst.Schedule(chart, target);
    }

    private static bool IsReady(Node chart, FlowGraph graph, Activity target, MergeMode mode)
    {
        var forward = graph.ForwardInbound(target);
        var awaited = mode == MergeMode.Converge ? [.. graph.Inbound(target)] : forward;
        return mode == MergeMode.Stream
            ? forward.All(e => graph.Inbound(e.Source).All(before => Tokens(chart, before) == 0))
            : awaited.Length <= 1 || awaited.All(e => Tokens(chart, e) > 0);
    }

    private static MergeMode MergeOf(Execution burst, Node chart, Activity target) =>
        FlowJoin.ModeOf(burst, chart, target) switch
        {
            null => target.MergeMode,
            JoinMode.WaitAny => MergeMode.Race,
            _ => MergeMode.Merge,
        };

    // A block waits for the branch it stops. When that cannot come any more it must not stop the next round.
    private static bool IsComing(Execution burst, Node chart, FlowGraph graph, Activity source)
    {
        var behind = graph.Ancestors(source).Append(source).Select(a => a.Id).ToHashSet();
        return burst.Children(chart).Any(c => behind.Contains(c.ActivityId));
    }

    private static int Tokens(Node chart, Edge edge) => chart.Edges.GetValueOrDefault(edge.Index).Visits;

    private static bool IsBlocked(Node chart, Edge edge) => chart.Edges.GetValueOrDefault(edge.Index).Followed;

    private static void Set(Node chart, Edge edge, int tokens, bool blocked)
    {
        if (tokens > 0 || blocked)
            chart.Edges[edge.Index] = new(tokens, blocked);
        else
            chart.Edges.Remove(edge.Index);
    }
}

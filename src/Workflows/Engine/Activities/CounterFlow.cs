using System.Collections.Immutable;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>
/// Counter mode. Every completion visits all outbound edges, followed or not; an activity runs when all its forward inbound
/// edges are visited and one was followed, and is skipped, visiting its own edges, when none was. Visits are kept as what
/// the target has not used up yet, so an idle chart holds no state and a loop adds none.
/// </summary>
internal static class CounterFlow
{
    /// <summary>
    /// Prepares a flowchart that is entered at an activity of its middle: the edges that this round cannot visit any more
    /// count as visited and dead, so that joins behind the activity do not wait for them.
    /// </summary>
    public static void EnterAt(Node node, FlowGraph graph, Activity activity)
    {
        var ahead = graph.Descendants(activity);
        foreach (var edge in graph.Edges)
            if (
                !edge.IsBackward
                && edge.Target != activity
                && ahead.Contains(edge.Target)
                && !ahead.Contains(edge.Source)
            )
                node.Edges[edge.Index] = new(1, false);
    }

    public static void Visit(
        Execution burst,
        Node node,
        FlowGraph graph,
        Activity activity,
        ImmutableArray<string> outcomes,
        bool backward
    )
    {
        // Its inbound edges were not visited when a backward edge led here.
        if (!backward)
            UseUp(burst, node, graph, activity);
        foreach (var edge in graph.Outbound(activity))
        {
            var followed = outcomes.Contains(edge.Port);
            if (edge.IsBackward)
            {
                if (followed)
                    burst.Schedule(node, edge.Target, backward: true);
                continue;
            }
            var state = new EdgeState(node.Edges.GetValueOrDefault(edge.Index).Visits + 1, followed);
            node.Edges[edge.Index] = state;
            Arrive(burst, node, graph, edge.Target, state);
        }
    }

    private static void Arrive(Execution burst, Node node, FlowGraph graph, Activity target, EdgeState arrival)
    {
        var inbound = graph.ForwardInbound(target);
        var all = inbound.All(e => node.Edges.GetValueOrDefault(e.Index).Visits > 0);
        var any = inbound.Any(e => node.Edges.GetValueOrDefault(e.Index) is { Visits: > 0, Followed: true });
        var mode = FlowJoin.ModeOf(burst, node, target);
        if (mode == JoinMode.WaitAny && arrival is { Followed: true, Visits: > 0 })
        {
            if (burst.Children(node).Any(c => c.ActivityId == target.Id))
                return;
            burst.Schedule(node, target);
            Flowchart.CancelBefore(burst, node, graph, target);
        }
        else if (all && (!any || IsLost(node, inbound, mode)))
            Visit(burst, node, graph, target, [], backward: false);
        else if (all && mode != JoinMode.WaitAny)
            burst.Schedule(node, target);
    }

    // Elsa skips a join of all branches of which one is dead; ours runs it, and it says so.
    private static bool IsLost(Node node, ImmutableArray<Edge> inbound, JoinMode? mode) =>
        node.Instance.Rules.AsElsa
        && mode == JoinMode.WaitAll
        && inbound.Any(e => !node.Edges.GetValueOrDefault(e.Index).Followed);

    private static void UseUp(Execution burst, Node node, FlowGraph graph, Activity activity)
    {
        foreach (var edge in graph.ForwardInbound(activity))
        {
            var state = node.Edges.GetValueOrDefault(edge.Index);
            // A join that did not wait owes the visit of a branch that still runs: when it comes, it is too late.
            if (state.Visits == 0 && IsAlive(burst, node, graph, edge.Source))
                node.Edges[edge.Index] = new(-1, false);
            else if (state.Visits > 1)
                node.Edges[edge.Index] = state with { Visits = state.Visits - 1 };
            else
                node.Edges.Remove(edge.Index);
        }
    }

    private static bool IsAlive(Execution burst, Node node, FlowGraph graph, Activity source)
    {
        var behind = graph.Ancestors(source).Append(source).Select(a => a.Id).ToHashSet();
        return burst.Children(node).Any(c => behind.Contains(c.ActivityId));
    }
}

using System.Collections.Immutable;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>
/// Runs activities along its arrows, in the mode that the host chose. A terminal activity completes it at once; otherwise it
/// completes when nothing is open or on its way.
/// </summary>
internal sealed class Flowchart : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        if (burst.GraphOf(node).Start is { } start)
            burst.Schedule(node, start);
        else
            burst.Complete(node);
    }

    public override void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes)
    {
        var activity = burst.ActivityOf(child);
        if (activity.IsTerminal)
        {
            burst.Complete(node);
            return;
        }
        var graph = burst.GraphOf(node);
        Refuse(node, graph, activity, outcomes);
        if (IsToken(node))
            TokenFlow.Move(burst, node, graph, activity, outcomes);
        else
            CounterFlow.Visit(burst, node, graph, activity, outcomes, child.Backward);
        if (!burst.Children(node).Any() && !(IsToken(node) && TokenFlow.IsMoving(node)))
            burst.Complete(node);
    }

    /// <summary>Cancels what still runs before a join that has its winner.</summary>
    public static void CancelBefore(Execution burst, Node chart, FlowGraph graph, Activity join)
    {
        var ancestors = graph.Ancestors(join).Select(a => a.Id).ToHashSet();
        foreach (var child in burst.Children(chart).ToList())
        {
            // What waits in the queue has not begun, and runs.
            if (child.State is NodeState.Scheduled or NodeState.Gone || !ancestors.Contains(child.ActivityId))
                continue;
            var activity = burst.ActivityOf(child);
            burst.Cancel(child);
            if (IsToken(chart))
                TokenFlow.Forget(chart, graph, activity);
            else
                CounterFlow.Visit(burst, chart, graph, activity, [], child.Backward);
        }
    }

    public static bool IsToken(Node chart) => chart.Instance.Rules.Flow == FlowMode.Token;

    // Before anything is visited, so that a retry finds the chart as it was.
    private static void Refuse(Node node, FlowGraph graph, Activity activity, ImmutableArray<string> outcomes)
    {
        var followed = graph.Outbound(activity).Where(e => outcomes.Contains(e.Port)).ToList();
        if (!IsToken(node) && followed.FirstOrDefault(e => !e.IsValid) is { } invalid)
            throw new ActivityFault(
                $"The arrow from '{activity.Id}' back to '{invalid.Target.Id}' is invalid: a path reaches '{activity.Id}' without passing it."
            );
        // Elsa ends the chart in silence here. A matched case without an edge is a way out that somebody drew.
        if (
            !node.Instance.Rules.AsElsa
            && activity.Type == ActivityTypes.FlowSwitch
            && followed.Count == 0
            && outcomes is [FlowSwitch.Default]
        )
            throw new ActivityFault($"No case of '{activity.Id}' matched and it has no Default edge.");
    }
}

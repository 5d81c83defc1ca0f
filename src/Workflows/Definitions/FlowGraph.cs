using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EduUnion.Workflows.Definitions;

/// <summary>An arrow with its place in the breadth-first order from the flowchart's start.</summary>
/// <param name="Index">Position in the document's connections; stable for a definition version.</param>
/// <param name="IsBackward">It leads to an activity from which its source is reached.</param>
/// <param name="IsValid">A backward edge is valid when every path from the start to its source passes its target.</param>
public sealed record Edge(int Index, Activity Source, string Port, Activity Target, bool IsBackward, bool IsValid);

/// <summary>The shape of one flowchart, as Elsa's counter mode sees it: start, forward and backward edges.</summary>
public sealed class FlowGraph
{
    private static readonly ImmutableArray<Edge> None = [];
    private readonly FrozenDictionary<string, ImmutableArray<Edge>> _outbound;
    private readonly FrozenDictionary<string, ImmutableArray<Edge>> _inbound;

    /// <param name="trigger">The child that started the workflow, which comes before every other start.</param>
    internal FlowGraph(
        ImmutableArray<Activity> activities,
        ImmutableArray<Connection> connections,
        Activity? trigger = null
    )
    {
        var byId = activities.ToDictionary(a => a.Id);
        Start = trigger ?? FindStart(activities, connections);
        var drawn = connections
            .Select((c, i) => new Edge(i, byId[c.Source], c.Port, byId[c.Target], false, true))
            .ToImmutableArray();
        var forward = Forward(Start, drawn);
        Edges =
        [
            .. drawn.Select(e =>
                forward.Contains(e) ? e : e with { IsBackward = true, IsValid = Dominates(e.Target, e.Source, forward) }
            ),
        ];
        var reached = Start is null ? [] : Reach(Start, forward);
        Reached = reached.Select(a => a.Id).ToFrozenSet();
        _outbound = Edges.ToLookup(e => e.Source.Id).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
        // Arrows out of what nobody reaches are never followed; a join must not wait for them.
        _inbound = Edges
            .Where(e => !e.IsBackward && Reached.Contains(e.Source.Id))
            .ToLookup(e => e.Target.Id)
            .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
    }

    /// <summary>Null for an empty flowchart.</summary>
    public Activity? Start { get; }

    public ImmutableArray<Edge> Edges { get; }

    /// <summary>Ids of the activities that some path from the start reaches.</summary>
    public FrozenSet<string> Reached { get; }

    public bool Reaches(Activity activity) => Reached.Contains(activity.Id);

    public ImmutableArray<Edge> Outbound(Activity activity) => _outbound.GetValueOrDefault(activity.Id, None);

    /// <summary>Every arrow to an activity, backward ones and those out of unreached activities too.</summary>
    public IEnumerable<Edge> Inbound(Activity activity) => Edges.Where(e => e.Target == activity);

    public ImmutableArray<Edge> ForwardInbound(Activity activity) => _inbound.GetValueOrDefault(activity.Id, None);

    /// <summary>Every activity on a forward path to this one, itself excluded.</summary>
    public IReadOnlySet<Activity> Ancestors(Activity activity)
    {
        var found = new HashSet<Activity>();
        var open = new Queue<Activity>([activity]);
        while (open.TryDequeue(out var at))
            foreach (var edge in ForwardInbound(at))
                if (found.Add(edge.Source))
                    open.Enqueue(edge.Source);
        return found;
    }

    /// <summary>Every activity on a forward path from this one, itself included.</summary>
    public IReadOnlySet<Activity> Descendants(Activity activity) => Reach(activity, Edges.Where(e => !e.IsBackward));

    private static Activity? FindStart(ImmutableArray<Activity> activities, ImmutableArray<Connection> connections)
    {
        var targets = connections.Select(c => c.Target).ToHashSet();
        return activities.FirstOrDefault(a => a.Type == ActivityTypes.Start)
            ?? activities.FirstOrDefault(a => a.CanStartWorkflow)
            ?? activities.FirstOrDefault(a => !targets.Contains(a.Id))
            ?? activities.FirstOrDefault();
    }

    // Breadth first: an edge is forward unless its target already leads to its source.
    private static HashSet<Edge> Forward(Activity? start, ImmutableArray<Edge> edges)
    {
        var forward = new HashSet<Edge>();
        if (start is null)
            return forward;
        var seen = new HashSet<Activity> { start };
        var open = new Queue<Activity>([start]);
        while (open.TryDequeue(out var at))
            foreach (var edge in edges.Where(e => e.Source == at))
                if (seen.Add(edge.Target))
                {
                    forward.Add(edge);
                    open.Enqueue(edge.Target);
                }
                else if (!Reach(edge.Target, forward).Contains(at))
                    forward.Add(edge);
        // Arrows between activities that nobody reaches never matter; call them forward.
        forward.UnionWith(edges.Where(e => !seen.Contains(e.Source)));
        return forward;
    }

    private static HashSet<Activity> Reach(Activity from, IEnumerable<Edge> edges, Activity? without = null)
    {
        var list = edges as ICollection<Edge> ?? edges.ToList();
        var seen = new HashSet<Activity>();
        if (from == without)
            return seen;
        seen.Add(from);
        var open = new Queue<Activity>([from]);
        while (open.TryDequeue(out var at))
            foreach (var edge in list)
                if (edge.Source == at && edge.Target != without && seen.Add(edge.Target))
                    open.Enqueue(edge.Target);
        return seen;
    }

    private bool Dominates(Activity target, Activity source, HashSet<Edge> forward) =>
        Start is not null && !Reach(Start, forward, without: target).Contains(source);
}

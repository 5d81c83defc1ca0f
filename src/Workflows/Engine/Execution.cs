using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine.Activities;

namespace EduUnion.Workflows.Engine;

/// <summary>
/// One burst: a first-in-first-out queue over a private copy of the family, run until it is empty. Completing an activity
/// tells its parent at once; what the parent schedules waits its turn in the queue.
/// </summary>
internal sealed partial class Execution
{
    /// <summary>More activities than any honest burst runs: a loop without a step in it.</summary>
    private const int MaxActivities = 2_000;

    /// <summary>How the reason of such an incident ends.</summary>
    internal const string Runaway = "without reaching a step";

    /// <summary>As above, for documents that consist of nothing but automatic activities.</summary>
    private const int MaxActivitiesAsElsa = 50_000;

    private readonly DefinitionSet _definitions;
    private readonly Guid _caseId;
    private readonly List<Instance> _instances;
    private readonly Dictionary<(long Node, string Input), JsonElement> _evaluated = [];
    private readonly Dictionary<(Activity Chart, string Trigger), FlowGraph> _triggered = [];
    private Queue<(Node Node, JsonElement? Stimulus)> _queue = new();
    private int _ran;
    private HashSet<Instance> _faulting = [];
    private readonly ImmutableArray<Effect>.Builder _effects = ImmutableArray.CreateBuilder<Effect>();
    private long _next;
    private readonly ScriptHost _scripts;

    public Execution(DefinitionSet definitions, Family family, DateTimeOffset now)
    {
        _definitions = definitions;
        _caseId = family.CaseId;
        _next = family.NextSequence;
        _instances = [.. family.Instances.Select(i => i.Copy())];
        Now = now;
        _scripts = new ScriptHost(this);
    }

    public DateTimeOffset Now { get; }

    public Burst Run(Stimulus stimulus)
    {
        Apply(stimulus);
        Drain();
        return new(new(_caseId, FamilyJson.Schema, _next, [.. _instances]), _effects.DrainToImmutable());
    }

    private void Drain()
    {
        do
        {
            while (_queue.TryDequeue(out var work))
                Work(work.Node, work.Stimulus);
            foreach (var instance in _faulting.ToList())
                End(instance, EndStatus.Faulted);
            _faulting.Clear();
        } while (_queue.Count > 0);
    }

    /// <summary>Runs what the action schedules to its end before anything that waits in the queue.</summary>
    public void Inline(Action schedule)
    {
        var (outer, faulting) = (_queue, _faulting);
        (_queue, _faulting) = (new(), []);
        schedule();
        Drain();
        (_queue, _faulting) = (outer, faulting);
    }

    private void Work(Node node, JsonElement? stimulus)
    {
        if (node.State is NodeState.Gone or NodeState.Faulted)
            return;
        var most = node.Instance.Rules.AsElsa ? MaxActivitiesAsElsa : MaxActivities;
        if (++_ran > most)
            Fault(node, $"The process ran {most} activities {Runaway}.", stimulus: stimulus);
        else
            Perform(node, stimulus);
    }

    /// <summary>Executes an activity, or resumes it with what it waited for; whatever goes wrong becomes its incident.</summary>
    private void Perform(Node node, JsonElement? stimulus)
    {
        node.State = NodeState.Running;
        try
        {
            if (stimulus is { } value)
                Behaviour(node).Resume(this, node, value);
            else
                Behaviour(node).Execute(this, node);
        }
        catch (Exception e)
        {
            Fault(node, e.Message, stimulus: stimulus);
        }
    }

    public Node Schedule(Node parent, Activity activity, bool backward = false) =>
        Schedule(new Node(_next++, activity.Id, parent.Instance, parent) { Backward = backward });

    /// <summary>Hands an open activity what it waited for, when its turn comes.</summary>
    public void Enqueue(Node node, JsonElement stimulus) => _queue.Enqueue((node, stimulus));

    public Node Schedule(Node node)
    {
        node.Instance.Nodes.Add(node);
        _queue.Enqueue((node, null));
        return node;
    }

    /// <summary>In this order: cancels what is unfinished inside, marks it completed, tells its parent, drops its record.</summary>
    public void Complete(Node node, params ImmutableArray<string> outcomes)
    {
        CancelChildren(node);
        node.State = NodeState.Gone;
        if (outcomes.IsEmpty)
            outcomes = [ConnectionReader.DefaultPort];
        Trace(node, "completed", string.Join(",", outcomes));
        TellParent(node, outcomes);
    }

    private void TellParent(Node node, ImmutableArray<string> outcomes)
    {
        try
        {
            if (node.Parent is { } parent)
                Behaviour(parent).ChildCompleted(this, parent, node, outcomes);
            else
                End(node.Instance, EndStatus.Finished);
            node.Instance.Nodes.Remove(node);
        }
        catch (Exception e)
        {
            Fault(node, e.Message, outcomes);
        }
    }

    /// <summary>Stops a branch and keeps what is needed to try again.</summary>
    private void Fault(Node node, string reason, ImmutableArray<string>? outcomes = null, JsonElement? stimulus = null)
    {
        CancelChildren(node);
        node.State = NodeState.Faulted;
        node.Incident = new(NextId(), reason, outcomes, stimulus);
        Add(new Effect.Incident(node.Incident.Id, node.Instance.Id, node.ActivityId, reason));
        var strategy = DefinitionOf(node.Instance.Frame).Incidents;
        if (strategy == IncidentStrategy.Fault || (strategy == IncidentStrategy.Ours && node.Instance.Rules.AsElsa))
            _faulting.Add(node.Instance);
    }

    public void Cancel(Node node)
    {
        CancelChildren(node);
        if (node.State == NodeState.Running)
        {
            Behaviour(node).Cancelled(this, node);
            Trace(node, "cancelled");
        }
        if (node.Incident is { } incident)
            Add(new Effect.CloseIncident(incident.Id, node.Instance.Id, node.ActivityId));
        node.State = NodeState.Gone;
        node.Instance.Nodes.Remove(node);
    }

    public void CancelChildren(Node node)
    {
        foreach (var child in Children(node).ToList())
            Cancel(child);
    }

    /// <summary>What is scheduled, open or faulted inside an activity.</summary>
    public IEnumerable<Node> Children(Node node) =>
        node.Instance.Nodes.Where(n => n.Parent == node && n.State != NodeState.Gone);

    public Definition DefinitionOf(Frame frame) =>
        _definitions.Find(frame.DefinitionId, frame.Version)
        ?? throw new ArgumentException($"Definition {frame.DefinitionId} version {frame.Version} is not in the set.");

    public Activity ActivityOf(Node node) => DefinitionOf(node.Frame).Activities[node.ActivityId];

    /// <summary>The shape of a flowchart, which begins with the trigger when that lies in it.</summary>
    public FlowGraph GraphOf(Node chart)
    {
        var activity = ActivityOf(chart);
        if (
            chart.Instance.Trigger is not { } id
            || chart.Frame != chart.Instance.Frame
            || activity.Children.FirstOrDefault(c => c.Id == id) is not { } trigger
        )
            return activity.Graph!;
        if (!_triggered.TryGetValue((activity, id), out var graph))
            _triggered[(activity, id)] = graph = new(activity.Children, activity.Connections, trigger);
        return graph;
    }

    public Activity? Port(Node node, string port) => ActivityOf(node).Ports.GetValueOrDefault(port);

    public Guid IdOf(Node node) => Identifiers.Derive(_caseId, node.Id);

    public Guid NextId() => Identifiers.Derive(_caseId, _next++);

    public void Add(Effect effect) => _effects.Add(effect);

    public void Trace(Node node, string what, string text = "") =>
        Add(new Effect.Trace(node.Instance.Id, node.ActivityId, ActivityOf(node).Type, what, text));

    private Behaviour Behaviour(Node node) => Activities.Behaviour.Of(ActivityOf(node));
}

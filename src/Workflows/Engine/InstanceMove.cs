using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using static EduUnion.Workflows.Definitions.Values;

namespace EduUnion.Workflows.Engine;

/// <summary>
/// One instance on its way to another version of its definition. The tree of what is open is built anew around the places
/// that stay; nothing happens before <see cref="Carry"/>.
/// </summary>
internal sealed class InstanceMove
{
    private readonly Execution _burst;
    private readonly Instance _from;
    private readonly Instance _to;
    private readonly Definition _old;
    private readonly Definition _target;
    private readonly ImmutableDictionary<string, string> _answers;
    private readonly List<MovedPlace> _places = [];
    private readonly HashSet<string> _misfits = [];

    /// <summary>What was built, with the node of the old tree that it continues.</summary>
    private readonly Dictionary<Node, Node?> _built = [];
    private readonly List<Node> _closing = [];
    private readonly List<Node> _opening = [];

    public InstanceMove(Execution burst, Instance from, Definition target, ImmutableDictionary<string, string> answers)
    {
        if (from.Rules.Flow != FlowMode.Counter)
            throw new ArgumentException("Only what runs in counter mode can be moved.", nameof(from));
        (_burst, _from, _target, _answers) = (burst, from, target, answers);
        _old = burst.DefinitionOf(from.Frame);
        _to = new Instance(from.Id, Frame())
        {
            CorrelationId = from.CorrelationId,
            Name = from.Name,
            Rules = from.Rules,
            Trigger = from.Trigger,
            Parent = from.Parent,
            ParentNode = from.ParentNode,
        };
        foreach (var unit in Units())
            Place(unit);
        foreach (var chart in _built.Keys.Where(n => GraphOf(n) is not null).ToList())
            Join(chart);
    }

    public Instance From => _from;

    public IReadOnlyList<MovedPlace> Places => _places;

    public IReadOnlyCollection<string> Misfits => _misfits;

    /// <summary>Closes what does not stay, puts the moved instance in the old one's place, and opens what was answered.</summary>
    public void Carry(Action<Instance> replace)
    {
        foreach (var unit in _closing)
            _burst.Cancel(unit);
        var listed = new HashSet<Node>();
        foreach (var node in _built.Keys.Where(n => !_opening.Contains(n)).OrderBy(n => n.Id))
            List(node);
        replace(_to);
        foreach (var node in _opening)
            _burst.Schedule(node);

        // Parents stand before their children, as the document wants it.
        void List(Node node)
        {
            if (!listed.Add(node))
                return;
            if (node.Parent is { } parent)
                List(parent);
            _to.Nodes.Add(node);
        }
    }

    /// <summary>What is open at the ends of the tree. A definition used as an activity moves as a whole, or not at all.</summary>
    private IEnumerable<Node> Units() =>
        _from.Nodes.Where(n => n.Frame == _from.Frame && (n.Inner is not null || _from.Nodes.All(c => c.Parent != n)));

    private void Place(Node unit)
    {
        var here = _burst.ActivityOf(unit);
        var step =
            here.Type == ActivityTypes.RunTask && unit.State == NodeState.Running ? _burst.IdOf(unit) : (Guid?)null;
        var answered = _answers.ContainsKey(here.Id);
        var there = _target.Activities.GetValueOrDefault(Renamed(here.Id));
        var stays = there is not null && IsSame(here, there);
        var trouble =
            there is null ? (answered ? PlaceTrouble.Answer : PlaceTrouble.Gone)
            : !stays && (!answered || there.Type != ActivityTypes.RunTask)
                ? (answered ? PlaceTrouble.Answer : PlaceTrouble.Other)
            : Entry(unit, there, stays);
        if (trouble is not null)
        {
            _places.Add(new(_from.Id, here.Id, null, PlaceFate.Asks, step, trouble));
            return;
        }
        var fate = stays ? PlaceFate.Stays : PlaceFate.Reopens;
        _places.Add(new(_from.Id, here.Id, there!.Id, fate, step));
        var outer = Enclose(unit, there);
        if (stays)
            Keep(unit, Continue(unit, there, outer));
        else
        {
            _closing.Add(unit);
            var node = new Node(_burst.NextNumber(), there.Id, _to, outer) { Backward = true };
            _built[node] = null;
            _opening.Add(node);
        }
    }

    /// <summary>Whether the place can be stood in without having come the way there; null when it can.</summary>
    private PlaceTrouble? Entry(Node unit, Activity there, bool stays)
    {
        for (var at = there; at.Parent is { } container; at = container)
        {
            if (container.Graph is { } graph && !graph.Reaches(at))
                return PlaceTrouble.Unreached;
            // Loops give their bodies values, which only the body that they gave them to has.
            var continues = at == there ? stays : Continued(unit, at) is not null;
            if (!continues && container.Graph is null)
                return PlaceTrouble.Enclosed;
            if (Continued(unit, container) is null && container.Graph is null)
                return PlaceTrouble.Enclosed;
        }
        return there.Parent is null && !stays ? PlaceTrouble.Enclosed : null;
    }

    /// <summary>The nodes around the place: those that were around it, and fresh flowcharts where there were none.</summary>
    private Node? Enclose(Node unit, Activity there)
    {
        var path = new Stack<Activity>();
        for (var at = there.Parent; at is not null; at = at.Parent)
            path.Push(at);
        Node? outer = null;
        while (path.TryPop(out var container))
        {
            var old = Continued(unit, container);
            var (id, parent) = (container.Id, outer);
            outer = _built.Keys.FirstOrDefault(n => n.ActivityId == id && n.Parent == parent && _built[n] == old);
            if (outer is not null)
                continue;
            outer = old is not null
                ? Continue(old, container, parent)
                : new Node(_burst.NextNumber(), id, _to, parent) { State = NodeState.Running, Backward = true };
            _built[outer] = old;
        }
        return outer;
    }

    /// <summary>The node around a place that goes on as this container; null when none does.</summary>
    private Node? Continued(Node unit, Activity container)
    {
        for (var at = unit.Parent; at is not null; at = at.Parent)
            if (
                at.Parent is null
                    ? container == _target.Root && _burst.ActivityOf(at).Type == container.Type
                    : Renamed(at.ActivityId) == container.Id && _burst.ActivityOf(at).Type == container.Type
            )
                return at;
        return null;
    }

    private Node Continue(Node old, Activity activity, Node? outer)
    {
        var was = _burst.ActivityOf(old);
        return new Node(old.Id, activity.Id, _to, outer)
        {
            State = old.State,
            // In a chart that nobody has walked no arrow was visited.
            Backward = old.Backward || (outer is not null && _built[outer] is null),
            Locals = Carried(old.Locals, was.Variables, activity.Variables),
            Position = old.Position,
            Breaking = old.Breaking,
            Inner = old.Inner?.Copy(),
            // What a switch said by the old version's cases is worth nothing; it is asked again.
            Incident =
                old.Incident is { } kept && (activity.Type is ActivityTypes.FlowSwitch or ActivityTypes.FlowDecision)
                    ? kept with
                    {
                        Outcomes = null,
                    }
                    : old.Incident,
        };
    }

    private void Keep(Node unit, Node kept)
    {
        _built[kept] = unit;
        // What a definition used as an activity has open runs by its own version.
        var copies = new Dictionary<Node, Node> { [unit] = kept };
        foreach (var inside in _from.Nodes)
            if (inside.Parent is { } parent && copies.TryGetValue(parent, out var copied))
                _built[copies[inside] = inside.Copy(_to, copied)] = inside;
    }

    /// <summary>
    /// What a chart remembers of its arrows, such that whatever lies ahead of the open places waits for what can still come
    /// and for nothing else.
    /// </summary>
    private void Join(Node chart)
    {
        var graph = GraphOf(chart)!;
        var old = _built[chart];
        var before = old is null ? null : _burst.GraphOf(old);
        var children = _built.Keys.Where(n => n.Parent == chart).ToList();
        var open = children.Select(c => _target.Activities[c.ActivityId]).ToHashSet();
        var ahead = open.SelectMany(graph.Descendants).ToHashSet();
        foreach (var edge in graph.Edges.Where(e => !e.IsBackward && graph.Reaches(e.Source)))
        {
            var known = Remembered(edge);
            if (open.Contains(edge.Target) || (known is { Visits: < 0 } && ahead.Contains(edge.Source)))
            {
                if (known is { } kept)
                    chart.Edges[edge.Index] = kept;
            }
            else if (ahead.Contains(edge.Target) && !ahead.Contains(edge.Source))
                chart.Edges[edge.Index] = known is { Visits: > 0 } visited
                    ? visited
                    : new(1, IsOwed(edge) || IsSpared(edge));
        }
        foreach (var child in children)
            Order(child);

        EdgeState? Remembered(Edge edge) =>
            before?.Edges.FirstOrDefault(e => IsSame(e, edge)) is { } was
            && old!.Edges.TryGetValue(was.Index, out var state)
                ? state
                : null;

        // Somebody went an arrow that is no more, and where it led waits for others: the way that replaces it was gone.
        bool IsOwed(Edge edge) =>
            before is not null
            && before.Edges.Any(e =>
                Renamed(e.Target.Id) == edge.Target.Id
                && old!.Edges.GetValueOrDefault(e.Index) is { Visits: > 0, Followed: true }
                && !graph.Edges.Any(n => IsSame(e, n))
                && _target.Activities.GetValueOrDefault(Renamed(e.Source.Id)) is { } source
                && graph.Descendants(source).Contains(edge.Source)
            );

        // A join of all branches cannot ask for one that did not exist when they set out.
        static bool IsSpared(Edge edge) =>
            edge.Target.Type == ActivityTypes.FlowJoin
            && edge.Target.Literal("mode") == nameof(Activities.JoinMode.WaitAll);

        void Order(Node child)
        {
            var earlier = graph.Ancestors(_target.Activities[child.ActivityId]);
            foreach (var other in children.Where(c => earlier.Contains(_target.Activities[c.ActivityId])))
                if (!WasEarlier(other, child))
                    for (var i = 0; i < _places.Count; i++)
                        if (_places[i].To is { } to && IsIn(_target.Activities[to], child.ActivityId))
                            _places[i] = _places[i] with
                            {
                                To = null,
                                Fate = PlaceFate.Asks,
                                Trouble = PlaceTrouble.Order,
                            };
        }

        bool WasEarlier(Node first, Node second) =>
            before is not null
            && _built[first] is { } a
            && _built[second] is { } b
            && before.Ancestors(_burst.ActivityOf(b)).Contains(_burst.ActivityOf(a));
    }

    private static bool IsIn(Activity activity, string container)
    {
        for (var at = activity; at is not null; at = at.Parent)
            if (at.Id == container)
                return true;
        return false;
    }

    private FlowGraph? GraphOf(Node built) =>
        built.Frame == _to.Frame ? _target.Activities[built.ActivityId].Graph : null;

    private string Renamed(string id) => _answers.GetValueOrDefault(id, id);

    private bool IsSame(Edge here, Edge there) =>
        here.Port == there.Port
        && Renamed(here.Source.Id) == there.Source.Id
        && Renamed(here.Target.Id) == there.Target.Id;

    private static bool IsSame(Activity here, Activity there) =>
        here.Type == there.Type
        && here.WorkflowDefinitionId == there.WorkflowDefinitionId
        && new[] { "taskName", "workflowDefinitionId", "eventName" }.All(input =>
            IsSame(here.Inputs.GetValueOrDefault(input), there.Inputs.GetValueOrDefault(input))
        );

    private static bool IsSame(Expression? here, Expression? there) =>
        here?.Kind == there?.Kind && Text(here?.Value ?? default) == Text(there?.Value ?? default);

    private Frame Frame() =>
        new(_target.DefinitionId, _target.Version)
        {
            Input = new(_from.Frame.Input),
            Variables = Carried(_from.Frame.Variables, _old.Variables, _target.Variables),
            Outputs = new(_from.Frame.Outputs),
            Outcomes = _from.Frame.Outcomes,
        };

    // A variable is the same when it has the same id or, drawn anew, the same name. What nobody declares any more is kept.
    private Dictionary<string, JsonElement> Carried(
        Dictionary<string, JsonElement> values,
        ImmutableArray<Variable> before,
        ImmutableArray<Variable> after
    )
    {
        var carried = new Dictionary<string, JsonElement>();
        foreach (var (id, value) in values)
        {
            var name = before.FirstOrDefault(v => v.Id == id)?.Name;
            var variable =
                after.FirstOrDefault(v => v.Id == id)
                ?? (name is null ? null : after.FirstOrDefault(v => v.Name == name));
            try
            {
                carried[variable?.Id ?? id] = variable is null
                    ? value
                    : Convert(value, variable.TypeName, variable.IsArray);
            }
            catch (FormatException)
            {
                _misfits.Add(variable!.Name);
            }
        }
        return carried;
    }
}

using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Engine;

/// <summary>
/// All live workflow instances of one case: the unit that a burst reads and writes. Ended instances and completed
/// activities are not in it, so it does not grow with a case's history. Immutable to everyone but the engine, which works
/// on copies.
/// </summary>
/// <param name="CaseId">Together with the sequence, the source of every identifier the engine gives.</param>
/// <param name="Schema">Version of the document form (<see cref="FamilyJson"/>).</param>
/// <param name="NextSequence">The next number to give.</param>
public sealed record Family(Guid CaseId, int Schema, long NextSequence, ImmutableArray<Instance> Instances)
{
    /// <summary>The family of a case in which nothing was started yet.</summary>
    public static Family Of(Guid caseId) => new(caseId, FamilyJson.Schema, 1, []);

    public Instance? Find(Guid instance) => Instances.FirstOrDefault(i => i.Id == instance);
}

/// <summary>One live workflow instance.</summary>
public sealed class Instance
{
    internal Instance(Guid id, Frame frame) => (Id, Frame) = (id, frame);

    public Guid Id { get; }
    public string DefinitionId => Frame.DefinitionId;
    public int Version => Frame.Version;
    public ImmutableDictionary<string, JsonElement> Input => Frame.Input.ToImmutableDictionary();
    public string? CorrelationId { get; internal set; }

    /// <summary>The instance that started this one; null for main and side processes.</summary>
    public Guid? Parent { get; internal set; }

    /// <summary>What a SetName activity said.</summary>
    public string? Name { get; internal set; }

    internal RunRules Rules { get; init; } = RunRules.Default;

    /// <summary>The activity that started this instance; it is the start of the flowchart it lies in.</summary>
    internal string? Trigger { get; init; }

    /// <summary>What the trigger brought, until it has run; never outlives the burst that starts the instance.</summary>
    internal JsonElement? Triggered { get; set; }

    /// <summary>How it ended; null while it lives.</summary>
    internal EndStatus? Ended { get; set; }

    /// <summary>The activity of the parent that waits for this instance; 0 when none does.</summary>
    internal long ParentNode { get; set; }
    internal Frame Frame { get; }
    internal List<Node> Nodes { get; init; } = [];

    /// <summary>Ids of the activities that are open, faulted or enclosing such.</summary>
    public IEnumerable<string> Activities => Nodes.Select(n => n.ActivityId);

    /// <summary>The incidents that stop this instance: id, activity and reason.</summary>
    public IEnumerable<(Guid Id, string Activity, string Reason)> Incidents =>
        Nodes.Where(n => n.Incident is not null).Select(n => (n.Incident!.Id, n.ActivityId, n.Incident.Reason));

    internal Instance Copy()
    {
        var copy = new Instance(Id, Frame.Copy())
        {
            CorrelationId = CorrelationId,
            Name = Name,
            Rules = Rules,
            Trigger = Trigger,
            Parent = Parent,
            ParentNode = ParentNode,
        };
        var copies = new Dictionary<long, Node>(Nodes.Count);
        foreach (var node in Nodes)
        {
            var parent = node.Parent is null ? null : copies[node.Parent.Id];
            copies[node.Id] = node.Copy(copy, parent);
            copy.Nodes.Add(copies[node.Id]);
        }
        return copy;
    }
}

/// <summary>What a definition's activities can read and write: that of an instance, or of a definition used as an activity.</summary>
internal sealed class Frame(string definitionId, int version)
{
    public string DefinitionId { get; } = definitionId;
    public int Version { get; } = version;
    public Dictionary<string, JsonElement> Input { get; init; } = [];
    public Dictionary<string, JsonElement> Variables { get; init; } = [];
    public Dictionary<string, JsonElement> Outputs { get; init; } = [];

    /// <summary>What a Complete activity said; null until then.</summary>
    public ImmutableArray<string>? Outcomes { get; set; }

    public Frame Copy() =>
        new(DefinitionId, Version)
        {
            Input = new(Input),
            Variables = new(Variables),
            Outputs = new(Outputs),
            Outcomes = Outcomes,
        };
}

internal enum NodeState
{
    Scheduled,
    Running,
    Faulted,
    Gone,
}

/// <summary>What a flowchart remembers of one edge.</summary>
/// <param name="Visits">
/// Counter mode: visits of a forward edge that its target has not used up yet. Token mode: tokens that its target has not
/// consumed yet.
/// </param>
/// <param name="Followed">Counter mode: the last visit followed the edge. Token mode: the edge is blocked once.</param>
internal readonly record struct EdgeState(int Visits, bool Followed);

/// <summary>What stopped an activity, with what is needed to try again.</summary>
/// <param name="Outcomes">The activity had completed with these, and telling its parent failed.</param>
/// <param name="Stimulus">The activity was resumed with this, and taking it in failed.</param>
internal sealed record KeptIncident(Guid Id, string Reason, ImmutableArray<string>? Outcomes, JsonElement? Stimulus);

/// <summary>One execution of an activity, from being scheduled to being completed.</summary>
internal sealed class Node(long id, string activityId, Instance instance, Node? parent)
{
    /// <summary>A sequence number of the family; the step's or timer's identifier derives from it.</summary>
    public long Id { get; } = id;
    public string ActivityId { get; } = activityId;
    public Instance Instance { get; } = instance;
    public Node? Parent { get; } = parent;
    public NodeState State { get; set; }

    /// <summary>Reached by a backward edge: completing it uses up no visits.</summary>
    public bool Backward { get; init; }

    /// <summary>Values of the variables that this container declares and of the loop values given to this body.</summary>
    public Dictionary<string, JsonElement> Locals { get; init; } = [];
    public Dictionary<int, EdgeState> Edges { get; init; } = [];

    /// <summary>Position in a sequence or in the items of a loop.</summary>
    public int Position { get; set; }

    /// <summary>A Break was reached inside: what runs still completes, and nothing new begins.</summary>
    public bool Breaking { get; set; }

    /// <summary>The frame that a definition used as an activity opens for what is in it.</summary>
    public Frame? Inner { get; set; }
    public KeptIncident? Incident { get; set; }

    /// <summary>The frame in which this activity's own expressions are evaluated.</summary>
    public Frame Frame => Parent is null ? Instance.Frame : Parent.Inner ?? Parent.Frame;

    public Node Copy(Instance instance, Node? parent) =>
        new(Id, ActivityId, instance, parent)
        {
            State = State,
            Backward = Backward,
            Locals = new(Locals),
            Edges = new(Edges),
            Position = Position,
            Breaking = Breaking,
            Inner = Inner?.Copy(),
            Incident = Incident,
        };
}

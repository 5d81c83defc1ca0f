using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Host.Cases;

/// <summary>
/// One case inside one step's transaction: takes decisions to the aggregate and the policy, their results to the engine,
/// and the engine's effects to rows, until nothing automatic is left. Nothing is saved here; <see cref="CaseSteps"/> locks
/// before and commits after.
/// </summary>
public sealed partial class CaseWork
{
    /// <summary>Automatic steps in one burst before it is taken for an endless loop.</summary>
    private const int Bound = 50;

    /// <summary>The input by which a process knows its part; the same in every document.</summary>
    private const string PartInput = "Part";

    private static readonly JsonSerializerOptions Json = CaseJson.Options;

    private readonly EduUnionDb _db;
    private readonly DefinitionSet _definitions;
    private readonly StepCatalogue _catalogue;
    private readonly Vault _vault;
    private readonly List<object> _events = [];
    private readonly List<Notice> _notices = [];
    private readonly HashSet<(PartyRole, Guid)> _partiesBefore;
    private Family _family;
    private Guid? _answering;

    public CaseWork(
        EduUnionDb db,
        CaseRow row,
        ICase @case,
        CaseMoment moment,
        DefinitionSet definitions,
        StepCatalogue catalogue,
        Vault vault
    )
    {
        _db = db;
        _vault = vault;
        _definitions = definitions;
        _catalogue = catalogue;
        Row = row;
        Case = @case;
        Moment = moment;
        _family = row.Family.Length == 0 ? Family.Of(row.Id) : FamilyJson.Read(row.Family);
        _partiesBefore = row.Aggregate.Length == 0 ? [] : [.. @case.Parties()];
    }

    /// <summary>The part of which an instance's input tells; null for the main process.</summary>
    public static Guid? PartOf(ImmutableDictionary<string, JsonElement> input) =>
        input.TryGetValue(PartInput, out var id) ? id.GetGuid() : null;

    public static ImmutableDictionary<string, JsonElement> InputOf(Guid part) =>
        ImmutableDictionary.CreateRange([KeyValuePair.Create(PartInput, JsonSerializer.SerializeToElement(part))]);

    public CaseRow Row { get; }

    public ICase Case { get; private set; }

    public CaseMoment Moment { get; }

    /// <summary>Whether every version by which the case runs is at hand.</summary>
    public bool IsKnown => _family.Instances.All(i => _definitions.Find(i.DefinitionId, i.Version) is not null);

    /// <summary>The versions of a definition by which the case runs.</summary>
    public IEnumerable<int> VersionsOf(string definitionId) =>
        _family.Instances.Where(i => i.DefinitionId == definitionId).Select(i => i.Version).Distinct().Order();

    public IReadOnlyList<object> Events => _events;

    /// <summary>Remembers events for the audit line and tells whoever has to be told.</summary>
    public void Happened(params IEnumerable<object> events)
    {
        foreach (var happened in events)
        {
            _events.Add(happened);
            _notices.AddRange(Case.Tell(happened, (name, part) => Running(name, null, [], part), Moment));
        }
    }

    public void Tell(OpenedStep step, params IReadOnlyList<TaskRow> opened) =>
        _notices.AddRange(
            Case.TellOpened(step, opened, (name, _) => Running(name, step.Id, opened, step.Part), Moment)
        );

    public void Tell(IEnumerable<Notice> notices) => _notices.AddRange(notices);

    public OpenedStep StepOf(Guid stepId)
    {
        var open =
            OpenSteps.Find(_definitions, _family, stepId)
            ?? throw new InvalidOperationException($"Step {stepId} of case {Row.Id} is not open in the engine.");
        return Read(stepId, open.Name, open.Payload, open.Input);
    }

    public OpenedStep? OpenStepNamed(string name) =>
        Row.Tasks.FirstOrDefault(t => t.IsLive && t.Name == name) is { } task ? StepOf(task.StepId) : null;

    /// <summary>How many are asked to decide the step, whether they have or not.</summary>
    public int VotersOf(OpenedStep step) =>
        TasksOf(step).Count(t => t.State is not (TaskState.Dropped or TaskState.Handed));

    /// <summary>Writes the case's own columns, the audit line and the notices; the caller saves and commits.</summary>
    public void Write(AuditChain chain, string act, string? outcome, Guid? taskId, Guid? part, string? comment)
    {
        System.Diagnostics.Activity.Current?.SetTag("eduunion.act", act)?.SetTag("eduunion.case", Row.Id);
        Row.ChangedAt = Moment.Now;
        Case.Describe(Row);
        Row.Family = FamilyJson.Write(_family);
        Row.Version++;
        WriteParties();
        var text = JsonSerializer.Serialize(
            new EntryText(
                comment,
                [
                    .. _events.Select(e => new CaseEvent(
                        e.GetType().Name,
                        JsonSerializer.SerializeToElement(e, e.GetType(), Json)
                    )),
                ]
            ),
            Json
        );
        _db.Add(chain.Append(Row, new Act(act, outcome, Moment.ActorId, taskId, part, Moment.Now, text)));
        _db.AddRange(_notices);
    }

    private List<TaskRow> TasksOf(OpenedStep step) =>
        [.. Row.Tasks.Where(t => t.StepId == step.Id && t.Name == step.Name)];

    private OpenedStep Read(Guid step, string name, JsonElement payload, ImmutableDictionary<string, JsonElement> input)
    {
        var spec = _catalogue.Find(name) ?? throw new InvalidOperationException($"The catalogue has no step {name}.");
        return new OpenedStep(step, spec, StepPayload.Read(payload), PartOf(input));
    }

    private void WriteParties()
    {
        var now = Case.Parties().ToHashSet();
        foreach (var (role, id) in now.Except(_partiesBefore))
            _db.Add(Party(role, id));
        foreach (var (role, id) in _partiesBefore.Except(now))
            _db.Remove(Party(role, id));
        PartyRow Party(PartyRole role, Guid id) =>
            new()
            {
                CaseId = Row.Id,
                Role = role,
                PartyId = id,
            };
    }
}

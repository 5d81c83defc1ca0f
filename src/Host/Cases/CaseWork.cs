using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Clocks;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Clocks;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>
/// One case inside one step's transaction: takes decisions to the aggregate and the policy, their results to the engine,
/// and the engine's effects to rows, until nothing automatic is left. Nothing is saved here; <see cref="CaseSteps"/> locks
/// before and commits after.
/// </summary>
public sealed class CaseWork
{
    /// <summary>Automatic steps in one burst before it is taken for an endless loop.</summary>
    private const int Bound = 50;

    /// <summary>The input by which a process knows its part; the same in every document.</summary>
    private const string PartInput = "Part";

    private static readonly JsonSerializerOptions Json = MotionCases.Json;

    private readonly EduUnionDb _db;
    private readonly DefinitionSet _definitions;
    private readonly StepCatalogue _catalogue;
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
        StepCatalogue catalogue
    )
    {
        _db = db;
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

    public ICase Case { get; }

    public CaseMoment Moment { get; }

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

    /// <summary>Decides one task; if that decides its step, the process goes on. Refusals change nothing.</summary>
    public async Task<Outcome<bool>> DecideAsync(TaskRow task, Decided decision, CancellationToken cancellation)
    {
        if (IsOver(task) && decision.Outcome != "abandon")
            return new Refusal("task.expired", RefusalKind.Conflict);
        var taken = await Case.DecideAsync(task, decision, Moment, cancellation);
        if (!taken.IsOk)
            return taken.Refusal;
        var step = StepOf(task.StepId);
        string? outcome = taken.Value.Outcome ?? decision.Outcome;
        task.State = TaskState.Decided;
        task.Outcome = decision.Outcome;
        task.DecidedBy = decision.By;
        task.ClosedAt = Moment.Now;
        task.Comment = string.IsNullOrWhiteSpace(decision.Comment) ? null : decision.Comment.Trim();
        if (taken.Value.CountsForStep)
            outcome = step.Payload.Policy.Kind == "one" ? outcome : Fold(step);
        var decided = taken.Value.CountsForStep && outcome is not null;
        var routing = taken.Value.Routing;
        Happened(taken.Value.Events);
        StopClocks(c => c.TaskId == task.Id);
        if (!decided)
            return false;
        if (step.Payload.Policy.Kind != "one")
            return await ConcludeAsync(step, outcome!, cancellation);
        CloseStep(step.Id);
        await ApplyAsync(taken.Value, step.Part, cancellation);
        await RunAsync(new Stimulus.Answer(step.Id, new StepResult(outcome!, routing)), cancellation);
        return true;
    }

    /// <summary>The step as a whole has this outcome, by its policy, by a clock, or by a count taken at a meeting.</summary>
    public async Task<Outcome<bool>> ConcludeAsync(OpenedStep step, string outcome, CancellationToken cancellation)
    {
        var concluded = Case.Conclude(step, outcome, TasksOf(step), Moment);
        if (!concluded.IsOk)
            return concluded.Refusal;
        Happened(concluded.Value.Events);
        CloseStep(step.Id);
        await ApplyAsync(concluded.Value, step.Part, cancellation);
        await RunAsync(
            new Stimulus.Answer(step.Id, new StepResult(concluded.Value.Outcome ?? outcome, concluded.Value.Routing)),
            cancellation
        );
        return true;
    }

    /// <summary>A signal reaches the case. A refusal changes nothing.</summary>
    public async Task<Outcome<bool>> HearAsync(SignalRow signal, CancellationToken cancellation)
    {
        var taken = Case.Hear(signal, Moment);
        if (!taken.IsOk)
            return taken.Refusal;
        Happened(taken.Value.Events);
        await ApplyAsync(taken.Value, null, cancellation);
        return true;
    }

    /// <summary>What something taken by the aggregate does beside answering its step.</summary>
    public async Task ApplyAsync(Taken taken, Guid? part, CancellationToken cancellation)
    {
        if (taken.Readdresses is var (from, to))
            Readdress(from, to);
        foreach (var side in taken.Ends)
        foreach (var instance in _family.Instances.Where(i => i.DefinitionId == side && PartOf(i.Input) == part))
            await RunAsync(new Stimulus.Cancel(instance.Id, "done"), cancellation);
        if (taken.Main is { } move)
            await MoveMainAsync(move, cancellation);
        if (taken.Starts is { } process)
            await RunAsync(new Stimulus.Start(process), cancellation);
        if (taken.TellsFollowers is { } kind)
            _db.AddRange(
                (
                    await _db.Set<CaseRow>().Where(c => c.MainId == Row.Id).Select(c => c.Id).ToListAsync(cancellation)
                ).Select(follower => SignalRow.To(follower, kind, Row.Id, Moment.Now))
            );
    }

    private async Task MoveMainAsync(MainMove move, CancellationToken cancellation)
    {
        var main = _family.Instances.FirstOrDefault(i => i.Parent is null && i.DefinitionId == Case.Kind);
        switch (move)
        {
            case MainMove.Restart restart when main is not null:
                StopClocks(c => c.Span == ClockSpan.Handling);
                // What was asked of the process as it stood is asked no more.
                await EndSidesAsync(main.Id, restart.Activity, cancellation);
                await RunAsync(new Stimulus.Restart(main.Id, restart.Activity), cancellation);
                break;
            case MainMove.Answer answer
                when OpenSteps.Named(_definitions, _family, answer.Step).FirstOrDefault() is { } step:
                CloseStep(step.Step);
                await RunAsync(new Stimulus.Answer(step.Step, new StepResult(answer.Outcome)), cancellation);
                break;
            case MainMove.End end:
                StopClocks(c => c.Span == ClockSpan.Handling);
                await EndSidesAsync(null, end.Reason, cancellation);
                break;
        }
    }

    // A process whose own automatic step says so goes on to its end: it asks nobody any more.
    private async Task EndSidesAsync(Guid? but, string reason, CancellationToken cancellation)
    {
        var answering = _answering;
        foreach (var instance in _family.Instances.Where(i => i.Parent is null && i.Id != answering && i.Id != but))
            await RunAsync(new Stimulus.Cancel(instance.Id, reason), cancellation);
    }

    // A new form for somebody else, and a fresh period.
    private void Readdress(Guid from, Guid to)
    {
        foreach (var task in Row.Tasks.Where(t => t.State == TaskState.Open && t.MemberId == from))
        {
            task.MemberId = to;
            task.Version++;
            if (Row.Clocks.FirstOrDefault(c => c.Id == task.ClockId && c.StoppedAt is null) is { } clock)
                SetClock(clock, inputs => inputs with { Start = Moment.Today });
        }
    }

    /// <summary>
    /// The period after which the step is decided without an answer has run out, and the sweep only has not come yet: what
    /// is said now is late, however long the sweep takes.
    /// </summary>
    public bool IsOver(TaskRow task) =>
        Row.Clocks.Any(c =>
            c is { ExpiryOutcome: not null, StoppedAt: null }
            && c.DueAt <= Moment.Now
            && (c.TaskId == task.Id || (c.Span == ClockSpan.Step && c.StepId == task.StepId))
        );

    /// <summary>A clock expired: the step is decided by it.</summary>
    public async Task<Outcome<bool>> ExpireAsync(ClockRow clock, CancellationToken cancellation)
    {
        var step = StepOf(clock.StepId!.Value);
        if (clock.Span == ClockSpan.Task)
        {
            foreach (var task in Row.Tasks.Where(t => t.Id == clock.TaskId && t.State == TaskState.Open))
            {
                Happened(Case.Expire(task, Moment));
                Drop(task);
            }
            StopClocks(c => c.Id == clock.Id);
            return true;
        }
        return await ConcludeAsync(step, clock.ExpiryOutcome!, cancellation);
    }

    /// <summary>Runs the engine with a stimulus and everything automatic that follows from it.</summary>
    public async Task RunAsync(Stimulus first, CancellationToken cancellation)
    {
        var queue = new Queue<Stimulus>([first]);
        for (var round = 0; queue.TryDequeue(out var stimulus); round++)
        {
            if (round == Bound)
            {
                Incident(Guid.CreateVersion7(Moment.Now), null, "", $"More than {Bound} automatic steps in one burst.");
                return;
            }
            var burst = Engine.Run(_definitions, _family, stimulus, Moment.Now);
            _family = burst.Family;
            foreach (var effect in burst.Effects)
                if (await TakeAsync(effect, cancellation) is { } answer)
                    queue.Enqueue(answer);
        }
    }

    /// <summary>Opens a task beside the step's own, e.g. a co-signature; its clock starts with it.</summary>
    public async Task<TaskRow> AskAsync(OpenedStep step, Asked asked, string? clock, CancellationToken cancellation)
    {
        var task = Open(step, asked);
        if (clock is not null)
            task.ClockId = (await StartClockAsync(clock, ClockSpan.Task, step, task, "expired", cancellation)).Id;
        return task;
    }

    public void Tell(OpenedStep step, params IReadOnlyList<TaskRow> opened) =>
        _notices.AddRange(
            Case.TellOpened(step, opened, (name, _) => Running(name, step.Id, opened, step.Part), Moment)
        );

    public void Tell(IEnumerable<Notice> notices) => _notices.AddRange(notices);

    public void Drop(TaskRow task)
    {
        task.State = TaskState.Dropped;
        task.ClosedAt = Moment.Now;
        StopClocks(c => c.TaskId == task.Id);
    }

    public OpenedStep StepOf(Guid stepId)
    {
        var open =
            OpenSteps.Find(_definitions, _family, stepId)
            ?? throw new InvalidOperationException($"Step {stepId} of case {Row.Id} is not open in the engine.");
        return Read(stepId, open.Name, open.Payload, open.Input);
    }

    public OpenedStep? OpenStepNamed(string name) =>
        Row.Tasks.FirstOrDefault(t => t.State == TaskState.Open && t.Name == name) is { } task
            ? StepOf(task.StepId)
            : null;

    /// <summary>How many are asked to decide the step, whether they have or not.</summary>
    public int VotersOf(OpenedStep step) => TasksOf(step).Count(t => t.State != TaskState.Dropped);

    /// <summary>The running clock of this name in this part of the case.</summary>
    public ClockRow? ClockOf(string name, Guid? part) =>
        Row.Clocks.FirstOrDefault(c => c.StoppedAt is null && c.Name == name && c.Part == part);

    public void StopClock(ClockRow clock) => StopClocks(c => c.Id == clock.Id);

    /// <summary>Changes a running clock's inputs; the due date and the next alarm follow.</summary>
    public void SetClock(ClockRow clock, Func<ClockInputs, ClockInputs> change) =>
        clock.Set(change(clock.InputsOf()), Moment.Calendar, Moment.Rules, Moment.Now);

    /// <summary>Writes the case's own columns, the audit line and the notices; the caller saves and commits.</summary>
    public void Write(AuditChain chain, string act, string? outcome, Guid? taskId, Guid? part, string? comment)
    {
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

    private async Task<Stimulus?> TakeAsync(Effect effect, CancellationToken cancellation)
    {
        switch (effect)
        {
            case Effect.OpenStep opened:
                var step = Read(opened.Step, opened.Name, opened.Payload, opened.Input);
                return step.Spec.Kind == StepKind.Auto
                    ? await AnswerAsync(step, opened.Instance, cancellation)
                    : await OpenAsync(step, cancellation);
            case Effect.CloseStep closed:
                CloseStep(closed.Step);
                return null;
            case Effect.ArmTimer timer:
                Add(
                    new ClockRow
                    {
                        Id = timer.Timer,
                        CaseId = Row.Id,
                        Span = ClockSpan.Step,
                        Name = "timer",
                        StepId = timer.Timer,
                        OrganisationId = Row.SchoolId,
                        Inputs = ClockFace.Write(new ClockInputs(Moment.Today) { Until = timer.At }),
                        RulesAt = Moment.Now,
                        StartedAt = Moment.Now,
                        DueAt = timer.At,
                        NextAt = timer.At,
                    }
                );
                return null;
            case Effect.DisarmTimer timer:
                StopClocks(c => c.Id == timer.Timer);
                return null;
            case Effect.Incident incident:
                Incident(incident.Id, incident.Instance, incident.Activity, incident.Reason);
                return null;
            case Effect.CloseIncident closed:
                if (await _db.Set<IncidentRow>().FindAsync([closed.Id], cancellation) is { } over)
                    over.ClosedAt ??= Moment.Now;
                return null;
            default:
                return null;
        }
    }

    private async Task<Stimulus> AnswerAsync(OpenedStep step, Guid instance, CancellationToken cancellation)
    {
        var taken = await Case.AnswerAsync(step, Moment, cancellation);
        if (step.Payload.Stops is { } stops)
            StopClocks(c => c.Span == ClockSpan.Handling && c.Name == stops && c.Part == step.Part);
        if (taken.ClockChange is var (name, change) && Running(name, null, [], step.Part) is { } clock)
            SetClock(clock, change);
        Happened(taken.Events);
        _answering = instance;
        await ApplyAsync(taken, step.Part, cancellation);
        _answering = null;
        return new Stimulus.Answer(step.Id, new StepResult(taken.Outcome ?? "done", taken.Routing));
    }

    private async Task<Stimulus?> OpenAsync(OpenedStep step, CancellationToken cancellation)
    {
        if (step.Payload.Starts is { } starts)
        {
            // A fresh period (改派): the old clock stays as history, the new one is what counts from here.
            StopClocks(c => c.Span == ClockSpan.Handling && c.Name == starts && c.Part == step.Part);
            await StartClockAsync(starts, ClockSpan.Handling, step, null, null, cancellation);
        }
        var clock = step.Payload.Clock;
        var shared = clock is { Span: "step" }
            ? await StartClockAsync(clock.Name, ClockSpan.Step, step, null, clock.ExpiryOutcome, cancellation)
            : Running(null, step.Id, [], step.Part);
        if (step.Spec.Kind == StepKind.Wait)
            return null;
        var opened = new List<TaskRow>();
        foreach (var asked in await Case.AskAsync(step, Moment, cancellation))
        {
            var task = Open(step, asked);
            task.ClockId = clock is { Span: "task" }
                ? (await StartClockAsync(clock.Name, ClockSpan.Task, step, task, clock.ExpiryOutcome, cancellation)).Id
                : shared?.Id;
            opened.Add(task);
        }
        Tell(step, opened);
        // Nobody to ask: everybody has answered.
        return opened.Count == 0 && step.Payload.Policy.Kind == "all"
            ? new Stimulus.Answer(step.Id, new StepResult(step.Payload.Outcomes[0]))
            : null;
    }

    private TaskRow Open(OpenedStep step, Asked asked)
    {
        var task = new TaskRow
        {
            Id = Guid.CreateVersion7(Moment.Now),
            CaseId = Row.Id,
            Case = Row,
            StepId = step.Id,
            Name = asked.Name,
            Part = step.Part,
            MemberId = asked.MemberId,
            Office = asked.Office,
            OrganisationId = asked.OrganisationId,
            Outcomes = string.Join(',', asked.Outcomes),
            OpenedAt = Moment.Now,
        };
        Row.Tasks.Add(task);
        _db.Add(task);
        return task;
    }

    private async Task<ClockRow> StartClockAsync(
        string name,
        ClockSpan span,
        OpenedStep step,
        TaskRow? task,
        string? expiryOutcome,
        CancellationToken cancellation
    )
    {
        var plan = await Case.PlanAsync(name, step, Moment, cancellation);
        var clock = new ClockRow
        {
            Id = Guid.CreateVersion7(Moment.Now),
            CaseId = Row.Id,
            Span = span,
            Name = name,
            StepId = step.Id,
            TaskId = task?.Id,
            Part = step.Part,
            OrganisationId = Row.SchoolId,
            DepartmentId = plan.DepartmentId,
            Inputs = "",
            RulesAt = Moment.Now,
            ExpiryOutcome = expiryOutcome,
            StartedAt = Moment.Now,
        };
        clock.Set(plan.Inputs, Moment.Calendar, Moment.Rules, Moment.Now);
        Add(clock);
        return clock;
    }

    private void Add(ClockRow clock)
    {
        Row.Clocks.Add(clock);
        _db.Add(clock);
    }

    private ClockRow? Running(string? name, Guid? step, IReadOnlyList<TaskRow> tasks, Guid? part) =>
        Row
            .Clocks.Where(c => c.StoppedAt is null && (name is null || c.Name == name))
            .Where(c =>
                tasks.Any(t => t.Id == c.TaskId)
                || (c.Span == ClockSpan.Step && c.StepId == step)
                || (c.Span == ClockSpan.Handling && c.Part == part && part is not null)
            )
            .OrderBy(c => c.Span)
            .FirstOrDefault();

    private void CloseStep(Guid step)
    {
        foreach (var task in Row.Tasks.Where(t => t.StepId == step && t.State == TaskState.Open))
            Drop(task);
        StopClocks(c => c.StepId == step && c.Span != ClockSpan.Handling);
    }

    private void StopClocks(Func<ClockRow, bool> which)
    {
        foreach (var clock in Row.Clocks.Where(c => c.StoppedAt is null && which(c)))
        {
            clock.StoppedAt = Moment.Now;
            clock.NextAt = null;
        }
    }

    private string? Fold(OpenedStep step)
    {
        var tasks = TasksOf(step).Where(t => t.State != TaskState.Dropped).ToList();
        var named = step.Payload.Outcomes.Where(o => step.Spec.Outcome(o) is { Derived: false });
        return step
            .Payload.Policy.Rule()
            .Decide(
                [
                    .. tasks.Select(t => new Workflows.Steps.TaskState(
                        t.Id,
                        t.State == TaskState.Decided ? t.Outcome : null
                    )),
                ],
                [.. named],
                tasks.Count
            )
            .Outcome;
    }

    private List<TaskRow> TasksOf(OpenedStep step) =>
        [.. Row.Tasks.Where(t => t.StepId == step.Id && t.Name == step.Name)];

    private void Incident(Guid id, Guid? instance, string activity, string reason)
    {
        var stopped = instance is { } known ? _family.Find(known) : null;
        _db.Add(
            new IncidentRow
            {
                Id = id,
                CaseId = Row.Id,
                InstanceId = instance,
                DefinitionId = stopped?.DefinitionId,
                DefinitionVersion = stopped?.Version,
                Activity = activity,
                Reason = reason,
                At = Moment.Now,
            }
        );
    }

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

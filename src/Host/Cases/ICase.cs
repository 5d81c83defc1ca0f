using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Cases;

/// <summary>The moment of one step: everything a case may know beside its own aggregate.</summary>
/// <param name="ActorId">Who acts; null = a clock or the program.</param>
public sealed record CaseMoment(DateTimeOffset Now, Rules Rules, WorkingCalendar Calendar, Guid? ActorId)
{
    public DateOnly Today => ChinaTime.DateOf(Now);

    /// <summary>The other case of a step that looks at two: the main motion of a merge, or the source of a signal.</summary>
    public CaseRow? Other { get; init; }
}

/// <summary>What the last step of a side process, or a signal, does to the main process.</summary>
public abstract record MainMove
{
    private MainMove() { }

    /// <summary>Goes on at an activity, whatever was open.</summary>
    public sealed record Restart(string Activity) : MainMove;

    /// <summary>Answers a waiting step; nothing happens when it does not wait.</summary>
    public sealed record Answer(string Step, string Outcome) : MainMove;

    /// <summary>Ends everything but the process that says so.</summary>
    public sealed record End(string Reason) : MainMove;
}

/// <summary>An open execution of <c>Elsa.RunTask</c>, read against the catalogue.</summary>
/// <param name="Part">The part (承办) its instance was started for; null in the main process.</param>
public sealed record OpenedStep(Guid Id, StepSpec Spec, StepPayload Payload, Guid? Part)
{
    public string Name => Spec.Name;
}

/// <summary>One task to be opened: a person's, or an office's at an organisation.</summary>
public sealed record Asked(string Name, ImmutableArray<string> Outcomes)
{
    public Guid? MemberId { get; init; }
    public Office? Office { get; init; }
    public Guid? OrganisationId { get; init; }

    /// <summary>Votes his task carries.</summary>
    public int Weight { get; init; } = 1;
}

/// <summary>A decision with its form already read.</summary>
/// <param name="By">In whose capacity it is taken.</param>
public sealed record Decided(string Outcome, string? Comment, FormValues Form, Guid By)
{
    /// <summary>Who takes it for <see cref="By"/> (代理); both must be free to.</summary>
    public Guid? Deputy { get; init; }

    /// <summary>The form as it was typed, for an answer that is heard later.</summary>
    public JsonElement? Typed { get; init; }
}

/// <summary>What the aggregate made of something: the events, and what the engine is told if the step is answered.</summary>
public sealed record Taken(params ImmutableArray<object> Events)
{
    /// <summary>The outcome for the engine; null = the one that was decided.</summary>
    public string? Outcome { get; init; }
    public ImmutableDictionary<string, JsonElement> Routing { get; init; } =
        ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>
    /// A running clock of this name, of the step's part or of the main process, whose inputs this changes before anybody
    /// is told.
    /// </summary>
    public (string Clock, Func<ClockInputs, ClockInputs> Change)? ClockChange { get; init; }

    /// <summary>Definition ids of side processes of the step's part that have lost their object.</summary>
    public ImmutableArray<string> Ends { get; init; } = [];

    /// <summary>Whoever was asked as the one is asked as the other from here.</summary>
    public (Guid From, Guid To)? Readdresses { get; init; }

    /// <summary>What this does to the main process.</summary>
    public MainMove? Main { get; init; }

    /// <summary>Definition id of a side process that this starts.</summary>
    public string? Starts { get; init; }

    /// <summary>A signal to every case that follows this one.</summary>
    public string? TellsFollowers { get; init; }

    /// <summary>Signals to other cases; this one is their source.</summary>
    public ImmutableArray<(Guid CaseId, string Kind)> Tells { get; init; } = [];

    /// <summary>
    /// True holds the case: nothing can be decided, no deadline goes on. False lets it go on; null leaves it as it is.
    /// </summary>
    public bool? Holds { get; init; }

    /// <summary>False for a task beside the step's own (a co-signature), which the policy does not count.</summary>
    public bool CountsForStep { get; init; } = true;
}

/// <summary>The running clock of this name: of the task or step in question, else of the part; null when there is none.</summary>
public delegate ClockRow? RunningClock(string name, Guid? part);

/// <summary>The inputs of a clock to be started, and the department whose deadline it is.</summary>
public sealed record ClockPlan(ClockInputs Inputs, Guid? DepartmentId = null);

/// <summary>
/// A kind of case: who a role is, which method of the aggregate a step and outcome calls, what is told to whom. Everything
/// else about a step (locking, tasks, policy, engine, clocks, journal, commit) is the same for every kind.
/// </summary>
public interface ICase
{
    string Kind { get; }

    /// <summary>Definition id of the main process.</summary>
    string Process { get; }

    /// <summary>What people write stands in the sealed journal and in the aggregate only, not in a column of a task.</summary>
    bool IsConfidential { get; }

    /// <summary>Writes the aggregate and the columns by which lists find the case.</summary>
    void Describe(CaseRow row);

    IEnumerable<(PartyRole Role, Guid PartyId)> Parties();

    /// <summary>Who is asked when a human step opens; none at all is possible for a step with policy <c>all</c>.</summary>
    Task<IReadOnlyList<Asked>> AskAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation);

    /// <summary>
    /// Whether this member may have to do with a step of the case at all, whoever gives it to him: what separates people
    /// (domain §5) holds for those to whom work is handed, who advise, sign or act as deputies. Refusals:
    /// <c>task.separation</c>, <c>task.not-of-office</c>.
    /// </summary>
    async Task<Outcome<bool>> MayActAsync(
        Guid member,
        OpenedStep step,
        CaseMoment moment,
        CancellationToken cancellation
    ) => (await SeparationAsync(step, moment.Today, cancellation))(member) is { } no ? no : true;

    /// <summary>What <see cref="MayActAsync"/> says of each member: null = he may. Read once for all of them.</summary>
    Task<Func<Guid, Refusal?>> SeparationAsync(OpenedStep step, DateOnly today, CancellationToken cancellation);

    /// <summary>Whether an act of an administrator on the case would be one in his own, beyond what its parties say.</summary>
    Task<bool> IsOwnMatterAsync(Guid member, CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>Whether the reminders of this clock tell who is above by themselves, on the days of <c>escalate</c>.</summary>
    bool RemindsAbove(string clock, string step) => false;

    /// <summary>Who is above whoever is late with a task, and where he reads of it; null = nobody may hear of it.</summary>
    (NoticeRecipients To, string Link)? Above(TaskRow late);

    /// <summary>
    /// What has to be told of an office's act: the case is named by its number and nothing else. None where it has none
    /// and no title may be told.
    /// </summary>
    /// <param name="kind">Its only argument is <c>case</c>.</param>
    IEnumerable<Notice> Letter(NoticeKind kind, NoticeRecipients to, string link, CaseMoment moment);

    Task<ClockPlan> PlanAsync(string clock, OpenedStep step, CaseMoment moment, CancellationToken cancellation);

    /// <summary>One task is decided.</summary>
    Task<Outcome<Taken>> DecideAsync(TaskRow task, Decided decision, CaseMoment moment, CancellationToken cancellation);

    /// <summary>
    /// Whether the aggregate would take this decision, which it is not told of yet; null = it would, or a case of this kind
    /// cannot say so without writing.
    /// </summary>
    Task<Refusal?> CheckAsync(TaskRow task, Decided decision, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult<Refusal?>(null);

    /// <summary>A task beside the step's own ran out undecided.</summary>
    IEnumerable<object> Expire(TaskRow task, CaseMoment moment);

    /// <summary>The step as a whole is decided: by its policy, or by a clock that expired.</summary>
    Task<Outcome<Taken>> ConcludeAsync(
        OpenedStep step,
        string outcome,
        IReadOnlyList<TaskRow> votes,
        CaseMoment moment,
        CancellationToken cancellation
    );

    /// <summary>An automatic step: always an outcome, never a refusal.</summary>
    Task<Taken> AnswerAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation);

    /// <summary>A signal has come; <see cref="CaseMoment.Other"/> is its source where that is a case.</summary>
    Task<Outcome<Taken>> HearAsync(SignalRow signal, CaseMoment moment, CancellationToken cancellation);

    /// <summary>What has to be told because of this event.</summary>
    IEnumerable<Notice> Tell(object happened, RunningClock clock, CaseMoment moment);

    /// <summary>What has to be told because these tasks opened; the clocks are those shown with them.</summary>
    IEnumerable<Notice> TellOpened(
        OpenedStep step,
        IReadOnlyList<TaskRow> tasks,
        RunningClock clock,
        CaseMoment moment
    );

    /// <summary>What has to be told when a clock rings.</summary>
    IEnumerable<Notice> TellAlarm(ClockRow clock, Alarm alarm, IReadOnlyList<TaskRow> open, CaseMoment moment);

    /// <summary>
    /// What has to be told when a new calendar moved a clock; both dates are known. Nothing for deadlines of which nobody
    /// is told by mail.
    /// </summary>
    IEnumerable<Notice> TellMoved(ClockRow clock, DateOnly before, IReadOnlyList<TaskRow> open, CaseMoment moment);

    /// <summary>Steps before this one to which it may be sent back (退回), the earliest first.</summary>
    IReadOnlyList<string> StepsBack(OpenedStep from) => [];

    /// <summary>Steps at which an administrator may let the case, or one part of it, go on (跳转).</summary>
    IReadOnlyList<string> StepsOpen(Guid? part) => [];

    /// <summary>Steps at which it may go on when it is woken (唤醒); none while it was not terminated.</summary>
    IReadOnlyList<string> StepsToWake => [];

    /// <summary>Whether an administrator may end it (终止).</summary>
    bool MayBeTerminated => false;

    /// <summary>Who is told what an administrator did to his case, and where he reads of it; null = nobody.</summary>
    (NoticeRecipients To, string Link)? Starter => null;

    /// <summary>
    /// A way that the chart does not draw: the aggregate comes to stand at that step, or refuses. Refusals:
    /// <c>task.return-not-here</c> for a case of a kind that knows none, and those of the aggregate.
    /// </summary>
    Task<Outcome<Taken>> GoAsync(Detour way, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult<Outcome<Taken>>(Refusal.Because("task.return-not-here"));

    /// <summary>An administrator ends it. Refusals: <c>case.terminate-too-late</c>, and those of the aggregate.</summary>
    Task<Outcome<Taken>> TerminateAsync(string? reason, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult<Outcome<Taken>>(Refusal.Because("case.terminate-too-late"));
}

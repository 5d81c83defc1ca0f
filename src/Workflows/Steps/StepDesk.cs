using System.Collections.Immutable;
using EduUnion.Domain;

namespace EduUnion.Workflows.Steps;

/// <summary>
/// The tasks of one open step and what an office does with them: hand over (转办), have advised (委派), add and remove
/// signers (加签、减签), take back (拿回). Pure; every act gives a new desk or a refusal that changes nothing. Whoever
/// signs in addition gives consent, not another outcome: what becomes of the step is the owner's word, so the engine and
/// the aggregate hear one decision.
/// </summary>
/// <param name="Tasks">In the order in which they are asked; what is added stands wherever it was added.</param>
/// <param name="Outcomes">What the step's own tasks may answer, the favourable one first.</param>
/// <param name="Total">Votes of all who are entitled.</param>
public sealed record StepDesk(
    ImmutableArray<DeskTask> Tasks,
    StepPolicy Policy,
    ImmutableArray<string> Outcomes,
    int Total
)
{
    public const string Agree = "agree";
    public const string Disagree = "disagree";

    /// <summary>What the step's own tasks amount to; an answer counts once all who sign after it have agreed.</summary>
    public StepDecision Standing =>
        Policy.Decide(
            [.. Own.Select(t => new TaskState(t.Id, Counts(t) ? t.Outcome : null, t.Weight))],
            Outcomes,
            Total
        );

    /// <summary>Who may answer now; nobody once the step is decided.</summary>
    public ImmutableArray<Guid> Answerable
    {
        get
        {
            var standing = Standing;
            if (standing.Outcome is not null)
                return [];
            return
            [
                .. Tasks
                    .Where(t => t.Stand == DeskStand.Open)
                    .Where(t =>
                        t.Part switch
                        {
                            DeskPart.Own => standing.Open.Contains(t.Id) && Awaited(t.Id).IsEmpty,
                            DeskPart.After => Find(t.Owner!.Value)!.Stand == DeskStand.Answered,
                            _ => standing.Open.Contains(t.Owner!.Value),
                        }
                    )
                    .Select(t => t.Id),
            ];
        }
    }

    /// <summary>An own task is answered, but others have still to sign after it.</summary>
    public bool IsPending(Guid id) => Find(id) is { Part: DeskPart.Own, Stand: DeskStand.Answered } own && !Counts(own);

    /// <summary>
    /// Answers a task. A disagreement in front closes the favourable outcome to the owner until the signer is asked anew; one
    /// behind gives the task back to him. Refusals: <c>task.unknown</c> (404), <c>task.closed</c> (409),
    /// <c>task.waits</c> (409: others come first), <c>task.outcome-unknown</c>, <c>task.signer-disagrees</c>.
    /// </summary>
    public Outcome<StepDesk> Answer(Guid id, string outcome)
    {
        if (Find(id) is not { } task)
            return Refusal.Missing("task.unknown");
        if (task.Stand != DeskStand.Open)
            return Conflict("task.closed");
        if (!Answerable.Contains(id))
            return Conflict("task.waits");
        if (task.Part is DeskPart.Before or DeskPart.After && outcome is not (Agree or Disagree))
            return Refusal.At("outcome", "task.outcome-unknown", $"{Agree}, {Disagree}");
        if (task.Part == DeskPart.Own && outcome == Outcomes[0] && Said(id, DeskPart.Before, Disagree).Any())
            return Refusal.Because("task.signer-disagrees");
        var answered = With(task with { Stand = DeskStand.Answered, Outcome = outcome });
        return task.Part switch
        {
            // Whoever objected to the answer before is asked about this one.
            DeskPart.Own => answered.Ask([.. answered.Said(id, DeskPart.After, Disagree)]),
            DeskPart.After when outcome == Disagree => answered.Ask([Find(task.Owner!.Value)!]),
            _ => answered,
        };
    }

    /// <summary>
    /// 转办: another person has the task for good, at the same place and with the same votes. Refusals:
    /// <c>task.unknown</c> (404), <c>task.closed</c>, <c>task.waits</c> (409: signers or an adviser are asked),
    /// <c>task.member-has-task</c>.
    /// </summary>
    public Outcome<StepDesk> HandOver(Guid id, Guid newTask, Guid to) =>
        Movable(id, to)
            .Then(task =>
            {
                if (!Awaited(id).IsEmpty)
                    return (Outcome<StepDesk>)Conflict("task.waits");
                var at = Tasks.IndexOf(task);
                var next = task with { Id = newTask, Member = to };
                var tasks = Tasks
                    .SetItem(at, task with { Stand = DeskStand.Handed })
                    .Insert(at + 1, next)
                    .Select(t => t.Owner == id ? t with { Owner = newTask } : t);
                return this with { Tasks = [.. tasks] };
            });

    /// <summary>委派: another person says what he would decide, then the task is back. Refusals as of handing over, and
    /// <c>task.not-own</c>: advice on advice helps nobody.</summary>
    public Outcome<StepDesk> Delegate(Guid id, Guid newTask, Guid to) =>
        Movable(id, to)
            .Then(task =>
                task.Part != DeskPart.Own ? Refusal.Because("task.not-own")
                : Awaited(id).IsEmpty ? Insert(task, new DeskTask(newTask, to, DeskPart.Advice, id))
                : (Outcome<StepDesk>)Conflict("task.waits")
            );

    /// <summary>加签: others agree before the owner decides, or with what he has decided. Refusals as of advice.</summary>
    public Outcome<StepDesk> AddSigner(Guid id, Guid newTask, Guid member, bool after) =>
        Movable(id, member)
            .Then(task =>
                task.Part == DeskPart.Own
                    ? Insert(task, new DeskTask(newTask, member, after ? DeskPart.After : DeskPart.Before, id))
                    : (Outcome<StepDesk>)Refusal.Because("task.not-own")
            );

    /// <summary>减签: an added signer or adviser who has not answered. Refusals: <c>task.unknown</c> (404),
    /// <c>task.not-added</c>, <c>task.closed</c> (409: he has answered).</summary>
    public Outcome<StepDesk> Remove(Guid id)
    {
        if (Find(id) is not { } task)
            return Refusal.Missing("task.unknown");
        if (task.Part == DeskPart.Own)
            return Refusal.Because("task.not-added");
        return task.Stand == DeskStand.Open ? With(task with { Stand = DeskStand.Removed }) : Conflict("task.closed");
    }

    /// <summary>
    /// 拿回: an answer is taken back while the step is undecided and nobody has signed after it. Refusals:
    /// <c>task.unknown</c> (404), <c>task.not-answered</c>, <c>task.went-on</c> (409).
    /// </summary>
    public Outcome<StepDesk> TakeBack(Guid id)
    {
        if (Find(id) is not { } task)
            return Refusal.Missing("task.unknown");
        if (task.Stand != DeskStand.Answered)
            return Refusal.Because("task.not-answered");
        var built = task.Part switch
        {
            DeskPart.Own => Tasks.Any(t => t.Owner == id && t.Part == DeskPart.After && t.Stand == DeskStand.Answered),
            DeskPart.After => task.Outcome == Disagree,
            _ => Find(task.Owner!.Value)!.Stand != DeskStand.Open,
        };
        return Standing.Outcome is null && !built ? Ask([task]) : Conflict("task.went-on");
    }

    private IEnumerable<DeskTask> Own => Tasks.Where(t => t.Part == DeskPart.Own && t.IsLive);

    private bool Counts(DeskTask own) =>
        own.Stand == DeskStand.Answered
        && Tasks.All(t => t.Owner != own.Id || t.Part != DeskPart.After || !t.IsLive || t.Outcome == Agree);

    /// <summary>Who has to answer before this task may.</summary>
    private ImmutableArray<DeskTask> Awaited(Guid id) =>
        [
            .. Tasks.Where(t =>
                t.Owner == id && t.Stand == DeskStand.Open && (t.Part is DeskPart.Before or DeskPart.Advice)
            ),
        ];

    private IEnumerable<DeskTask> Said(Guid owner, DeskPart part, string outcome) =>
        Tasks.Where(t => t.Owner == owner && t.Part == part && t.Stand == DeskStand.Answered && t.Outcome == outcome);

    private Outcome<DeskTask> Movable(Guid id, Guid to) =>
        Find(id) is not { } task ? Refusal.Missing("task.unknown")
        : task.Stand != DeskStand.Open || Standing.Outcome is not null ? Conflict("task.closed")
        // Nobody answers twice: not two votes, not his own consent.
        : Tasks.Any(t => t.IsLive && t.Member == to) ? Refusal.At("member", "task.member-has-task")
        : task;

    private DeskTask? Find(Guid id) => Tasks.FirstOrDefault(t => t.Id == id);

    private StepDesk With(DeskTask task) => this with { Tasks = [.. Tasks.Select(t => t.Id == task.Id ? task : t)] };

    private StepDesk Insert(DeskTask at, DeskTask added) =>
        this with
        {
            Tasks = Tasks.Insert(Tasks.IndexOf(at) + 1, added),
        };

    private StepDesk Ask(ImmutableArray<DeskTask> again) =>
        this with
        {
            Tasks =
            [
                .. Tasks.Select(t =>
                    again.Any(a => a.Id == t.Id) ? t with { Stand = DeskStand.Open, Outcome = null } : t
                ),
            ],
        };

    private static Refusal Conflict(string code) => new(code, RefusalKind.Conflict);
}

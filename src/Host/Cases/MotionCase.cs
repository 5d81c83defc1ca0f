using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>A motion as a case: who its roles are, which method of the aggregate a step and outcome calls.</summary>
public sealed partial class MotionCase(
    Motion motion,
    CongressBook congresses,
    OfficeBook offices,
    OrganisationBook organisations
) : ICase
{
    public const string KindName = "motion";

    /// <summary>The side process of a request for more time.</summary>
    public const string ExtensionProcess = "motion-extension";
    public const string WithdrawalProcess = "motion-withdrawal";
    public const string LeadProcess = "motion-lead";
    public const string AppealProcess = "motion-appeal";

    /// <summary>Clocks that school vacations stop (domain §4.1.4); the others follow <c>suspend.other</c>.</summary>
    private static readonly ImmutableArray<string> HandlingClocks =
    [
        "answer",
        "coanswer",
        "receipt",
        "transfer",
        "reassign",
        "sign",
        "ext.decide",
        "assign",
        "feedback",
        "rehandle.review",
        "meeting",
        "verify",
        "takeover",
        "withdrawal.decide",
        "lead_offer",
    ];

    public Motion Motion => motion;

    public string Kind => KindName;

    public string Process => KindName;

    public bool IsConfidential => false;

    public void Describe(CaseRow row)
    {
        row.Title = motion.Content.Title;
        row.Category = motion.Content.Category;
        row.State = motion.State.ToString();
        row.Receipt = motion.ReceiptNumber;
        row.Number = motion.Number;
        row.SessionId = motion.SessionId;
        row.StarterId = motion.ProposerId;
        row.MainId = motion.MainId ?? (motion.State == MotionState.UnderReview ? motion.Recommendation?.MainId : null);
        row.ClosedAt = motion.State
            is MotionState.Withdrawn
                or MotionState.Terminated
                or MotionState.Rejected
                or MotionState.Closed
                or MotionState.ClosedDissent
                or MotionState.Archived
            ? row.ClosedAt ?? row.ChangedAt
            : null;
        row.Aggregate = JsonSerializer.Serialize(motion, CaseJson.Options);
    }

    public IEnumerable<(PartyRole Role, Guid PartyId)> Parties() =>
        [
            (PartyRole.Proposer, motion.ProposerId),
            .. motion.Cosigners.Where(c => c.State == CosignState.Invited).Select(c => (PartyRole.Invitee, c.MemberId)),
            .. motion.ConfirmedCosigners.Select(m => (PartyRole.Cosigner, m)),
            .. motion.LeadChanges.Select(c => (PartyRole.FormerLead, c.From)).Distinct(),
            .. motion.Parts.Select(p => (PartyRole.Host, p.HostId)).Distinct(),
            .. motion.Parts.SelectMany(p => p.CohandlerIds).Distinct().Select(d => (PartyRole.Cohandler, d)),
        ];

    public async Task<IReadOnlyList<Asked>> AskAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation)
    {
        var outcomes = Offer(step, moment);
        var who = step.Payload.Who!;
        if (who.Role is { } role)
            return [new Asked(step.Name, outcomes) { MemberId = await MemberOfAsync(role, moment, cancellation) }];
        if (who.List == "cosigners")
            return
            [
                .. (await StandingCosignersAsync(moment, cancellation)).Select(m => new Asked(step.Name, outcomes)
                {
                    MemberId = m,
                }),
            ];
        if (who.List == "cohandlers")
            return
            [
                .. motion
                    .Part(step.Part!.Value)
                    .CohandlerIds.Select(d => new Asked(step.Name, outcomes)
                    {
                        Office = Office.DepartmentClerk,
                        OrganisationId = d,
                    }),
            ];
        var office = Enum.Parse<Office>(who.Office!);
        var at = OrganisationOf(who.Of!, step.Part);
        if (step.Payload.Policy.Kind != "one")
        {
            // Who decides together is named. The proposer does not vote on his own motion and is not in the total.
            var holders = await offices.HoldersAsync(office, at, moment.Today, cancellation);
            var voters = holders.Where(m => m != motion.ProposerId).ToList();
            var weights = await WeightsAsync(step.Payload.Policy, at, moment, cancellation);
            if (voters.Count > 0)
                return
                [
                    .. voters.Select(m => new Asked(step.Name, outcomes)
                    {
                        MemberId = m,
                        Weight = weights.GetValueOrDefault(m, 1),
                    }),
                ];
        }
        return [new Asked(step.Name, outcomes) { Office = office, OrganisationId = at }];
    }

    public async Task<Func<Guid, Refusal?>> SeparationAsync(
        OpenedStep step,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        // A department's work stays in the department.
        Guid[]? departments = step.Payload.Who switch
        {
            { Office: nameof(Office.DepartmentClerk) or nameof(Office.DepartmentHead), Of: "host" } =>
            [
                PartOf(step.Part!.Value).HostId,
            ],
            { List: "cohandlers" } => [.. motion.Part(step.Part!.Value).CohandlerIds],
            _ => null,
        };
        var people = departments is null
            ? null
            : (await offices.Of(departments, today).Select(m => m.Id).ToListAsync(cancellation)).ToHashSet();
        return member =>
            // Separation (domain §5): who proposed a motion does not handle it.
            member == motion.ProposerId
                ? Refusal.Because("task.separation")
            : people?.Contains(member) == false ? Refusal.Because("task.not-of-office")
            : null;
    }

    /// <summary>Who carries more than one vote; by his weightiest office at the step's place.</summary>
    private async Task<Dictionary<Guid, int>> WeightsAsync(
        Policy policy,
        Guid at,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var weights = new Dictionary<Guid, int>();
        foreach (var (office, votes) in policy.Weights)
        foreach (var member in await offices.HoldersAsync(Enum.Parse<Office>(office), at, moment.Today, cancellation))
            weights[member] = Math.Max(votes, weights.GetValueOrDefault(member));
        return weights;
    }

    public async Task<ClockPlan> PlanAsync(
        string clock,
        OpenedStep step,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var part = step.Part is { } id ? PartOf(id) : null;
        var plain = new ClockInputs(moment.Today)
        {
            VacationRule = VacationRuleOf(clock, moment),
            Workdays = clock is "collection" or "coanswer" or "commitment" ? 0 : moment.Rules.Workdays(clock),
        };
        switch (clock)
        {
            case "collection":
                // Between sessions (平时提案) there is no collection to close: as long as one is open.
                var end = (await SessionAsync(cancellation)).CollectionClosesAt;
                return new(
                    plain with
                    {
                        Until =
                            end > moment.Now ? end : moment.Now.AddDays(moment.Rules.Number("motion.open_before_days")),
                    }
                );
            case "cosign":
                // Until the collection closes, at most so many working days an invitation (M-03); a substitute for a
                // returned motion is asked after that, and his invitation ends with the step at the latest.
                var closes = (await SessionAsync(cancellation)).CollectionClosesAt;
                var own = Clock.Due(plain, moment.Calendar).At;
                return new(moment.Now < closes && own > closes ? plain with { Until = closes } : plain);
            case "check" or "review":
                // The period runs from the close of the collection, not from the day one motion came in (domain §2.5).
                var close = ChinaTime.DateOf((await SessionAsync(cancellation)).CollectionClosesAt);
                return new(plain with { Start = close > moment.Today ? close : moment.Today });
            case "answer":
                return new(
                    plain with
                    {
                        Start = ChinaTime.DateOf(part!.AssignedAt),
                        Workdays = AnswerWorkdays(part, moment),
                    },
                    part.HostId
                );
            case "commitment":
                return new(plain with { Until = EndOf(motion.Commitment(step.Part!.Value).DueOn) }, part!.HostId);
            case "coanswer":
                var (numerator, denominator) = moment.Rules.Fraction("coanswer.share");
                return new(
                    plain with
                    {
                        Start = ChinaTime.DateOf(part!.AssignedAt),
                        Workdays = PeriodShare.Of(AnswerWorkdays(part, moment), numerator, denominator),
                    }
                );
            default:
                return new(plain, part?.HostId);
        }
    }

    public IEnumerable<object> Expire(TaskRow task, CaseMoment moment) =>
        task.Name == "motion.cosign"
            ? [motion.LapseInvitation(task.MemberId!.Value, MinimumCosigners(moment), moment.Now)]
            : [];

    public Task<Outcome<Taken>> ConcludeAsync(
        OpenedStep step,
        string outcome,
        IReadOnlyList<TaskRow> votes,
        CaseMoment moment,
        CancellationToken cancellation
    ) => Task.FromResult(Conclude(step, outcome, votes, moment));

    private Outcome<Taken> Conclude(OpenedStep step, string outcome, IReadOnlyList<TaskRow> votes, CaseMoment moment)
    {
        switch (step.Name)
        {
            case "motion.delegation" or "motion.rejected" or "lead.offer" or "withdrawal.takeover":
                return new Taken();
            case "motion.feedback":
                return new Taken(motion.LapseFeedback(moment.Now));
            case "motion.gather":
                return motion.Lapse(MinimumCosigners(moment), moment.Now).Then<Taken>(e => new Taken(e));
            case "motion.review" when outcome == "merge" && CheckMain(moment) is { } unfit:
                return unfit;
            case "motion.review":
                // The reason is that of the first who voted so and gave one; else the recommendation's.
                var reason = votes
                    .Where(v => v.Outcome == outcome && v.Comment is not null)
                    .OrderBy(v => v.ClosedAt)
                    .FirstOrDefault();
                return motion
                    .Decide(outcome, null, reason?.Comment, MinimumCosigners(moment))
                    .Then<Taken>(e => new Taken(e));
            case "motion.revise":
                return motion.Resubmit(null, moment.Now).Then<Taken>(e => new Taken(e));
            case "extension.decide":
                // Silence refuses (M-21).
                return motion
                    .DecideExtension(step.Part!.Value, null, null, null, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            default:
                return new Taken();
        }
    }

    public async Task<Taken> AnswerAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation)
    {
        switch (step.Name)
        {
            case "motion.receive":
                var head = moment.Rules.Flag("motion.delegation_review")
                    ? await DelegationHeadAsync(moment, cancellation)
                    : null;
                return new(motion.Receive(await NextReceiptAsync(cancellation)))
                {
                    Outcome = head is null || head == motion.ProposerId ? "check" : "delegation",
                };
            case "motion.number":
                return new(motion.File(await NextNumberAsync(cancellation), moment.Now));
            case "motion.merge":
                var main = MotionCases.MotionOf(moment.Other!);
                return new(motion.Merge(await NextNumberAsync(cancellation), main.Id, main.Number!, moment.Now));
            case "motion.opinion":
                return new(
                    motion.BecomeOpinion(
                        motion.ReceiptNumber is null ? await NextReceiptAsync(cancellation) : null,
                        moment.Now
                    )
                );
            case "motion.reject":
                return new(motion.Reject(moment.Now));
            case "motion.abandon":
                return new(motion.Abandon());
            case "motion.delivered":
                return new(motion.Reply(moment.Now))
                {
                    Outcome = motion.IsOpinion ? "close" : "feedback",
                    Ends = [WithdrawalProcess, AppealProcess],
                    TellsFollowers = SignalRow.MainAnswered,
                };
            case "handling.returned":
                var exhausted = motion.Part(step.Part!.Value).Returns.Length >= moment.Rules.Number("transfer.max");
                return new() { Outcome = exhausted ? "ruling" : "reassign", Ends = [ExtensionProcess] };
            case "handling.deliver":
                return new(motion.Deliver(step.Part!.Value, moment.Now)) { Ends = [ExtensionProcess] };
            case "extension.grant":
                var granted = motion.Part(step.Part!.Value).Extensions[^1].GrantedWorkdays!.Value;
                return new(new AnswerExtended(step.Part.Value, granted))
                {
                    ClockChange = ("answer", inputs => inputs.Extend(granted, moment.Today)),
                };
            case "extension.refuse":
                return new(new ExtensionNotGranted(step.Part!.Value));
            default:
                return await AnswerFollowUpAsync(step, moment, cancellation);
        }
    }

    private ImmutableArray<string> Offer(OpenedStep step, CaseMoment moment) =>
        [
            .. step
                .Payload.Outcomes.Where(o => step.Spec.Outcome(o) is { Derived: false })
                .Where(o =>
                    (step.Name, o) switch
                    {
                        ("handling.accept", "notOurs") => motion.MayReturn(
                            step.Part!.Value,
                            moment.Rules.Number("transfer.max"),
                            ReturnUntil(step.Part!.Value, moment),
                            moment.Today
                        ),
                        ("motion.review", "return") => motion.Returns == 0,
                        ("motion.review", "merge") => motion.Recommendation?.MainId is not null,
                        _ => true,
                    }
                ),
        ];

    private Guid OrganisationOf(string of, Guid? part) =>
        of switch
        {
            "host" or "leader" => PartOf(part!.Value).HostId,
            "district" => organisations.Path(motion.SchoolId)[^1],
            _ => motion.SchoolId,
        };

    private static VacationRule VacationRuleOf(string clock, CaseMoment moment) => VacationRuleOf(clock, moment.Rules);

    internal static VacationRule VacationRuleOf(string clock, Rules rules) =>
        rules.Text(HandlingClocks.Contains(clock) ? "suspend.motion" : "suspend.other") switch
        {
            "SUSPEND" => VacationRule.Suspend,
            "EXTEND_IF_ENDS_INSIDE" => VacationRule.ExtendIfEndsInside,
            _ => VacationRule.None,
        };

    /// <summary>A delegation files collectively, without co-signers (M-01).</summary>
    internal int MinimumCosigners(CaseMoment moment) =>
        motion.DelegationId is null ? moment.Rules.Number("motion.min_cosigners") : 0;

    /// <summary>The part that a process is about: a handling, or the handling whose answer made the promise.</summary>
    private Handling PartOf(Guid id) =>
        motion.Parts.FirstOrDefault(p => p.Id == id) ?? motion.Part(motion.Commitment(id).Part);

    private static int AnswerWorkdays(Handling part, CaseMoment moment) =>
        moment.Rules.Workdays(part.Round > 1 ? "rehandle" : "answer");

    internal static DateTimeOffset EndOf(DateOnly day) => ChinaTime.At(day, new TimeOnly(23, 59, 59));

    /// <summary>Last day for "not ours": so many working days after assignment (M-11).</summary>
    private DateOnly ReturnUntil(Guid part, CaseMoment moment) =>
        moment.Calendar.AddWorkdays(
            ChinaTime.DateOf(motion.Part(part).AssignedAt),
            moment.Rules.Workdays("transfer"),
            VacationRuleOf("transfer", moment)
        );

    private async Task<CongressSession> SessionAsync(CancellationToken cancellation) =>
        await congresses.FindSessionAsync(motion.SessionId, cancellation)
        ?? throw new InvalidOperationException($"Session {motion.SessionId} of motion {motion.Id} is gone.");

    private async Task<string> NextNumberAsync(CancellationToken cancellation) =>
        (await congresses.TakeFiledAsync(motion.SessionId, cancellation)).LastFiledNumber;

    private async Task<string> NextReceiptAsync(CancellationToken cancellation) =>
        (await congresses.TakeReceiptAsync(motion.SessionId, cancellation)).LastReceiptNumber(
            organisations.Find(motion.SchoolId)!.Code
        );
}

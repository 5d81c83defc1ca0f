using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.AidState;

namespace EduUnion.Domain.Aid;

// Approval by level and the reservation of the money (domain §3.3 step 7, §3.8).
public sealed partial class AidApplication
{
    /// <summary>Every agreement of every round, in order.</summary>
    [JsonInclude]
    public ImmutableArray<Approval> Approvals { get; private set; } = [];

    /// <summary>The round of approval; a return, a new notice or another school begins the next.</summary>
    [JsonInclude]
    public int Round { get; private set; }

    /// <summary>Who is asked to agree; set by <see cref="RouteApproval"/>.</summary>
    [JsonInclude]
    public Approver? Pending { get; private set; }

    /// <summary>档案号 under which it is paid (先建档、后帮扶).</summary>
    [JsonInclude]
    public string? FileNumber { get; private set; }

    [JsonInclude]
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>Which levels have agreed to this amount in this round.</summary>
    [JsonIgnore]
    public ImmutableArray<Approver> Agreed =>
        [.. Approvals.Where(a => a.Round == Round).Select(a => a.Level).Distinct()];

    /// <summary>
    /// Whether the approvals of this round are enough for so much a year; asked again under the lock of the reservation. An
    /// emergency is approved by the chair alone.
    /// </summary>
    /// <param name="cumulative">Paid + reserved + this, of the person and calendar year.</param>
    public bool Covers(Money cumulative, Money l1, Money l2, bool joint) =>
        Route == AidRoute.Emergency
            ? Agreed.Length > 0
            : ApprovalLevel.Next(ApprovalLevel.Required(cumulative, l1, l2, Category, joint), Agreed) is null;

    /// <summary>
    /// Reckons anew who has to agree next; called after the notice, after every approval, and when the level has risen at
    /// the reservation. Null = enough. Refusals: <c>aid.wrong-state</c>, <c>aid.held</c> (409).
    /// </summary>
    public Outcome<ApprovalRouted> RouteApproval(Money cumulative, Money l1, Money l2, bool joint)
    {
        if (State is not (ApprovalSchool or ApprovalDistrict))
            return WrongState;
        if (IsHeld)
            return Held;
        Pending = ApprovalLevel.Next(ApprovalLevel.Required(cumulative, l1, l2, Category, joint), Agreed);
        State = Pending switch
        {
            null => State,
            Approver.School => ApprovalSchool,
            _ => ApprovalDistrict,
        };
        return new ApprovalRouted(Pending, cumulative);
    }

    /// <summary>
    /// May he agree? Asked of every chair of a joint decision too.
    /// Refusals: <c>aid.wrong-state</c>, <c>aid.held</c> (409), <c>aid.recused</c> (himself, a relative, a case that he
    /// surveyed, investigated, reported or entered; for whoever he acts as well), <c>aid.transfer-consent-missing</c>
    /// (anybody of the district).
    /// </summary>
    public Refusal? CheckApprover(Actor actor) =>
        CheckDecider(actor with { AtDistrict = actor.AtDistrict || (State != Urgent && Pending != Approver.School) });

    // Without the consent to transfer the district can only send it back or refuse: it takes nothing up.
    private Refusal? CheckDecliner(Actor actor) => CheckDecider(actor with { AtDistrict = false });

    private Refusal? CheckDecider(Actor actor)
    {
        if (State == Urgent)
            return CheckActor(actor, Duty.Approve);
        if (State is not (ApprovalSchool or ApprovalDistrict) || Pending is null)
            return WrongState;
        if (IsHeld)
            return Held;
        return CheckActor(actor, Duty.Approve);
    }

    /// <summary>
    /// Agrees at the level that is asked; a joint decision by each of the chairs. Refusals: those of
    /// <see cref="CheckApprover"/>, <c>aid.approved-before</c> (409).
    /// </summary>
    public Outcome<AidAgreed> Approve(Actor actor, string? text, DateTimeOffset now)
    {
        if (State == Urgent)
            return WrongState;
        if (CheckApprover(actor) is { } refusal)
            return refusal;
        if (Approvals.Any(a => a.Round == Round && a.Level == Pending && Spoke(a, actor)))
            return new Refusal("aid.approved-before", RefusalKind.Conflict);
        if (!Blank(text) && CheckText("comment", text!, 1000) is { } wrong)
            return wrong;
        return Agree(Pending!.Value, actor, text, now);
    }

    /// <summary>
    /// Back to the next assessment; this round's approvals count for nothing. Refusals: those of
    /// <see cref="CheckApprover"/> but for the consent, <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<ApprovalReturned> ReturnApproval(Actor actor, string? reason)
    {
        if (State == Urgent)
            return WrongState;
        if ((CheckDecliner(actor) ?? CheckReason(reason)) is { } refusal)
            return refusal;
        var returned = new ApprovalReturned(Pending, reason!.Trim());
        BackToAssessment();
        return returned;
    }

    /// <summary>Refusals: those of <see cref="ReturnApproval"/>.</summary>
    public Outcome<AidRefused> RefuseApproval(Actor actor, string? reason, DateTimeOffset now) =>
        (CheckDecliner(actor) ?? CheckReason(reason)) is { } refusal ? refusal : Refuse(reason!, now);

    /// <summary>
    /// Emergency aid (急难): the chair alone, at once, up to a limit. Refusals: <c>aid.wrong-state</c>,
    /// <c>aid.recused</c>, at <c>amount</c>: <c>aid.amount-invalid</c>, <c>aid.emergency-too-much</c>.
    /// </summary>
    public Outcome<AidAgreed> ApproveEmergency(
        Actor actor,
        Money amount,
        Money maximum,
        Guid fundId,
        string? text,
        DateTimeOffset now
    )
    {
        if (State != Urgent || !Agreed.IsEmpty)
            return WrongState;
        if (CheckApprover(actor) is { } refusal)
            return refusal;
        if (amount <= Money.Zero)
            return Refusal.At("amount", "aid.amount-invalid");
        if (amount > maximum)
            return Refusal.At("amount", "aid.emergency-too-much", maximum);
        if (!Blank(text) && CheckText("comment", text!, 1000) is { } wrong)
            return wrong;
        Amount = amount;
        FundId = fundId;
        // Its file is opened under this one until the review after the payment says another.
        Category = AidCategory.Acc;
        return Agree(Approver.School, actor, text, now);
    }

    /// <summary>The same fund of another year; the year of the reservation decides which one pays.</summary>
    public void TakeFund(Guid fundId) => FundId = fundId;

    /// <summary>
    /// Enough have agreed and the money is reserved. Refusals: <c>aid.wrong-state</c>, <c>aid.held</c> (409),
    /// <c>aid.approval-missing</c> (route it again), <c>aid.file-missing</c> (no payment without a file).
    /// </summary>
    public Outcome<AidReserved> Reserve(
        string fileNumber,
        Money cumulative,
        Money l1,
        Money l2,
        bool joint,
        DateTimeOffset now
    )
    {
        if (CheckReservation(Approved, fileNumber, cumulative, l1, l2, joint) is { } refusal)
            return refusal;
        ApproveNow(fileNumber, now);
        State = Approved;
        return new AidReserved(fileNumber, Amount!.Value);
    }

    /// <summary>Enough have agreed, but the fund is short: it waits for its turn. Refusals as for <see cref="Reserve"/>.</summary>
    public Outcome<AidQueued> Queue(
        string fileNumber,
        Money cumulative,
        Money l1,
        Money l2,
        bool joint,
        DateTimeOffset now
    )
    {
        if (CheckReservation(Waiting, fileNumber, cumulative, l1, l2, joint) is { } refusal)
            return refusal;
        ApproveNow(fileNumber, now);
        State = Waiting;
        return new AidQueued();
    }

    /// <summary>The fund has money again, and its turn has come. Refusal: <c>aid.wrong-state</c>.</summary>
    public Outcome<AidReserved> Fund()
    {
        if (State != Waiting)
            return WrongState;
        State = Approved;
        return new AidReserved(FileNumber!, Amount!.Value);
    }

    /// <summary>
    /// A ceiling of the person, fund, cause or year is exceeded: the committee assesses it again. Refusal:
    /// <c>aid.wrong-state</c>.
    /// </summary>
    public Outcome<ApprovalReturned> ReturnForCeiling(CeilingReached ceiling)
    {
        if (State is not (ApprovalSchool or ApprovalDistrict))
            return WrongState;
        BackToAssessment();
        return new ApprovalReturned(null, null, ceiling);
    }

    /// <summary>
    /// A ceiling is exceeded by an emergency, which no committee has seen: it is refused, and may be applied for in the
    /// ordinary way. Refusal: <c>aid.wrong-state</c>.
    /// </summary>
    public Outcome<AidRefused> RefuseForCeiling(CeilingReached ceiling, DateTimeOffset now)
    {
        if (State != Urgent)
            return WrongState;
        End(Refused, null, now);
        EndCeiling = ceiling;
        return new AidRefused(Urgent, null, ceiling);
    }

    /// <summary>The same person, or the same for whom somebody acts: one voice a level.</summary>
    private static bool Spoke(Approval approval, Actor actor) =>
        approval.By == actor.Id
        || approval.ActingFor == actor.Id
        || (actor.ActingFor is { } principal && (approval.By == principal || approval.ActingFor == principal));

    private AidAgreed Agree(Approver level, Actor actor, string? text, DateTimeOffset now)
    {
        var approval = new Approval(
            Round,
            level,
            actor.Id,
            actor.ActingFor,
            Amount!.Value,
            Blank(text) ? null : text!.Trim(),
            now
        );
        Approvals = Approvals.Add(approval);
        return new AidAgreed(approval);
    }

    private Refusal? CheckReservation(
        AidState to,
        string fileNumber,
        Money cumulative,
        Money l1,
        Money l2,
        bool joint
    ) =>
        State is not (Urgent or ApprovalSchool or ApprovalDistrict) || Illegal(to) is not null ? WrongState
        : IsHeld ? Held
        : !Covers(cumulative, l1, l2, joint) ? Refusal.Because("aid.approval-missing")
        : Blank(fileNumber) ? Refusal.Because("aid.file-missing")
        : null;

    private void ApproveNow(string fileNumber, DateTimeOffset now)
    {
        FileNumber = fileNumber;
        ApprovedAt = now;
        Pending = null;
    }

    private void BackToAssessment()
    {
        Round++;
        Pending = null;
        State = Surveyed;
    }
}

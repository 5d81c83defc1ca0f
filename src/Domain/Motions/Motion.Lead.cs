using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Motions.MotionState;

namespace EduUnion.Domain.Motions;

// Who leads a motion, and how he may step back: withdrawal, take-over, leaving; the appeal (domain §2.5, §2.9, scenarios 7, 8).
public sealed partial class Motion
{
    /// <summary>Set while the lead proposer has left and nobody has followed him yet: his rights have ended.</summary>
    [JsonInclude]
    public DateTimeOffset? LeadLeftAt { get; private set; }

    [JsonInclude]
    public ImmutableArray<LeadChange> LeadChanges { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<WithdrawalRequest> Withdrawals { get; private set; } = [];

    [JsonInclude]
    public Appeal? Appeal { get; private set; }

    public WithdrawalRequest? OpenWithdrawal => Withdrawals.FirstOrDefault(w => w.Ended is null);

    /// <summary>A filed motion that may still be withdrawn: before it is answered.</summary>
    private bool IsBeforeAnswer => State is Filed or Assigned or MotionState.Handling or Merged or MotionState.Opinion;

    /// <summary>
    /// Withdraws before filing: the proposer alone decides. Refusals: <c>motion.wrong-state</c> once it is filed or over.
    /// </summary>
    public Outcome<MotionWithdrawn> Withdraw(string? reason)
    {
        if (State is not (Submitted or UnderReview or Returned or Disputed))
            return Refusal.Because("motion.wrong-state");
        State = Withdrawn;
        return new MotionWithdrawn(Trimmed(reason), false);
    }

    /// <summary>
    /// Asks to withdraw a filed motion (the co-signers are told and may take it over; then the committee must agree).
    /// Refusals: <c>motion.wrong-state</c>, <c>withdrawal.open</c>, <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<WithdrawalAsked> AskWithdrawal(string? reason, Guid by, DateTimeOffset now)
    {
        if (!IsBeforeAnswer)
            return Refusal.Because("motion.wrong-state");
        if (OpenWithdrawal is not null)
            return Refusal.Because("withdrawal.open");
        if (Blank(reason))
            return Refusal.At("reason", "form.reason-missing");
        Withdrawals = Withdrawals.Add(new WithdrawalRequest(by, reason!.Trim(), now));
        return new WithdrawalAsked(reason.Trim());
    }

    /// <summary>A co-signer takes the motion over and leads it from here (接任提案人). Refusals: <c>withdrawal.not-open</c>.</summary>
    public Outcome<LeadChanged> TakeOver(Guid by, DateTimeOffset now)
    {
        if (OpenWithdrawal is null || !ConfirmedCosigners.Contains(by))
            return Refusal.Because("withdrawal.not-open");
        EndWithdrawal("taken-over", now);
        return ChangeLead(by, "takeover", now);
    }

    /// <summary>A co-signer does not take over; when all have said so, nobody is waited for any more.</summary>
    public Outcome<TakeOverDeclined> DeclineTakeOver(Guid by)
    {
        if (OpenWithdrawal is not { } open)
            return Refusal.Because("withdrawal.not-open");
        var declined = open with { Declined = open.Declined.Add(by) };
        Withdrawals = Withdrawals.Replace(open, declined);
        return new TakeOverDeclined(by, ConfirmedCosigners.All(declined.Declined.Contains));
    }

    /// <summary>The committee's chair on the withdrawal; refusing needs a reason. Refusals: <c>withdrawal.not-open</c>.</summary>
    public Outcome<WithdrawalDecided> DecideWithdrawal(bool agreed, string? reason, DateTimeOffset now)
    {
        if (OpenWithdrawal is null)
            return Refusal.Because("withdrawal.not-open");
        if (!agreed && Blank(reason))
            return Refusal.At("comment", "form.reason-missing");
        if (!agreed)
            EndWithdrawal("refused", now);
        return new WithdrawalDecided(agreed, Trimmed(reason));
    }

    /// <summary>With the committee's consent the filed motion ends; it stays outside the cases that count (K).</summary>
    public MotionWithdrawn EndByWithdrawal(DateTimeOffset now)
    {
        EndWithdrawal("withdrawn", now);
        State = Withdrawn;
        return new MotionWithdrawn(null, true);
    }

    /// <summary>The lead proposer's mandate has ended: his rights end, the motion stays valid (scenario 7).</summary>
    public LeadLeft? LoseLead(DateTimeOffset now)
    {
        if (LeadLeftAt is not null || State is Withdrawn or Terminated or Archived)
            return null;
        // Whoever leads next has not asked for it.
        EndWithdrawal("superseded", now);
        LeadLeftAt = now;
        return new LeadLeft(ProposerId);
    }

    /// <summary>
    /// Somebody follows the lead who left: the co-signer who accepted, the head of the delegation, or whom the secretary
    /// named. Refusal: <c>lead.not-vacant</c> (somebody leads already, or it is over).
    /// </summary>
    public Outcome<LeadChanged> FollowLead(Guid by, DateTimeOffset now) =>
        LeadLeftAt is null || State is Withdrawn or Terminated or Archived
            ? Refusal.Because("lead.not-vacant")
            : ChangeLead(by, "left", now);

    /// <summary>A co-signer's mandate has ended: before filing it lowers the count, afterwards it changes nothing.</summary>
    public MotionCosigned? LoseCosigner(Guid memberId, int minimum, DateTimeOffset now)
    {
        if (State is not (Draft or Cosigning or Submitted or UnderReview or Returned or Disputed))
            return null;
        var current = Cosigners.FirstOrDefault(c =>
            c.MemberId == memberId && c.State is CosignState.Invited or CosignState.Confirmed
        );
        if (current is null)
            return null;
        Cosigners = Cosigners.Replace(current, current with { State = CosignState.Withdrawn, AnsweredAt = now });
        return new MotionCosigned(memberId, CosignState.Withdrawn, Confirmed, minimum);
    }

    /// <summary>
    /// The one appeal (复议) against not filing or making it an opinion. Refusals: <c>appeal.nothing</c>,
    /// <c>appeal.used</c>, <c>appeal.too-late</c> (with the last day), <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<AppealLodged> LodgeAppeal(
        string? reason,
        Guid by,
        DateOnly lastDay,
        DateOnly today,
        DateTimeOffset now
    )
    {
        if (Review is not { Outcome: "reject" or "opinion" } || !IsAppealable)
            return Refusal.Because("appeal.nothing");
        if (Appeal is not null)
            return Refusal.Because("appeal.used");
        if (today > lastDay)
            return Refusal.Because("appeal.too-late", lastDay);
        if (Blank(reason))
            return Refusal.At("reason", "form.reason-missing");
        Appeal = new Appeal(by, reason!.Trim(), now);
        return new AppealLodged(Appeal.Reason);
    }

    /// <summary>The committee's chair on the appeal. Refusals: <c>appeal.not-open</c>, <c>form.reason-missing</c>.</summary>
    public Outcome<AppealDecided> DecideAppeal(bool reopened, string? ruling, Guid by, DateTimeOffset now)
    {
        if (Appeal is not { DecidedAt: null } open || !IsAppealable)
            return Refusal.Because("appeal.not-open");
        if (Blank(ruling))
            return Refusal.At("comment", "form.reason-missing");
        Appeal = open with { Reopened = reopened, Ruling = ruling!.Trim(), DecidedBy = by, DecidedAt = now };
        return new AppealDecided(reopened, ruling.Trim());
    }

    /// <summary>Not filed, and not answered yet: what could be reviewed anew.</summary>
    public bool IsAppealable => State is Rejected or MotionState.Opinion or Assigned or MotionState.Handling;

    /// <summary>Back to the committee after an appeal: reviewed anew as it stands.</summary>
    public MotionReopened Reopen(DateTimeOffset now)
    {
        EndWithdrawal("superseded", now);
        State = UnderReview;
        IsOpinion = false;
        Review = null;
        VotedReasonCode = null;
        Recommendation = null;
        Parts = [];
        return new MotionReopened();
    }

    private LeadChanged ChangeLead(Guid to, string why, DateTimeOffset now)
    {
        var change = new LeadChange(ProposerId, to, why, now);
        LeadChanges = LeadChanges.Add(change);
        // The new lead was one of the co-signers and is none any more; who leads a motion does not second it.
        Cosigners = [.. Cosigners.Where(c => c.MemberId != to)];
        ProposerId = to;
        LeadLeftAt = null;
        if (!Forms.IsEmpty && Forms[^1].IsOpen)
            Forms = Forms.SetItem(Forms.Length - 1, Forms[^1] with { To = to });
        return new LeadChanged(change);
    }

    private void EndWithdrawal(string how, DateTimeOffset now)
    {
        if (OpenWithdrawal is { } open)
            Withdrawals = Withdrawals.Replace(open, open with { Ended = how, EndedAt = now });
    }
}

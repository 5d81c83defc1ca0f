using System.Collections.Immutable;

namespace EduUnion.Domain.Motions;

/// <summary>What happened to a motion. Applying one cannot fail; its JSON goes into the audit chain.</summary>
public abstract record MotionEvent;

public sealed record MotionDrafted(MotionContent Content) : MotionEvent;

public sealed record MotionRevised(MotionContent Content) : MotionEvent;

public sealed record CosignersInvited(ImmutableArray<Guid> MemberIds) : MotionEvent;

/// <summary>An invitee confirmed, declined or withdrew; the counts are those after it.</summary>
public sealed record MotionCosigned(Guid MemberId, CosignState State, int Confirmed, int Minimum) : MotionEvent;

public sealed record MotionSubmitted : MotionEvent;

public sealed record MotionReceived(string ReceiptNumber) : MotionEvent;

public sealed record CollectionLapsed(int Confirmed, int Minimum) : MotionEvent;

public sealed record MotionAbandoned : MotionEvent;

public sealed record ConversionAccepted : MotionEvent;

public sealed record OutcomeRecommended(Recommendation Recommendation) : MotionEvent;

public sealed record ReviewVoted(string Outcome) : MotionEvent;

public sealed record MotionReviewed(string Outcome, string? ReasonCode, string? Reason) : MotionEvent;

public sealed record MotionResubmitted(MotionContent? Content) : MotionEvent;

public sealed record MotionFiled(string Number) : MotionEvent;

/// <summary><paramref name="ReceiptNumber"/> is given here to one that never had been submitted; else null.</summary>
public sealed record MotionBecameOpinion(string? ReceiptNumber) : MotionEvent;

public sealed record MotionRejected : MotionEvent;

public sealed record MotionAssigned(ImmutableArray<Handling> Parts) : MotionEvent;

public sealed record HandlingAccepted(Guid Part) : MotionEvent;

public sealed record HandlingReturned(Guid Part, HandlingReturn Return) : MotionEvent;

public sealed record HandlingReassigned(Guid Part, Guid HostId, ImmutableArray<Guid> CohandlerIds, bool Ruled)
    : MotionEvent;

public sealed record CohandlerOpinionGiven(Guid Part, CohandlerOpinion Opinion) : MotionEvent;

public sealed record ProposerMet(Guid Part, ProposerMeeting Meeting) : MotionEvent;

public sealed record AnswerDrafted(Guid Part, AnswerDraft Draft) : MotionEvent;

public sealed record AnswerSigned(Guid Part) : MotionEvent;

public sealed record AnswerReviewed(Guid Part) : MotionEvent;

public sealed record AnswerChecked(Guid Part) : MotionEvent;

/// <summary>The head, the leader or the secretary sent the answer back to be drafted anew.</summary>
public sealed record AnswerReturned(Guid Part, string From, string Reason) : MotionEvent;

public sealed record AnswerDelivered(Guid Part, AnswerClass Class) : MotionEvent;

/// <summary>Every part of the round is answered.</summary>
public sealed record MotionReplied(int Round) : MotionEvent;

public sealed record DelegationSpoke(DelegationOpinion Opinion) : MotionEvent;

public sealed record SponsorNamed(Guid? MemberId) : MotionEvent;

public sealed record VoteCounted(CountedVote Vote) : MotionEvent;

public sealed record MotionMerged(string Number, Guid MainId, string MainNumber) : MotionEvent;

public sealed record MotionUnmerged(string MainNumber) : MotionEvent;

/// <summary>The answer of the main motion is this one's too.</summary>
public sealed record MainAnswered(string MainNumber, ImmutableArray<Handling> Parts) : MotionEvent;

public sealed record MotionRated(int Round, Rating Rating, bool Corrected) : MotionEvent;

public sealed record FeedbackLapsed(int Round) : MotionEvent;

public sealed record DiscontentReviewed(DiscontentReview Review) : MotionEvent;

public sealed record MotionRehandled(ImmutableArray<Handling> Parts) : MotionEvent;

public sealed record AnswerExplained(FollowUpMeeting Meeting) : MotionEvent;

/// <summary>Dissatisfied again: the meeting of all sides is called.</summary>
public sealed record DisputeCalled(int Round) : MotionEvent;

public sealed record DisputeMinuted(FollowUpMeeting Meeting) : MotionEvent;

public sealed record CommitmentsFollowed(ImmutableArray<Guid> Ids) : MotionEvent;

public sealed record CommitmentReported(Guid Commitment, CommitmentReport Report) : MotionEvent;

/// <summary>Kept, explained, or (<see cref="CommitmentState.Open"/>) back to the host.</summary>
public sealed record CommitmentSettled(Guid Commitment, CommitmentState Finding, string? Reason) : MotionEvent;

public sealed record SupervisionIssued(Guid Commitment, SupervisionNotice Notice) : MotionEvent;

public sealed record CommitmentRemarked(Guid Commitment, string Text) : MotionEvent;

public sealed record ProgressAsked(Guid Commitment) : MotionEvent;

public sealed record MotionClosed(MotionState As) : MotionEvent;

public sealed record MotionArchived : MotionEvent;

/// <summary>Withdrawn by the proposer before filing, or with the committee's consent after it.</summary>
public sealed record MotionWithdrawn(string? Reason, bool AfterFiling) : MotionEvent;

public sealed record WithdrawalAsked(string Reason) : MotionEvent;

public sealed record TakeOverDeclined(Guid MemberId, bool ByAll) : MotionEvent;

public sealed record WithdrawalDecided(bool Agreed, string? Reason) : MotionEvent;

public sealed record LeadLeft(Guid MemberId) : MotionEvent;

public sealed record LeadChanged(LeadChange Change) : MotionEvent;

public sealed record AppealLodged(string Reason) : MotionEvent;

public sealed record AppealDecided(bool Reopened, string Ruling) : MotionEvent;

/// <summary>Back to the committee after an appeal.</summary>
public sealed record MotionReopened : MotionEvent;

public sealed record ExtensionAsked(Guid Part, int Workdays, string Reason) : MotionEvent;

public sealed record ExtensionDecided(Guid Part, int? GrantedWorkdays, string? Reason) : MotionEvent;

/// <summary>A granted extension has moved the answer's due date.</summary>
public sealed record AnswerExtended(Guid Part, int Workdays) : MotionEvent;

/// <summary>退回: back to an earlier step; <paramref name="Straight"/> = and then straight back to who returned it.</summary>
public sealed record SentBack(Guid? Part, string From, string To, string Reason, bool Straight) : MotionEvent;

/// <summary>拿回: whoever decided <paramref name="To"/> has it again.</summary>
public sealed record TakenBack(Guid? Part, string From, string To) : MotionEvent;

/// <summary>改后直送; <paramref name="Kept"/> = the earlier revision whose signatures stand, where there are any.</summary>
public sealed record SentStraight(Guid? Part, string From, string To, int? Kept) : MotionEvent;

/// <summary>跳转 by an administrator.</summary>
public sealed record MotionJumped(Guid? Part, string To, string Reason) : MotionEvent;

/// <summary>终止 by an administrator.</summary>
public sealed record MotionTerminated(MotionState From, string Reason) : MotionEvent;

/// <summary>唤醒 by an administrator: it stands again where it stood, and goes on at a step.</summary>
public sealed record MotionWoken(MotionState From, string To, string Reason) : MotionEvent;

/// <summary>What it was when an administrator ended it, and why.</summary>
public sealed record MotionTermination(MotionState From, string Reason, DateTimeOffset At);

/// <summary>A request for extension ended without one, by decision or by silence.</summary>
public sealed record ExtensionNotGranted(Guid Part) : MotionEvent;

/// <summary>The secretary's proposal to the committee (审查建议) beside which the committee decides.</summary>
public sealed record Recommendation(
    string Outcome,
    string? ReasonCode,
    string? Reason,
    Guid? HostId,
    ImmutableArray<Guid> CohandlerIds,
    Guid By,
    Guid? MainId = null
);

/// <summary>An invitation to co-sign and what became of it (M-02).</summary>
public sealed record Cosigner(Guid MemberId, DateTimeOffset InvitedAt, CosignState State, DateTimeOffset? AnsweredAt);

using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

/// <summary>What happened to an application. Applying one cannot fail; its JSON goes into the sealed journal.</summary>
public abstract record AidEvent;

public sealed record AidOpened(AidRoute Route, Guid ApplicantId, Guid By, string? Text) : AidEvent;

public sealed record HintFollowed(bool OnBehalf) : AidEvent;

public sealed record HintDismissed(string Reason) : AidEvent;

/// <summary>A draft was saved; what it says comes with the submission.</summary>
public sealed record AidDraftSaved : AidEvent;

public sealed record ConsentGiven(Consent Consent) : AidEvent;

public sealed record ConsentWithdrawn(ConsentKind Kind) : AidEvent;

public sealed record AidSubmitted(AidContent Content, bool Again) : AidEvent;

public sealed record AidReceived(string Number) : AidEvent;

public sealed record AidAccepted(Guid FundId) : AidEvent;

public sealed record SupplementAsked(string Reason) : AidEvent;

/// <summary>By a person with a reason, or because a ceiling is exceeded (<paramref name="Ceiling"/>).</summary>
/// <param name="From">The state in which it was refused.</param>
public sealed record AidRefused(AidState From, string? Reason, CeilingReached? Ceiling = null) : AidEvent;

/// <summary>Withdrawn, abandoned as a draft, or not supplemented in time (<paramref name="Lapsed"/>).</summary>
public sealed record AidWithdrawn(AidState From, string? Reason, bool Lapsed) : AidEvent;

public sealed record AidCancelled(AidState From, CancelReason Why, string Reason) : AidEvent;

/// <summary>退回 to an earlier step.</summary>
public sealed record AidSentBack(string From, string To, string Reason) : AidEvent;

/// <summary>拿回: whoever decided <paramref name="To"/> has it again.</summary>
public sealed record AidTakenBack(string From, string To) : AidEvent;

/// <summary>跳转 by an administrator.</summary>
public sealed record AidJumped(string To, string Reason) : AidEvent;

/// <summary>终止 by an administrator.</summary>
public sealed record AidTerminated(AidState From, string Reason) : AidEvent;

/// <summary>唤醒 by an administrator: it stands again where it stood, and goes on at a step.</summary>
public sealed record AidWoken(AidState From, string To, string Reason) : AidEvent;

/// <summary>What it was when an administrator ended it, and why.</summary>
public sealed record AidTermination(AidState From, string Reason, DateTimeOffset At);

public sealed record SchoolMoved(Guid From, Guid To) : AidEvent;

public sealed record SurveyorsAppointed(ImmutableArray<Guid> Surveyors, bool ByDistrict) : AidEvent;

public sealed record DistrictAsked(string Reason) : AidEvent;

/// <summary>The district sends the appointment back to the school.</summary>
public sealed record AppointmentReturned(string Reason) : AidEvent;

/// <summary>A surveyor handed his task back, or was replaced by whoever appointed.</summary>
public sealed record SurveyorReleased(Guid MemberId, Guid By, string Reason) : AidEvent;

/// <summary>Somebody declared that he stands too near; as a surveyor he is replaced.</summary>
public sealed record SomebodyRecused(Recusal Recusal) : AidEvent;

public sealed record SurveyRecorded(int Revision, SurveyForm Form) : AidEvent;

/// <summary><paramref name="Complete"/>: every surveyor has signed.</summary>
public sealed record SurveySigned(int Revision, bool Complete) : AidEvent;

public sealed record SurveyReturned(int Revision, string Reason) : AidEvent;

public sealed record AidAssessed(AssessmentResult Result) : AidEvent;

public sealed record NoticePublished(PublicNotice Notice) : AidEvent;

public sealed record NoticeInterrupted(Interruption Interruption) : AidEvent;

public sealed record NoticeProlonged(DateOnly Through) : AidEvent;

public sealed record NoticeEnded(int Round) : AidEvent;

public sealed record AidHeld(Guid ObjectionId) : AidEvent;

/// <summary><paramref name="StillHeld"/>: another objection is open.</summary>
public sealed record AidObjectionSettled(Guid ObjectionId, ObjectionOutcome Outcome, bool StillHeld) : AidEvent;

/// <summary>Who has to agree next; null = enough.</summary>
public sealed record ApprovalRouted(Approver? Next, Money Cumulative) : AidEvent;

public sealed record AidAgreed(Approval Approval) : AidEvent;

/// <summary>Back to the next assessment: by an approver with a reason, or because a ceiling is exceeded.</summary>
public sealed record ApprovalReturned(Approver? Level, string? Reason, CeilingReached? Ceiling = null) : AidEvent;

public sealed record AidReserved(string FileNumber, Money Amount) : AidEvent;

public sealed record AidQueued : AidEvent;

public sealed record AidListed : AidEvent;

public sealed record AidUnlisted : AidEvent;

public sealed record AidSent : AidEvent;

public sealed record AidPaid(DateOnly On) : AidEvent;

public sealed record AidBounced(string Reason) : AidEvent;

public sealed record AccountCorrected(BankAccount Account, Guid ProofId) : AidEvent;

public sealed record AccountConfirmed : AidEvent;

public sealed record AccountReturned(string Reason) : AidEvent;

/// <summary>By the applicant himself, or (<paramref name="SignedOn"/>) on paper, entered by the chair.</summary>
public sealed record ReceiptConfirmed(DateOnly? SignedOn) : AidEvent;

public sealed record ReceiptMissing(string Reason) : AidEvent;

public sealed record PaymentTraced(string Finding) : AidEvent;

/// <summary>Emergency aid: the papers came after the money.</summary>
public sealed record PapersHandedIn(AidContent Content) : AidEvent;

public sealed record AidFollowedUp(FollowUpVisit Visit) : AidEvent;

public sealed record AidClosed : AidEvent;

/// <summary>Its sensitive content was taken out at the end of its time.</summary>
public sealed record AidForgotten : AidEvent;

/// <summary>The committee's result for one application, told by a line of its meeting.</summary>
/// <param name="Reason">Why it departs from the suggestion, or why it did not pass.</param>
public sealed record AssessmentResult(
    Guid MeetingId,
    Guid LineId,
    bool Passed,
    AidCategory Category,
    Money Amount,
    int Eligible,
    int Present,
    int Yes,
    int No,
    int Abstained,
    string? Reason,
    DateOnly DecidedOn
);

/// <summary>回访, within thirty days of the payment.</summary>
public sealed record FollowUpVisit(DateOnly VisitedOn, FollowUpMode Mode, string Gist, Guid By, DateTimeOffset At);

public enum FollowUpMode
{
    /// <summary>上门.</summary>
    Home,

    /// <summary>电话.</summary>
    Phone,

    /// <summary>面谈.</summary>
    Talk,
}

/// <summary>A corrected account after a transfer came back; another person checks it.</summary>
public sealed record AccountCorrection(BankAccount Account, Guid ProofId, Guid By, DateTimeOffset At)
{
    public Guid? CheckedBy { get; init; }
    public DateTimeOffset? CheckedAt { get; init; }
    public string? ReturnReason { get; init; }
}

/// <summary>The applicant went to another school of the district, and the file with him.</summary>
public sealed record SchoolMove(Guid From, Guid To, DateTimeOffset At);

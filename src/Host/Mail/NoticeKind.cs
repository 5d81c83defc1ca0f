using System.Collections.Frozen;

namespace EduUnion.Host.Mail;

/// <summary>
/// One line of the notification catalogue (domain §7): its code <c>N9.last</c> is the catalogue's number and the variant
/// of its text. The texts stand in <c>Resources/Mail*.resx</c> under this code, or under <see cref="Words"/>; a test holds the two together.
/// </summary>
/// <param name="Code">Stable, stored in <see cref="Notice.Kind"/>; never rename one that has been written.</param>
/// <param name="Args">The arguments its sentences need: all are required and no others are accepted.</param>
public sealed partial record NoticeKind(string Code, params string[] Args)
{
    /// <summary>Accepted with every kind: whose mail it is and whom to ask. Names an office, never a person's own data.</summary>
    public static readonly FrozenSet<string> CommonArgs = ["organisation", "contact", "phone"];

    /// <summary>Arguments that are legal dates (<c>yyyy-MM-dd</c>) and are written out in the reader's language.</summary>
    public static readonly FrozenSet<string> DateArgs = ["signBy", "before", "from", "until"];

    /// <summary>Which deadline the due date is of; null = the kind has no due date. One calendar entry per case and deadline.</summary>
    public string? Deadline { get; init; }

    /// <summary>Under which code its texts stand, where several kinds share them.</summary>
    public string Words { get; init; } = Code;

    /// <summary>A reminder joins the member's one digest of the morning instead of leaving as a mail of its own.</summary>
    public bool Reminder { get; init; }

    /// <summary>Leaves at once at any hour; everything else keeps to working hours.</summary>
    public bool Urgent { get; init; }

    public static readonly NoticeKind CollectionOpened = new("N1.open", "term", "session") { Deadline = "collection" };
    public static readonly NoticeKind CollectionCloses = Remind("N1.closing", "collection", "term", "session");
    public static readonly NoticeKind CollectionLastCall = Last("N1.last", "collection", "term", "session");

    public static readonly NoticeKind CosignInvited = new("N2.invited", "title") { Deadline = "cosign" };
    public static readonly NoticeKind CosignLastCall = Last("N2.last", "cosign", "title");

    public static readonly NoticeKind CosignAccepted = new("N3.accepted", "title", "count", "minimum");
    public static readonly NoticeKind CosignDeclined = new("N3.declined", "title", "count", "minimum");
    public static readonly NoticeKind CosignersMissing = new("N3.short", "title", "count", "minimum");

    public static readonly NoticeKind MotionReceived = new("N4.received", "title", "receipt");

    public static readonly NoticeKind ReviewDue = Remind("N5.due", "review", "count");
    public static readonly NoticeKind ReviewLastCall = Last("N5.last", "review", "count");
    public static readonly NoticeKind ReviewOverdue = Remind("N5.overdue", "review", "count");

    public static readonly NoticeKind MotionFiled = new("N6.filed", "title", "number");
    public static readonly NoticeKind MotionMerged = new("N6.merged", "title", "main");
    public static readonly NoticeKind MotionReturned = new("N6.returned", "title", "reason") { Deadline = "resubmit" };
    public static readonly NoticeKind MotionMadeOpinion = new("N6.opinion", "title", "reason");
    public static readonly NoticeKind MotionConverted = new("N6.converted", "title");
    public static readonly NoticeKind ResubmitLastCall = Last("N6.resubmit", "resubmit", "title");
    public static readonly NoticeKind MotionRejected = new("N6.rejected", "title", "reason");

    public static readonly NoticeKind HostAssigned = new("N7.host", "number", "title", "signBy")
    {
        Deadline = "answer",
    };
    public static readonly NoticeKind CohandlerAssigned = new("N7.cohandler", "number", "title")
    {
        Deadline = "coanswer",
    };
    public static readonly NoticeKind ReceiptLastCall = Last("N7.receipt", "receipt", "number", "title");
    public static readonly NoticeKind ReceiptOverdue = Remind("N7.receiptOverdue", "receipt", "number", "title");

    public static readonly NoticeKind ReturnAsked = new("N8.returned", "number", "title", "department")
    {
        Deadline = "reassign",
    };
    public static readonly NoticeKind NewHost = new("N8.newHost", "number", "title", "signBy") { Deadline = "answer" };
    public static readonly NoticeKind HostChanged = new("N8.changed", "number", "title", "department");

    public static readonly NoticeKind AnswerDue = Remind("N9.due", "answer", "number", "title");
    public static readonly NoticeKind AnswerLastCall = Last("N9.last", "answer", "number", "title");

    public static readonly NoticeKind OpinionDue = Remind("N9.opinion", "coanswer", "number", "title");

    public static readonly NoticeKind OpinionOverdue = Remind("N10.opinion", "coanswer", "number", "title");
    public static readonly NoticeKind AnswerOverdue = Remind("N10.overdue", "answer", "number", "title");
    public static readonly NoticeKind OverdueEscalated = Remind(
        "N10.escalated",
        "answer",
        "number",
        "title",
        "department"
    );

    public static readonly NoticeKind ExtensionAsked = new("N11.asked", "number", "title", "department")
    {
        Deadline = "ext.decide",
    };
    public static readonly NoticeKind ExtensionGranted = new("N11.granted", "number", "title") { Deadline = "answer" };
    public static readonly NoticeKind ExtensionRefused = new("N11.refused", "number", "title") { Deadline = "answer" };

    public static readonly NoticeKind AnswerToSign = new("N12.sign", "number", "title") { Deadline = "answer" };
    public static readonly NoticeKind AnswerToReview = new("N12.review", "number", "title") { Deadline = "answer" };
    public static readonly NoticeKind AnswerStillWaits = Remind("N12.waiting", "answer", "number", "title");

    public static readonly NoticeKind MotionUnmerged = new("N6.unmerged", "title", "number");
    public static readonly NoticeKind MotionWithdrawn = new("N6.withdrawn", "title");
    public static readonly NoticeKind TakeOverOffered = new("N6.takeover", "title") { Deadline = "takeover" };
    public static readonly NoticeKind TakeOverLastCall = Last("N6.takeoverLast", "takeover", "title");
    public static readonly NoticeKind LeadIsNew = new("N6.newLead", "title");
    public static readonly NoticeKind LeadOffered = new("N6.leadOffered", "title") { Deadline = "lead_offer" };
    public static readonly NoticeKind LeadLastCall = Last("N6.leadLast", "lead_offer", "title");
    public static readonly NoticeKind LeadMissing = new("N6.leadMissing", "title") { Deadline = "reassign" };
    public static readonly NoticeKind WithdrawalAsked = new("N6.withdrawalAsked", "number", "title")
    {
        Deadline = "withdrawal.decide",
    };
    public static readonly NoticeKind WithdrawalRefused = new("N6.withdrawalRefused", "number", "title");
    public static readonly NoticeKind AppealAsked = new("N6.appealed", "title") { Deadline = "appeal.decide" };
    public static readonly NoticeKind AppealReopened = new("N6.appealReopened", "title");
    public static readonly NoticeKind AppealRefused = new("N6.appealUpheld", "title");
    public static readonly NoticeKind DelegationAsked = new("N6.delegation", "title") { Deadline = "delegation" };
    public static readonly NoticeKind AnswerDelivered = new("N13.delivered", "number", "title")
    {
        Deadline = "feedback",
    };
    public static readonly NoticeKind AnswerDeliveredCopy = new("N13.copy", "number", "title");
    public static readonly NoticeKind OpinionAnswered = new("N13.opinion", "number", "title");
    public static readonly NoticeKind FeedbackDue = Remind("N13.due", "feedback", "number", "title");
    public static readonly NoticeKind FeedbackLastCall = Last("N13.last", "feedback", "number", "title");
    public static readonly NoticeKind FeedbackHasLapsed = new("N13.lapsed", "number", "title");
    public static readonly NoticeKind Discontent = new("N14.discontent", "number", "title")
    {
        Deadline = "rehandle.review",
    };
    public static readonly NoticeKind HostAgain = new("N14.rehandle", "number", "title", "signBy")
    {
        Deadline = "answer",
    };
    public static readonly NoticeKind DisputeMeeting = new("N15.meeting", "number", "title") { Deadline = "meeting" };
    public static readonly NoticeKind CommitmentDue = Remind("N16.due", "commitment", "number", "title");
    public static readonly NoticeKind CommitmentLastCall = Last("N16.last", "commitment", "number", "title");
    public static readonly NoticeKind CommitmentOverdue = Remind("N16.overdue", "commitment", "number", "title");
    public static readonly NoticeKind ProgressAsked = new("N16.progress", "number", "title");
    public static readonly NoticeKind Supervised = new("N17.supervised", "number", "title") { Deadline = "commitment" };
    public static readonly NoticeKind CollectionMoved = new("N1.moved", "term", "session", "before")
    {
        Deadline = "collection",
    };
    public static readonly NoticeKind SessionReportDue = Remind("N18.before", "report", "term", "session");
    public static readonly NoticeKind SessionReportLate = Remind("N18.beforeLate", "report", "term", "session");
    public static readonly NoticeKind OutcomeReportDue = Remind("N18.after", "report", "term", "session");
    public static readonly NoticeKind OutcomeReportLate = Remind("N18.afterLate", "report", "term", "session");
    public static readonly NoticeKind TermEnds = Remind("N19.ends", "term", "term");

    /// <summary>
    /// The calendar moved a deadline (domain §4.1.5); one kind a deadline, so that the entry in people's calendars moves
    /// too. Null for deadlines that nobody was ever told in a mail.
    /// </summary>
    public static NoticeKind? DeadlineMoved(string clock) => Catalogue.Moved.GetValueOrDefault(clock);

    public static IReadOnlyList<NoticeKind> All => Catalogue.All;

    public static NoticeKind Of(string code) =>
        Catalogue.ByCode.TryGetValue(code, out var kind)
            ? kind
            : throw new ArgumentException($"No notice kind {code}", nameof(code));

    public bool Equals(NoticeKind? other) => Code == other?.Code;

    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    private static NoticeKind Remind(string code, string deadline, params string[] args) =>
        new(code, args) { Deadline = deadline, Reminder = true };

    private static NoticeKind Last(string code, string deadline, params string[] args) =>
        new(code, args) { Deadline = deadline, Urgent = true };

    private static IEnumerable<NoticeKind> MotionMoved() =>
        new[]
        {
            "cosign",
            "review",
            "resubmit",
            "receipt",
            "reassign",
            "answer",
            "coanswer",
            "ext.decide",
            "appeal.decide",
            "commitment",
            "delegation",
            "feedback",
            "lead_offer",
            "meeting",
            "rehandle.review",
            "takeover",
            "withdrawal.decide",
        }.Select(deadline => new NoticeKind($"moved.{deadline}", "title", "before")
        {
            Deadline = deadline,
            Words = "moved",
        });

    // A type of its own, so that it is made after the kinds of both files, whichever of them the compiler puts first.
    private static class Catalogue
    {
        public static readonly FrozenDictionary<string, NoticeKind> Moved = MotionMoved()
            .Concat(AidMoved())
            .ToFrozenDictionary(kind => kind.Deadline!);

        public static readonly IReadOnlyList<NoticeKind> All =
        [
            CollectionOpened,
            CollectionCloses,
            CollectionLastCall,
            CosignInvited,
            CosignLastCall,
            CosignAccepted,
            CosignDeclined,
            CosignersMissing,
            MotionReceived,
            ReviewDue,
            ReviewLastCall,
            ReviewOverdue,
            MotionFiled,
            MotionMerged,
            MotionReturned,
            MotionMadeOpinion,
            MotionConverted,
            ResubmitLastCall,
            MotionRejected,
            HostAssigned,
            CohandlerAssigned,
            ReceiptLastCall,
            ReceiptOverdue,
            ReturnAsked,
            NewHost,
            HostChanged,
            AnswerDue,
            AnswerLastCall,
            OpinionDue,
            OpinionOverdue,
            AnswerOverdue,
            OverdueEscalated,
            ExtensionAsked,
            ExtensionGranted,
            ExtensionRefused,
            AnswerToSign,
            AnswerToReview,
            AnswerStillWaits,
            MotionUnmerged,
            MotionWithdrawn,
            TakeOverOffered,
            TakeOverLastCall,
            LeadIsNew,
            LeadOffered,
            LeadLastCall,
            LeadMissing,
            WithdrawalAsked,
            WithdrawalRefused,
            AppealAsked,
            AppealReopened,
            AppealRefused,
            DelegationAsked,
            AnswerDelivered,
            AnswerDeliveredCopy,
            OpinionAnswered,
            FeedbackDue,
            FeedbackLastCall,
            FeedbackHasLapsed,
            Discontent,
            HostAgain,
            DisputeMeeting,
            CommitmentDue,
            CommitmentLastCall,
            CommitmentOverdue,
            ProgressAsked,
            Supervised,
            .. Moved.Values,
            CollectionMoved,
            SessionReportDue,
            SessionReportLate,
            OutcomeReportDue,
            OutcomeReportLate,
            TermEnds,
            .. Aid(),
            .. Office(),
            .. Returns(),
            .. Exchange(),
        ];

        public static readonly FrozenDictionary<string, NoticeKind> ByCode = All.ToFrozenDictionary(kind => kind.Code);
    }
}

using System.Collections.Frozen;

namespace EduUnion.Host.Mail;

// Hardship aid, A1–A14 of the catalogue (domain §7). The texts say a number, what is wanted and until when; never that
// somebody is in need: who sees a telephone's lock screen learns nothing.
public sealed partial record NoticeKind
{
    public static readonly NoticeKind TipReceived = new("A1.tip") { Deadline = "hint" };
    public static readonly NoticeKind TipDue = Remind("A1.tipDue", "hint");
    public static readonly NoticeKind TipOverdue = Remind("A1.tipLate", "hint");
    public static readonly NoticeKind ApplicationInvited = new("A1.invited");
    public static readonly NoticeKind TransferConsentWanted = new("A1.transfer");
    public static readonly NoticeKind ApplicationReceived = new("A1.received", "case");
    public static readonly NoticeKind ApplicationToCheck = new("A1.check", "case") { Deadline = "aid.formcheck" };
    public static readonly NoticeKind ApplicationCheckDue = Remind("A1.checkDue", "aid.formcheck", "case");
    public static readonly NoticeKind ApplicationCheckOverdue = Remind("A1.checkLate", "aid.formcheck", "case");
    public static readonly NoticeKind ApplicationCheckEscalated = Remind("A1.escalated", "aid.formcheck", "count");
    public static readonly NoticeKind ApplicationAccepted = new("A1.accepted", "case");

    public static readonly NoticeKind SupplementAsked = new("A2.supplement", "case") { Deadline = "aid.supplement" };
    public static readonly NoticeKind SupplementDue = Remind("A2.due", "aid.supplement", "case");
    public static readonly NoticeKind SupplementLastCall = Last("A2.last", "aid.supplement", "case");
    public static readonly NoticeKind SupplementLapsed = new("A2.lapsed", "case");
    public static readonly NoticeKind PapersAsked = new("A2.papers", "case") { Deadline = "emergency.review" };
    public static readonly NoticeKind PapersDue = Remind("A2.papersDue", "emergency.review", "case");
    public static readonly NoticeKind PapersLastCall = Last("A2.papersLast", "emergency.review", "case");
    public static readonly NoticeKind PapersOverdue = Remind("A2.papersLate", "emergency.review", "case");

    public static readonly NoticeKind SurveyAssigned = new("A3.assigned", "case") { Deadline = "aid.survey" };
    public static readonly NoticeKind SurveyDue = Remind("A3.due", "aid.survey", "case");
    public static readonly NoticeKind SurveyLastCall = Last("A3.last", "aid.survey", "case");
    public static readonly NoticeKind SurveyOverdue = Remind("A3.overdue", "aid.survey", "case");
    public static readonly NoticeKind SurveyEscalated = Remind("A3.escalated", "aid.survey", "case");
    public static readonly NoticeKind SurveyToSign = new("A3.sign", "case") { Deadline = "aid.survey" };
    public static readonly NoticeKind SurveyReturned = new("A3.returned", "case") { Deadline = "aid.survey" };
    public static readonly NoticeKind SurveyorsWanted = new("A3.appoint", "case") { Deadline = "aid.survey" };

    public static readonly NoticeKind ReadyForAssessment = new("A4.ready", "case");
    public static readonly NoticeKind AssessmentMeeting = new("A4.meeting", "count") { Deadline = "assessment" };

    public static readonly NoticeKind NoticeToPublish = new("A5.publish", "case") { Deadline = "publish" };
    public static readonly NoticeKind NoticePublishDue = Remind("A5.publishDue", "publish", "case");
    public static readonly NoticeKind NoticePublishOverdue = Remind("A5.publishLate", "publish", "case");
    public static readonly NoticeKind NoticeStarted = new("A5.started", "case") { Deadline = "notice" };
    public static readonly NoticeKind NoticePublic = Remind("A5.public", "notice", "case");
    public static readonly NoticeKind NoticeInternal = new("A5.internal", "case") { Deadline = "notice" };
    public static readonly NoticeKind NoticeEnded = new("A5.ended", "case");

    public static readonly NoticeKind ObjectionFiled = new("A6.filed", "case") { Deadline = "objection" };
    public static readonly NoticeKind ObjectionAssigned = new("A6.investigate", "case") { Deadline = "objection" };
    public static readonly NoticeKind ObjectionToSign = new("A6.sign", "case") { Deadline = "objection" };
    public static readonly NoticeKind ObjectionToDecide = new("A6.decide", "case") { Deadline = "objection" };
    public static readonly NoticeKind ObjectionDue = Remind("A6.due", "objection", "case");
    public static readonly NoticeKind ObjectionLastCall = Last("A6.last", "objection", "case");
    public static readonly NoticeKind ObjectionOverdue = Remind("A6.overdue", "objection", "case");
    public static readonly NoticeKind ApplicationHeld = new("A6.held", "case");
    public static readonly NoticeKind ApplicationResumed = new("A6.settled", "case");
    public static readonly NoticeKind ObjectionAnswered = new("A6.answered", "case");

    public static readonly NoticeKind ApprovalAsked = Remind("A7.asked", "approve", "case");
    public static readonly NoticeKind ApprovalDue = Remind("A7.waiting", "approve", "count");
    public static readonly NoticeKind ApprovalOverdue = Remind("A7.overdue", "approve", "count");
    public static readonly NoticeKind ApprovalEscalated = Remind("A7.escalated", "approve", "count");

    public static readonly NoticeKind ApplicationApproved = new("A8.approved", "case");
    public static readonly NoticeKind ApplicationQueued = new("A8.queued", "case");
    public static readonly NoticeKind ApplicationRefused = new("A8.refused", "case");
    public static readonly NoticeKind ApplicationCancelled = new("A8.cancelled", "case");

    public static readonly NoticeKind PaymentWaiting = new("A9.waiting", "case");
    public static readonly NoticeKind AccountWanted = new("A9.account", "case") { Deadline = "account" };
    public static readonly NoticeKind AccountDue = Remind("A9.accountDue", "account", "case");
    public static readonly NoticeKind AccountOverdue = Remind("A9.accountLate", "account", "case");
    public static readonly NoticeKind AccountToCheck = new("A9.accountCheck", "case");
    public static readonly NoticeKind ReceiptAsked = new("A9.confirm", "case") { Deadline = "receipt_confirm" };
    public static readonly NoticeKind ReceiptDue = Remind("A9.due", "receipt_confirm", "case");
    public static readonly NoticeKind ReceiptLast = Last("A9.last", "receipt_confirm", "case");
    public static readonly NoticeKind ReceiptToSign = new("A9.receipt", "case");
    public static readonly NoticeKind PaymentMissing = new("A9.missing", "case");

    public static readonly NoticeKind FundLow = new("A10.low", "fund");
    public static readonly NoticeKind FundExhausted = new("A10.exhausted", "fund");

    public static readonly NoticeKind VerificationStarted = new("A11.started", "case") { Deadline = "verification" };
    public static readonly NoticeKind VerificationOpened = Remind("A11.opened", "verification", "case");
    public static readonly NoticeKind VerificationDue = Remind("A11.due", "verification", "case");
    public static readonly NoticeKind VerificationLastCall = Last("A11.last", "verification", "case");
    public static readonly NoticeKind VerificationToDecide = new("A11.decide", "case") { Deadline = "verification" };
    public static readonly NoticeKind FileFrozen = new("A11.frozen", "case");

    public static readonly NoticeKind VisitDue = Remind("A12.visit", "followup", "case");
    public static readonly NoticeKind VisitOverdue = Remind("A12.visitLate", "followup", "case");
    public static readonly NoticeKind ContactDue = Remind("A12.contact", "contact", "case");
    public static readonly NoticeKind ContactLastCall = Last("A12.contactLast", "contact", "case");

    public static readonly NoticeKind MutualCollection = new("A13.collect", "year") { Deadline = "mutual.collect" };
    public static readonly NoticeKind MutualListDue = Remind("A13.list", "mutual.list", "year");
    public static readonly NoticeKind MutualListLastCall = Last("A13.listLast", "mutual.list", "year");
    public static readonly NoticeKind MutualListsToCheck = new("A13.check", "year");

    public static readonly NoticeKind AuditDigest = new(
        "A14.digest",
        "from",
        "until",
        "recusals",
        "unmaskings",
        "lockouts",
        "exports"
    );

    /// <summary>The deadlines of hardship aid that people were told in a mail and that a calendar may move.</summary>
    private static IEnumerable<NoticeKind> AidMoved() =>
        new[]
        {
            "account",
            "approve",
            "emergency.review",
            "followup",
            "formcheck",
            "notice",
            "objection",
            "publish",
            "receipt_confirm",
            "supplement",
            "survey",
            "verification",
        }
            .Select(deadline => new NoticeKind($"moved.{deadline}", "case", "before")
            {
                Deadline = deadline,
                Words = "moved.case",
            })
            .Append(new NoticeKind("moved.hint", "before") { Deadline = "hint", Words = "moved.tip" });

    private static IEnumerable<NoticeKind> Aid() =>
        [
            TipReceived,
            TipDue,
            TipOverdue,
            ApplicationInvited,
            TransferConsentWanted,
            ApplicationReceived,
            ApplicationToCheck,
            ApplicationCheckDue,
            ApplicationCheckOverdue,
            ApplicationCheckEscalated,
            ApplicationAccepted,
            SupplementAsked,
            SupplementDue,
            SupplementLastCall,
            SupplementLapsed,
            PapersAsked,
            PapersDue,
            PapersLastCall,
            PapersOverdue,
            SurveyAssigned,
            SurveyDue,
            SurveyLastCall,
            SurveyOverdue,
            SurveyEscalated,
            SurveyToSign,
            SurveyReturned,
            SurveyorsWanted,
            ReadyForAssessment,
            AssessmentMeeting,
            NoticeToPublish,
            NoticePublishDue,
            NoticePublishOverdue,
            NoticeStarted,
            NoticePublic,
            NoticeInternal,
            NoticeEnded,
            ObjectionFiled,
            ObjectionAssigned,
            ObjectionToSign,
            ObjectionToDecide,
            ObjectionDue,
            ObjectionLastCall,
            ObjectionOverdue,
            ApplicationHeld,
            ApplicationResumed,
            ObjectionAnswered,
            ApprovalAsked,
            ApprovalDue,
            ApprovalOverdue,
            ApprovalEscalated,
            ApplicationApproved,
            ApplicationQueued,
            ApplicationRefused,
            ApplicationCancelled,
            PaymentWaiting,
            AccountWanted,
            AccountDue,
            AccountOverdue,
            AccountToCheck,
            ReceiptAsked,
            ReceiptDue,
            ReceiptLast,
            ReceiptToSign,
            PaymentMissing,
            FundLow,
            FundExhausted,
            VerificationStarted,
            VerificationOpened,
            VerificationDue,
            VerificationLastCall,
            VerificationToDecide,
            FileFrozen,
            VisitDue,
            VisitOverdue,
            ContactDue,
            ContactLastCall,
            MutualCollection,
            MutualListDue,
            MutualListLastCall,
            MutualListsToCheck,
            AuditDigest,
        ];
}

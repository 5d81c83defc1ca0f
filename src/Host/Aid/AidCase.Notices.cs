using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Mail;
using EduUnion.Host.Relations;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

// What is told to whom (domain §7, A1–A9). Whoever must stand aside is told nothing, though he holds the office.
public sealed partial class AidCase
{
    private IReadOnlyCollection<Guid>? _aside;

    private AidSender Sender =>
        new(cases.Organisations, application.SchoolId, application.Id, application.Number, $"/aid/{application.Id}");

    private NoticeRecipients Applicant => NoticeRecipients.ToMembers(application.ApplicantId);

    /// <summary>The applicant, and whoever enters it for him.</summary>
    private NoticeRecipients Authors =>
        application.EnteredById is { } author ? Applicant.And(NoticeRecipients.ToMembers(author)) : Applicant;

    /// <summary>Who stands too near the applicant: of his household, related, or by his own word.</summary>
    private IReadOnlyCollection<Guid> Aside =>
        _aside ??= [
            application.ApplicantId,
            .. application.Content.Members.Select(m => m.MemberId).OfType<Guid>(),
            .. application.Recusals.Select(r => r.MemberId),
            .. cases
                .Db.Set<DeclaredRelation>()
                .Where(r => r.EndedAt == null)
                .Where(r => r.MemberId == application.ApplicantId || r.OtherId == application.ApplicantId)
                .Select(r => r.MemberId == application.ApplicantId ? r.OtherId : r.MemberId),
        ];

    public IEnumerable<Notice> Tell(object happened, RunningClock clock, CaseMoment moment) =>
        happened switch
        {
            // An emergency is numbered with its money; it is told of that.
            AidReceived when application.Route != AidRoute.Emergency => Sender.Of(
                NoticeKind.ApplicationReceived,
                Applicant,
                moment
            ),
            AidAccepted => Sender.Of(NoticeKind.ApplicationAccepted, Applicant, moment),
            AidWithdrawn { Lapsed: true } => Sender.Of(NoticeKind.SupplementLapsed, Authors, moment),
            AidRefused or AidAssessed { Result.Passed: false } => Sender.Of(
                NoticeKind.ApplicationRefused,
                Applicant,
                moment
            ),
            AidCancelled { Why: not CancelReason.Died } or AidObjectionSettled { Outcome: ObjectionOutcome.Upheld } =>
                Sender.Of(NoticeKind.ApplicationCancelled, Applicant, moment),
            SurveySigned { Complete: true } or ApprovalReturned or AidSentBack { To: "aid.assess" } => Sender.Of(
                NoticeKind.ReadyForAssessment,
                At(Office.SchoolUnionChair),
                moment,
                linkTo: "/assessment"
            ),
            NoticePublished published => Published(published.Notice, moment),
            NoticeEnded => Sender.Of(NoticeKind.NoticeEnded, At(Office.SchoolUnionChair), moment),
            AidHeld => Sender.Of(NoticeKind.ApplicationHeld, Applicant, moment),
            AidObjectionSettled { StillHeld: false } => Sender.Of(NoticeKind.ApplicationResumed, Applicant, moment),
            AidReserved =>
            [
                .. Sender.Of(NoticeKind.ApplicationApproved, Applicant, moment),
                .. Sender.Of(NoticeKind.PaymentWaiting, At(Office.Finance), moment, linkTo: "/payments"),
            ],
            AidQueued => Sender.Of(NoticeKind.ApplicationQueued, Applicant, moment),
            AccountConfirmed => Sender.Of(NoticeKind.PaymentWaiting, At(Office.Finance), moment, linkTo: "/payments"),
            _ => [],
        };

    public IEnumerable<Notice> Letter(NoticeKind kind, NoticeRecipients to, string link, CaseMoment moment) =>
        Sender.Of(kind, to, moment, linkTo: link);

    public IEnumerable<Notice> TellOpened(
        OpenedStep step,
        IReadOnlyList<TaskRow> tasks,
        RunningClock clock,
        CaseMoment moment
    )
    {
        if (tasks.Count > 0 && tasks.All(IsOfDistrict) && !application.Has(ConsentKind.Transfer))
            return Sender.Of(
                NoticeKind.TransferConsentWanted,
                Authors,
                moment,
                linkTo: $"/aid/{application.Id}/do/consent"
            );
        var kind = step.Name switch
        {
            "aid.hint" => NoticeKind.TipReceived,
            "aid.draft" when application.Route == AidRoute.Hint && application.EnteredById is null =>
                NoticeKind.ApplicationInvited,
            "aid.formcheck" => NoticeKind.ApplicationToCheck,
            "aid.supplement" => NoticeKind.SupplementAsked,
            // Whoever has just accepted it knows that surveyors come next.
            "aid.appoint" when IsNews(tasks) => NoticeKind.SurveyorsWanted,
            "aid.appoint.district" => NoticeKind.SurveyorsWanted,
            "aid.survey" when application.Surveys.LastOrDefault() is { IsReturned: true } => NoticeKind.SurveyReturned,
            "aid.survey" => NoticeKind.SurveyAssigned,
            "aid.survey.sign" => NoticeKind.SurveyToSign,
            "aid.publish" => NoticeKind.NoticeToPublish,
            "aid.account" => NoticeKind.AccountWanted,
            "aid.account.check" => NoticeKind.AccountToCheck,
            "aid.confirm" => NoticeKind.ReceiptAsked,
            "aid.receipt" => NoticeKind.ReceiptToSign,
            "aid.trace" => NoticeKind.PaymentMissing,
            "aid.papers" => NoticeKind.PapersAsked,
            // An emergency has no number yet.
            _ when IsApproval(step.Name) => Sender.IsNumbered ? NoticeKind.ApprovalAsked : NoticeKind.ApprovalDue,
            _ => null,
        };
        if (kind is null)
            return [];
        var to = Free(tasks);
        if (kind == NoticeKind.SupplementAsked)
            to = to?.And(Applicant);
        return Sender.Of(kind, to, moment, clock(step.Payload.Clock?.Name ?? "", step.Part)?.DueOn);
    }

    private IEnumerable<Notice> Published(PublicNotice notice, CaseMoment moment) =>
        [
            .. Sender.Of(NoticeKind.NoticeStarted, Applicant, moment, notice.Through),
            .. notice.Internal
                ? Sender.Of(
                    NoticeKind.NoticeInternal,
                    At(Office.AidCommittee)!.And(At(Office.Auditor)!),
                    moment,
                    notice.Through
                )
                : Sender.Of(
                    NoticeKind.NoticePublic,
                    NoticeRecipients.ToStaff(application.SchoolId).Without(application.ApplicantId),
                    moment,
                    notice.Through,
                    linkTo: "/notices"
                ),
        ];

    /// <summary>A surveyor stood aside, an emergency is reviewed afterwards, or another office stands in for the chair.</summary>
    private bool IsNews(IReadOnlyList<TaskRow> tasks) =>
        !application.Recusals.IsEmpty
        // Others than those who stay are appointed anew.
        || !application.Surveyors.IsEmpty
        || application.Route == AidRoute.Emergency
        || tasks.Any(t => t.Office != Office.SchoolUnionChair);

    private static bool IsApproval(string step) => step.StartsWith("aid.approve.", StringComparison.Ordinal);

    private NoticeRecipients At(Office office) =>
        NoticeRecipients.ToOffice(office.ToString(), _ladder.At(office, application.SchoolId)).Without([.. Aside]);

    /// <summary>Those who are asked; of an office only whoever may act.</summary>
    private NoticeRecipients? Free(IReadOnlyList<TaskRow> tasks)
    {
        var to = AidSender.To(tasks);
        if (to is null || to.Offices.Count == 0)
            return to;
        return IsApproval(tasks[0].Name)
            ? to.Without([
                .. Aside,
                .. application.EverSurveyed,
                .. application.Investigators,
                .. new[] { application.EnteredById, application.ReporterId }.OfType<Guid>(),
            ])
            : to.Without([.. Aside]);
    }
}

using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Aid;

// What is told when a deadline comes near, passes or moves (domain §7, A1–A3, A5, A7, A9, A12).
public sealed partial class AidCase
{
    /// <summary>The reminders of a clock family; null = none of this sort.</summary>
    private sealed record Reminders(
        NoticeKind? Due,
        NoticeKind? Last,
        NoticeKind? Overdue,
        NoticeKind? Escalated = null
    );

    public IEnumerable<Notice> TellAlarm(ClockRow clock, Alarm alarm, IReadOnlyList<TaskRow> open, CaseMoment moment)
    {
        // Between the steps of the same deadline somebody may have nothing to do yet.
        if (open.Count == 0 || RemindersOf(clock.Name, open[0].Name) is not { } reminders)
            return [];
        var to = Free(open);
        // Where nobody is reminded once it is late, the escalation is the reminder, too: on the day on which the superior
        // hears of it, so does whoever is late.
        var overdue =
            alarm.Kind.HasFlag(AlarmKind.Overdue)
            || (
                alarm.Kind.HasFlag(AlarmKind.Escalation) && ClockFace.LadderOf(clock.Name, moment.Rules).AfterFirst == 0
            );
        var kind =
            overdue ? reminders.Overdue
            : alarm.Kind != AlarmKind.Before ? null
            : AidSender.IsLast(clock, alarm, moment) ? reminders.Last ?? reminders.Due
            : reminders.Due ?? reminders.Last;
        var told = kind is null ? [] : Sender.Of(kind, to, moment, clock.DueOn);
        if (alarm.Kind.HasFlag(AlarmKind.Escalation) && reminders.Escalated is { } escalated)
            told = told.Concat(Escalate(escalated, open[0], clock.DueOn, moment));
        return told;
    }

    public IEnumerable<Notice> TellMoved(
        ClockRow clock,
        DateOnly before,
        IReadOnlyList<TaskRow> open,
        CaseMoment moment
    ) => Sender.Moved(clock, clock.Name == "notice" ? Applicant : Free(open), before, moment);

    /// <summary>The district is told how many are late; which ones, only where it may look at them.</summary>
    private IEnumerable<Notice> Escalate(NoticeKind kind, TaskRow late, DateOnly? due, CaseMoment moment) =>
        kind.Args.Contains("count") ? Sender.Of(kind, Superior(late), moment, due, linkTo: "/")
        : late.Office is null || application.Has(ConsentKind.Transfer) ? Sender.Of(kind, Superior(late), moment, due)
        : [];

    public bool RemindsAbove(string clock, string step) => RemindersOf(clock, step) is { Escalated: not null };

    public (NoticeRecipients To, string Link)? Above(TaskRow late) =>
        (late.Office is null || application.Has(ConsentKind.Transfer)) && Superior(late) is { } superior
            ? (superior, $"/aid/{application.Id}")
            : null;

    private static Reminders? RemindersOf(string clock, string task) =>
        (clock, task) switch
        {
            ("hint", _) => new(NoticeKind.TipDue, null, NoticeKind.TipOverdue),
            ("aid.formcheck", _) => new(
                NoticeKind.ApplicationCheckDue,
                null,
                NoticeKind.ApplicationCheckOverdue,
                NoticeKind.ApplicationCheckEscalated
            ),
            ("aid.supplement", _) => new(NoticeKind.SupplementDue, NoticeKind.SupplementLastCall, null),
            ("emergency.review", "aid.papers") => new(
                NoticeKind.PapersDue,
                NoticeKind.PapersLastCall,
                NoticeKind.PapersOverdue,
                NoticeKind.PapersOverdue
            ),
            ("aid.survey" or "emergency.review", "aid.appoint" or "aid.appoint.district") => new(
                NoticeKind.SurveyorsWanted,
                null,
                NoticeKind.SurveyorsWanted,
                NoticeKind.SurveyEscalated
            ),
            ("aid.survey" or "emergency.review", _) => new(
                NoticeKind.SurveyDue,
                NoticeKind.SurveyLastCall,
                NoticeKind.SurveyOverdue,
                NoticeKind.SurveyEscalated
            ),
            ("publish", _) => new(NoticeKind.NoticePublishDue, null, NoticeKind.NoticePublishOverdue),
            ("approve", _) => new(
                NoticeKind.ApprovalDue,
                null,
                NoticeKind.ApprovalOverdue,
                NoticeKind.ApprovalEscalated
            ),
            ("account", "aid.account.check") => new(NoticeKind.AccountToCheck, null, NoticeKind.AccountToCheck),
            ("account", _) => new(NoticeKind.AccountDue, null, NoticeKind.AccountOverdue),
            ("receipt_confirm", _) => new(NoticeKind.ReceiptDue, NoticeKind.ReceiptLast, null),
            ("followup", _) => new(NoticeKind.VisitDue, null, NoticeKind.VisitOverdue),
            _ => null,
        };

    /// <summary>Who is above those who are late: the chair for surveyors and applicants, the district above the chair.</summary>
    private NoticeRecipients? Superior(TaskRow late) =>
        late.Office switch
        {
            null when IsApproval(late.Name) => At(Office.DistrictChair),
            null => At(Office.SchoolUnionChair),
            Office.SchoolUnionChair => At(Office.DistrictOfficer),
            Office.DistrictOfficer => At(Office.DistrictChair),
            // Above the district's chair is nobody here.
            _ => null,
        };
}

using System.Globalization;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Cases;

// What is told to whom (domain §7, N2–N12). Titles and numbers only: never a name, a reason's text or a case's content.
public sealed partial class MotionCase
{
    private NoticeRecipients Proposer => NoticeRecipients.ToMembers(motion.ProposerId);

    private NoticeRecipients Signatories =>
        NoticeRecipients.ToMembers([motion.ProposerId, .. motion.ConfirmedCosigners]);

    private string Link => $"/motions/{motion.Id}";

    public IEnumerable<Notice> Tell(object happened, RunningClock clock, CaseMoment moment)
    {
        switch (happened)
        {
            case MotionCosigned { State: CosignState.Confirmed } cosigned:
                yield return Count(NoticeKind.CosignAccepted, cosigned.Confirmed, cosigned.Minimum, moment);
                break;
            case MotionCosigned cosigned:
                yield return Count(NoticeKind.CosignDeclined, cosigned.Confirmed, cosigned.Minimum, moment);
                break;
            case CollectionLapsed lapsed:
                yield return Count(NoticeKind.CosignersMissing, lapsed.Confirmed, lapsed.Minimum, moment);
                break;
            case MotionReceived received:
                yield return Of(NoticeKind.MotionReceived, Signatories, moment, ("receipt", received.ReceiptNumber));
                break;
            case MotionFiled filed:
                yield return Of(NoticeKind.MotionFiled, Signatories, moment, ("number", filed.Number));
                break;
            case MotionBecameOpinion when motion.Review is null:
                yield return Of(NoticeKind.MotionConverted, Signatories, moment);
                break;
            case MotionBecameOpinion:
                yield return Of(NoticeKind.MotionMadeOpinion, Signatories, moment, Reason);
                break;
            case MotionRejected:
                yield return Of(NoticeKind.MotionRejected, Signatories, moment, Reason);
                break;
            case HandlingReassigned reassigned:
                yield return Of(
                    NoticeKind.HostChanged,
                    Proposer,
                    moment,
                    ("number", Number),
                    ("department", NameOf(reassigned.HostId))
                );
                break;
            case ExtensionNotGranted refused:
                yield return Of(
                    NoticeKind.ExtensionRefused,
                    Host(refused.Part).And(Proposer),
                    moment,
                    clock("answer", refused.Part)?.DueOn,
                    ("number", Number)
                );
                break;
            case AnswerExtended granted:
                yield return Of(
                    NoticeKind.ExtensionGranted,
                    Host(granted.Part).And(Proposer),
                    moment,
                    clock("answer", granted.Part)?.DueOn,
                    ("number", Number)
                );
                break;
            default:
                foreach (var notice in TellFollowUp(happened, clock, moment))
                    yield return notice;
                break;
        }
    }

    public IEnumerable<Notice> TellOpened(
        OpenedStep step,
        IReadOnlyList<TaskRow> tasks,
        RunningClock clock,
        CaseMoment moment
    )
    {
        var to = tasks.Select(To).Aggregate((NoticeRecipients?)null, (all, one) => all?.And(one) ?? one);
        if (to is null)
            yield break;
        (string, string) number = ("number", Number);
        switch (tasks[0].Name)
        {
            case "motion.cosign":
                yield return Of(NoticeKind.CosignInvited, to, moment, clock("cosign", step.Part)?.DueOn);
                break;
            case "motion.revise":
                yield return Of(
                    NoticeKind.MotionReturned,
                    Signatories,
                    moment,
                    clock("resubmit", step.Part)?.DueOn,
                    Reason
                );
                break;
            case "handling.accept":
                var signBy =
                    clock("receipt", step.Part)?.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
                var host = motion.Part(step.Part!.Value);
                yield return Of(
                    host.Round > 1 ? NoticeKind.HostAgain
                        : host.Returns.IsEmpty ? NoticeKind.HostAssigned
                        : NoticeKind.NewHost,
                    Host(step.Part.Value),
                    moment,
                    clock("answer", step.Part)?.DueOn,
                    number,
                    ("signBy", signBy)
                );
                break;
            case "handling.reassign" or "handling.ruling":
                yield return Of(
                    NoticeKind.ReturnAsked,
                    to,
                    moment,
                    clock("reassign", step.Part)?.DueOn,
                    number,
                    ("department", NameOf(motion.Part(step.Part!.Value).HostId))
                );
                break;
            case "handling.opinion":
                yield return Of(NoticeKind.CohandlerAssigned, to, moment, clock("coanswer", step.Part)?.DueOn, number);
                break;
            case "handling.sign":
                yield return Of(NoticeKind.AnswerToSign, to, moment, clock("answer", step.Part)?.DueOn, number);
                break;
            case "handling.leader":
                yield return Of(NoticeKind.AnswerToReview, to, moment, clock("answer", step.Part)?.DueOn, number);
                break;
            case "extension.decide":
                yield return Of(
                    NoticeKind.ExtensionAsked,
                    to,
                    moment,
                    clock("ext.decide", step.Part)?.DueOn,
                    number,
                    ("department", NameOf(motion.Part(step.Part!.Value).HostId))
                );
                break;
            default:
                foreach (var notice in TellFollowUpOpened(step, tasks[0].Name, to, clock, moment))
                    yield return notice;
                break;
        }
    }

    public IEnumerable<Notice> TellAlarm(ClockRow clock, Alarm alarm, IReadOnlyList<TaskRow> open, CaseMoment moment)
    {
        var to = open.Select(To).Aggregate((NoticeRecipients?)null, (all, one) => all?.And(one) ?? one);
        var last = alarm is { Kind: AlarmKind.Before, Workdays: <= 1 };
        var overdue = alarm.Kind.HasFlag(AlarmKind.Overdue);
        (string, string) number = ("number", Number);
        if (clock.Name == "answer")
        {
            var host = Host(clock.Part!.Value);
            if (overdue)
                yield return Of(
                    NoticeKind.AnswerOverdue,
                    host.And(School(Office.SchoolUnionChair)),
                    moment,
                    clock.DueOn,
                    number
                );
            if (alarm.Kind.HasFlag(AlarmKind.Escalation))
                yield return Of(
                    NoticeKind.OverdueEscalated,
                    alarm.Level == 1
                        ? Part(clock.Part.Value, Office.SchoolLeader).And(School(Office.SchoolUnionChair))
                        : NoticeRecipients.ToOffice(nameof(Office.DistrictOfficer), OrganisationOf("district", null)),
                    moment,
                    clock.DueOn,
                    number,
                    ("department", NameOf(motion.Part(clock.Part.Value).HostId))
                );
            if (alarm.Kind == AlarmKind.Before)
                yield return Of(
                    last ? NoticeKind.AnswerLastCall : NoticeKind.AnswerDue,
                    host,
                    moment,
                    clock.DueOn,
                    number
                );
        }
        if (to is null || alarm.Kind is AlarmKind.Expiry)
            yield break;
        switch (clock.Name)
        {
            case "cosign":
                yield return Of(NoticeKind.CosignLastCall, to, moment, clock.DueOn);
                break;
            // A proposer short of co-signers (motion.lapsed) has nothing to submit again.
            case "resubmit" when open[0].Name == "motion.revise":
                yield return Of(NoticeKind.ResubmitLastCall, to, moment, clock.DueOn);
                break;
            case "review":
                yield return Of(
                    overdue ? NoticeKind.ReviewOverdue
                        : last ? NoticeKind.ReviewLastCall
                        : NoticeKind.ReviewDue,
                    to,
                    moment,
                    clock.DueOn,
                    ("count", "1")
                );
                break;
            case "receipt":
                yield return Of(
                    overdue ? NoticeKind.ReceiptOverdue : NoticeKind.ReceiptLastCall,
                    Host(clock.Part!.Value),
                    moment,
                    clock.DueOn,
                    number
                );
                break;
            case "coanswer":
                yield return Of(
                    overdue ? NoticeKind.OpinionOverdue : NoticeKind.OpinionDue,
                    to,
                    moment,
                    clock.DueOn,
                    number
                );
                break;
            case "sign":
                yield return Of(NoticeKind.AnswerStillWaits, to, moment, clock.DueOn, number);
                break;
            case "takeover" when last:
                yield return Of(NoticeKind.TakeOverLastCall, to, moment, clock.DueOn);
                break;
            case "lead_offer" when last:
                yield return Of(NoticeKind.LeadLastCall, to, moment, clock.DueOn);
                break;
            case "feedback" when !overdue:
                yield return Of(
                    last ? NoticeKind.FeedbackLastCall : NoticeKind.FeedbackDue,
                    to,
                    moment,
                    clock.DueOn,
                    number
                );
                break;
            case "commitment":
                yield return Of(
                    overdue ? NoticeKind.CommitmentOverdue
                        : last ? NoticeKind.CommitmentLastCall
                        : NoticeKind.CommitmentDue,
                    Host(clock.Part!.Value),
                    moment,
                    clock.DueOn,
                    number
                );
                break;
        }
    }

    /// <summary>Above a department its 分管校领导 and the school union's chair, above the chair the district (domain §7).</summary>
    public (NoticeRecipients To, string Link)? Above(TaskRow late) =>
        (
            late.Office switch
            {
                null => School(Office.MotionSecretary),
                Office.DepartmentClerk or Office.DepartmentHead => NoticeRecipients
                    .ToOffice(nameof(Office.SchoolLeader), late.OrganisationId!.Value)
                    .And(School(Office.SchoolUnionChair)),
                Office.MotionSecretary or Office.MotionCommittee => School(Office.MotionCommitteeChair)
                    .And(School(Office.SchoolUnionChair)),
                Office.SchoolUnionChair => NoticeRecipients.ToOffice(
                    nameof(Office.DistrictOfficer),
                    OrganisationOf("district", null)
                ),
                _ => School(Office.SchoolUnionChair),
            },
            Link
        );

    public IEnumerable<Notice> TellMoved(
        ClockRow clock,
        DateOnly before,
        IReadOnlyList<TaskRow> open,
        CaseMoment moment
    )
    {
        var to = open.Select(To).Aggregate((NoticeRecipients?)null, (all, one) => all?.And(one) ?? one);
        if (clock.Name == "answer")
            to = to is null ? Host(clock.Part!.Value) : to.And(Host(clock.Part!.Value));
        if (to is not null && NoticeKind.DeadlineMoved(clock.Name) is { } kind)
            yield return Of(
                kind,
                to,
                moment,
                clock.DueOn,
                ("before", before.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            );
    }

    public IEnumerable<Notice> Letter(NoticeKind kind, NoticeRecipients to, string link, CaseMoment moment)
    {
        var name = Number.Length > 0 ? Number : motion.Content.Title;
        yield return Of(kind, to, moment, link, null, ("case", name));
    }

    /// <summary>The official number, or the receipt number while there is none, or for an opinion.</summary>
    private string Number => motion.Number ?? motion.ReceiptNumber ?? "";

    private (string, string) Reason => ("reason", motion.Review?.Reason ?? "");

    private NoticeRecipients Host(Guid part) =>
        Part(part, Office.DepartmentClerk).And(Part(part, Office.DepartmentHead));

    private NoticeRecipients Part(Guid part, Office office) =>
        NoticeRecipients.ToOffice(office.ToString(), PartOf(part).HostId);

    private NoticeRecipients School(Office office) => NoticeRecipients.ToOffice(office.ToString(), motion.SchoolId);

    private static NoticeRecipients To(TaskRow task) =>
        task.MemberId is { } member
            ? NoticeRecipients.ToMembers(member)
            : NoticeRecipients.ToOffice(task.Office!.Value.ToString(), task.OrganisationId!.Value);

    private string NameOf(Guid organisation) => organisations.Find(organisation)?.Name ?? "";

    private Notice Count(NoticeKind kind, int confirmed, int minimum, CaseMoment moment) =>
        Of(
            kind,
            Proposer,
            moment,
            ("count", confirmed.ToString(CultureInfo.InvariantCulture)),
            ("minimum", minimum.ToString(CultureInfo.InvariantCulture))
        );

    private Notice Of(
        NoticeKind kind,
        NoticeRecipients to,
        CaseMoment moment,
        params (string Name, string Value)[] args
    ) => Of(kind, to, moment, null, args);

    private Notice Of(
        NoticeKind kind,
        NoticeRecipients to,
        CaseMoment moment,
        DateOnly? due,
        params (string Name, string Value)[] args
    ) => Of(kind, to, moment, Link, due, args);

    private Notice Of(
        NoticeKind kind,
        NoticeRecipients to,
        CaseMoment moment,
        string link,
        DateOnly? due,
        params (string Name, string Value)[] args
    )
    {
        var school = organisations.Find(motion.SchoolId)!;
        var all = new Dictionary<string, string> { ["title"] = motion.Content.Title, ["organisation"] = school.Name };
        if (school.Phone is { } phone)
            all["phone"] = phone;
        foreach (var (name, value) in args)
            all[name] = value;
        foreach (
            var unused in all.Keys.Where(k => !kind.Args.Contains(k) && !NoticeKind.CommonArgs.Contains(k)).ToList()
        )
            all.Remove(unused);
        return Notice.Of(
            kind,
            motion.Id,
            to,
            all,
            link,
            moment.Now,
            kind.Deadline is null ? null : due ?? moment.Today
        );
    }
}

using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Aid;

// What is told to whom (domain §7, A6). The application's number is all that names it; the objector is named nowhere.
public sealed partial class ObjectionCase
{
    private AidSender Sender =>
        new(
            cases.Aid.Organisations,
            _application.SchoolId,
            objection.Id,
            _application.Number,
            $"/objections/{objection.Id}"
        );

    public IEnumerable<Notice> Tell(object happened, RunningClock clock, CaseMoment moment) =>
        happened is ObjectionSettled && objection.FiledById is { } objector
            ? Sender.Of(NoticeKind.ObjectionAnswered, NoticeRecipients.ToMembers(objector), moment)
            : [];

    public IEnumerable<Notice> Letter(NoticeKind kind, NoticeRecipients to, string link, CaseMoment moment) =>
        Sender.Of(kind, to, moment, linkTo: link);

    public IEnumerable<Notice> TellOpened(
        OpenedStep step,
        IReadOnlyList<TaskRow> tasks,
        RunningClock clock,
        CaseMoment moment
    ) =>
        step.Name switch
        {
            "objection.assign" => NoticeKind.ObjectionFiled,
            "objection.investigate" => NoticeKind.ObjectionAssigned,
            "objection.sign" => NoticeKind.ObjectionToSign,
            "objection.decide" => NoticeKind.ObjectionToDecide,
            _ => null,
        }
            is { } kind
            ? Sender.Of(kind, Free(tasks), moment, clock("objection", step.Part)?.DueOn)
            : [];

    public IEnumerable<Notice> TellAlarm(ClockRow clock, Alarm alarm, IReadOnlyList<TaskRow> open, CaseMoment moment) =>
        clock.Name != "objection" || alarm.Kind == AlarmKind.Expiry
            ? []
            : Sender.Of(
                alarm.Kind != AlarmKind.Before ? NoticeKind.ObjectionOverdue
                    : AidSender.IsLast(clock, alarm, moment) ? NoticeKind.ObjectionLastCall
                    : NoticeKind.ObjectionDue,
                Free(open),
                moment,
                clock.DueOn
            );

    public (NoticeRecipients To, string Link)? Above(TaskRow late) =>
        late.Office switch
        {
            Office.DistrictChair => null,
            Office.DistrictOfficer => At(Office.DistrictChair),
            _ => At(Office.DistrictOfficer),
        };

    private (NoticeRecipients To, string Link) At(Office office) =>
        (
            NoticeRecipients
                .ToOffice(
                    office.ToString(),
                    new OfficeLadder(cases.Aid.Offices, cases.Aid.Organisations).At(office, _application.SchoolId)
                )
                .Without([
                    .. Parties().Where(p => p.Role is PartyRole.Subject or PartyRole.Recused).Select(p => p.PartyId),
                ]),
            $"/objections/{objection.Id}"
        );

    public IEnumerable<Notice> TellMoved(
        ClockRow clock,
        DateOnly before,
        IReadOnlyList<TaskRow> open,
        CaseMoment moment
    ) => Sender.Moved(clock, Free(open), before, moment);

    /// <summary>Those who are asked; of an office nobody who surveyed, published, is concerned or objected himself.</summary>
    private NoticeRecipients? Free(IReadOnlyList<TaskRow> tasks) =>
        AidSender
            .To(tasks)
            ?.Without([
                .. Parties().Where(p => p.Role is PartyRole.Subject or PartyRole.Recused).Select(p => p.PartyId),
            ]);
}

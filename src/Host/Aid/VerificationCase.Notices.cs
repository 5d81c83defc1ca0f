using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

// What is told to whom (domain §7, A11): the holder of the file and the school union's chair.
public sealed partial class VerificationCase
{
    private string? _number;

    private AidSender Sender =>
        new(cases.Aid.Organisations, school, verification.Id, Number, $"/aid/files/{verification.FileId}");

    private string Number =>
        _number ??= cases
            .Aid.Db.Set<AidFileRow>()
            .Where(f => f.Id == verification.FileId)
            .Select(f => f.Number)
            .Single();

    private NoticeRecipients Holder => NoticeRecipients.ToMembers(verification.MemberId);

    private NoticeRecipients Chair =>
        NoticeRecipients.ToOffice(nameof(Office.SchoolUnionChair), school).Without(verification.MemberId);

    public IEnumerable<Notice> Tell(object happened, RunningClock clock, CaseMoment moment) =>
        happened is VerificationLapsed
            ? [.. Sender.Of(NoticeKind.FileFrozen, Holder, moment), .. Sender.Of(NoticeKind.FileFrozen, Chair, moment)]
            : [];

    public IEnumerable<Notice> Letter(NoticeKind kind, NoticeRecipients to, string link, CaseMoment moment) =>
        Sender.Of(kind, to, moment, linkTo: link);

    public IEnumerable<Notice> TellOpened(
        OpenedStep step,
        IReadOnlyList<TaskRow> tasks,
        RunningClock clock,
        CaseMoment moment
    )
    {
        var due = clock("verification", step.Part)?.DueOn;
        return step.Name == "verification.confirm"
            ?
            [
                .. Sender.Of(NoticeKind.VerificationStarted, Holder, moment, due),
                .. Sender.Of(NoticeKind.VerificationOpened, Chair, moment, due),
            ]
            : Sender.Of(NoticeKind.VerificationToDecide, Free(tasks), moment, due);
    }

    public IEnumerable<Notice> TellAlarm(ClockRow clock, Alarm alarm, IReadOnlyList<TaskRow> open, CaseMoment moment)
    {
        if (clock.Name != "verification" || alarm.Kind != AlarmKind.Before)
            return [];
        var last = AidSender.IsLast(clock, alarm, moment);
        var told = Sender.Of(
            last ? NoticeKind.VerificationLastCall : NoticeKind.VerificationDue,
            Free(open),
            moment,
            clock.DueOn
        );
        // As long as the holder has not answered, the chair is reminded of it with him.
        return open.Any(t => t.Office is not null)
            ? told
            : told.Concat(Sender.Of(NoticeKind.VerificationDue, Chair, moment, clock.DueOn));
    }

    public (NoticeRecipients To, string Link)? Above(TaskRow late) =>
        late.Office switch
        {
            null => (Chair, $"/aid/files/{verification.FileId}"),
            Office.SchoolUnionChair => (
                NoticeRecipients
                    .ToOffice(nameof(Office.DistrictOfficer), cases.Aid.Organisations.Path(school)[^1])
                    .Without(verification.MemberId),
                $"/aid/files/{verification.FileId}"
            ),
            _ => null,
        };

    public IEnumerable<Notice> TellMoved(
        ClockRow clock,
        DateOnly before,
        IReadOnlyList<TaskRow> open,
        CaseMoment moment
    ) => Sender.Moved(clock, Free(open), before, moment);

    private NoticeRecipients? Free(IReadOnlyList<TaskRow> tasks) =>
        tasks.Any(t => t.Office is not null)
            ? AidSender.To(tasks)?.Without(verification.MemberId)
            : AidSender.To(tasks);
}

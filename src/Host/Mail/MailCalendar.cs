using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Mail;

/// <summary>
/// The working days that mails speak of: when the next working morning is, and how many days a deadline has left. One per
/// worker run; the calendar is read once, before the run's transaction.
/// </summary>
public sealed class MailCalendar(EduUnionDb db, CalendarBook calendars)
{
    private static readonly TimeOnly Morning = new(8, 30);
    private ReadCalendar _latest = ReadCalendar.None;

    public async Task LoadAsync(CancellationToken cancellation) => _latest = await calendars.LatestAsync(cancellation);

    /// <summary>The first 08:30 of a statutory working day at or after the instant.</summary>
    public DateTimeOffset NextMorning(DateTimeOffset instant)
    {
        var calendar = Statutory();
        var date = ChinaTime.DateOf(instant);
        if (instant > ChinaTime.At(date, Morning))
            date = date.AddDays(1);
        return ChinaTime.At(calendar.RollForward(date), Morning);
    }

    /// <summary>As the clock itself counts, where the notice is about one; else plain working days.</summary>
    public int WorkdaysLeft(Notice notice, DateOnly today)
    {
        var deadline = NoticeKind.Of(notice.Kind).Deadline;
        var clock = notice.CaseId is null
            ? null
            : db.Set<ClockRow>()
                .AsNoTracking()
                .Where(c => c.CaseId == notice.CaseId && c.Name == deadline && c.DueOn == notice.Due)
                .OrderByDescending(c => c.StartedAt)
                .FirstOrDefault();
        return clock is null
            ? Statutory().WorkdaysBetween(today, notice.Due!.Value)
            : Clock.WorkdaysLeft(clock.InputsOf(), calendars.Of(_latest, clock.OrganisationId), today);
    }

    private WorkingCalendar Statutory() => new(_latest.Number, _latest.Schedule, [], []);
}

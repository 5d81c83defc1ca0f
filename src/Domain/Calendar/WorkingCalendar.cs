using System.Collections.Immutable;

namespace EduUnion.Domain.Calendar;

/// <summary>
/// The working days of one organisation at one version of the calendar: the statutory schedule, and the closing days
/// and vacations that reach this organisation (the caller has resolved district and school). Periods are counted as
/// Civil Code art. 201–203 says: the day of the event does not count. Dates are legal dates in Asia/Shanghai and lie
/// in 2000–2099; outside, and for negative counts, methods throw <see cref="ArgumentOutOfRangeException"/>.
/// </summary>
/// <param name="version">Grows with every change; kept on each clock, so that an old one is replanned.</param>
public sealed class WorkingCalendar(
    int version,
    StatutorySchedule schedule,
    ImmutableArray<DaysOff> closures,
    ImmutableArray<DaysOff> vacations
)
{
    public static readonly DateOnly Earliest = new(2000, 1, 1);
    public static readonly DateOnly Latest = new(2099, 12, 31);

    public int Version => version;

    public StatutorySchedule Schedule => schedule;

    /// <summary>The same organisation's calendar under another schedule.</summary>
    public WorkingCalendar Under(StatutorySchedule other, int otherVersion) =>
        new(otherVersion, other, closures, vacations);

    /// <summary>
    /// Judges a date and says why. Under <see cref="VacationRule.Suspend"/> every day of a vacation answers with the
    /// vacation, weekends too, because that reason would hold whatever else the calendar said.
    /// </summary>
    public CalendarDay Why(DateOnly date, VacationRule rule = VacationRule.None)
    {
        if (date < Earliest || date > Latest)
            throw new ArgumentOutOfRangeException(nameof(date), date, "The calendar covers 2000 to 2099.");
        var day = schedule.DayOf(date);
        if (rule is VacationRule.Suspend && VacationOn(date) is { } vacation)
            return day with { Kind = DayKind.Vacation, Name = vacation.Name };
        return day.IsWorkday && closures.FirstOrDefault(off => off.Contains(date)) is { } closure
            ? day with
            {
                Kind = DayKind.LocalClosure,
                Name = closure.Name,
            }
            : day;
    }

    public bool IsWorkday(DateOnly date, VacationRule rule = VacationRule.None) => Why(date, rule).IsWorkday;

    /// <summary>The school vacation in which a date lies, or null.</summary>
    public DaysOff? VacationOn(DateOnly date) => vacations.FirstOrDefault(vacation => vacation.Contains(date));

    /// <summary>The n-th working day after <paramref name="start"/>, which does not count; 0 gives the start itself.</summary>
    public DateOnly AddWorkdays(DateOnly start, int workdays, VacationRule rule = VacationRule.None)
    {
        if (rule is not VacationRule.ExtendIfEndsInside)
            return Step(start, workdays, +1, rule);
        var end = Step(start, workdays, +1, VacationRule.None);
        return VacationOn(end) is null ? end : Step(end, 1, +1, VacationRule.Suspend);
    }

    /// <summary>The n-th working day before a due date; warning marks go backward.</summary>
    public DateOnly BackWorkdays(DateOnly due, int workdays, VacationRule rule = VacationRule.None) =>
        Step(due, workdays, -1, rule);

    /// <summary>Working days after <paramref name="from"/> up to and with <paramref name="to"/>; negative when it lies before.</summary>
    public int WorkdaysBetween(DateOnly from, DateOnly to, VacationRule rule = VacationRule.None)
    {
        if (to < from)
            return -WorkdaysBetween(to, from, rule);
        var count = 0;
        for (var date = from; date < to; )
        {
            date = date.AddDays(1);
            if (IsWorkday(date, rule))
                count++;
        }
        return count;
    }

    /// <summary>The date itself if it is a working day, else the next one (Civil Code art. 203).</summary>
    public DateOnly RollForward(DateOnly date, VacationRule rule = VacationRule.None) =>
        IsWorkday(date, rule) ? date : Step(date, 1, +1, rule);

    /// <summary>
    /// A period in months: the corresponding date, else the month's last day (art. 202), rolled forward to a working day.
    /// </summary>
    public DateOnly AddMonths(DateOnly start, int months) => RollForward(start.AddMonths(months));

    /// <summary>A period in natural days, rolled forward to a working day.</summary>
    public DateOnly AddDays(DateOnly start, int days) => RollForward(start.AddDays(days));

    private DateOnly Step(DateOnly start, int workdays, int direction, VacationRule rule)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workdays);
        var date = start;
        for (var left = workdays; left > 0; )
        {
            date = date.AddDays(direction);
            if (IsWorkday(date, rule))
                left--;
        }
        return date;
    }
}

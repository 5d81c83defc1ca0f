using EduUnion.Domain.Calendar;

namespace EduUnion.Host.Calendar;

/// <summary>What an office wants to know of the next weeks: the week's last working day, holidays and weekends worked.</summary>
/// <param name="LastWorkday">Of this week, from today on; null when none is left.</param>
public sealed record NearDays(DateOnly? LastWorkday, IReadOnlyList<DaysOff> Off, IReadOnlyList<DateOnly> MakeUp)
{
    private const int Ahead = 21;

    public static NearDays Of(WorkingCalendar calendar, DateOnly today)
    {
        var sunday = today.AddDays((7 - (int)today.DayOfWeek) % 7);
        DateOnly? last = null;
        for (var date = today; date <= sunday; date = date.AddDays(1))
            if (calendar.IsWorkday(date))
                last = date;
        var off = new List<DaysOff>();
        var makeUp = new List<DateOnly>();
        for (var date = today; date <= today.AddDays(Ahead); date = date.AddDays(1))
        {
            var day = calendar.Why(date);
            if (day.Kind == DayKind.MakeUpWorkday)
                makeUp.Add(date);
            else if (day.Kind is DayKind.StatutoryHoliday or DayKind.LocalClosure)
                if (off.Count > 0 && off[^1].Name == day.Name && off[^1].To.AddDays(1) == date)
                    off[^1] = off[^1] with { To = date };
                else
                    off.Add(new DaysOff(day.Name!, date, date));
        }
        return new NearDays(last, off, makeUp);
    }
}

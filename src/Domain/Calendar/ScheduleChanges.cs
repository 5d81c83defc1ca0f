using System.Collections.Immutable;

namespace EduUnion.Domain.Calendar;

/// <summary>What an import would change, for the administrator's preview; closures and vacations play no part.</summary>
/// <param name="BecomeOff">Working days until now.</param>
/// <param name="BecomeWorking">Days off until now.</param>
/// <param name="Confirmed">Years that stop being provisional.</param>
public sealed record ScheduleChanges(
    ImmutableArray<CalendarDay> BecomeOff,
    ImmutableArray<CalendarDay> BecomeWorking,
    ImmutableArray<int> Confirmed
)
{
    /// <summary>Days are described as the new schedule sees them, in order.</summary>
    public static ScheduleChanges Between(StatutorySchedule current, StatutorySchedule next)
    {
        var changed = current
            .Years.Keys.Union(next.Years.Keys)
            .Order()
            .SelectMany(DatesOf)
            .Where(date => current.DayOf(date).IsWorkday != next.DayOf(date).IsWorkday)
            .Select(next.DayOf)
            .ToLookup(day => day.IsWorkday);
        return new([.. changed[false]], [.. changed[true]], [.. next.Years.Keys.Except(current.Years.Keys)]);
    }

    private static IEnumerable<DateOnly> DatesOf(int year)
    {
        for (var date = new DateOnly(year, 1, 1); date.Year == year; date = date.AddDays(1))
            yield return date;
    }
}

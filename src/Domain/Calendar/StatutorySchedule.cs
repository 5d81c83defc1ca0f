using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EduUnion.Domain.Calendar;

/// <summary>What the State Council published for one year.</summary>
/// <param name="DaysOff">Holidays, the weekends inside them included.</param>
/// <param name="WorkingWeekendDays">Saturdays and Sundays on which work is made up.</param>
public sealed record YearSchedule(ImmutableArray<DaysOff> DaysOff, ImmutableArray<DateOnly> WorkingWeekendDays);

/// <summary>
/// The published statutory schedules, year by year. A year that is not here is provisional (暂定): statutory days and
/// weekends are off and nothing is made up (domain §4.1.6).
/// </summary>
public sealed partial class StatutorySchedule
{
    private readonly FrozenDictionary<DateOnly, string> _off;
    private readonly FrozenSet<DateOnly> _working;

    private StatutorySchedule(ImmutableSortedDictionary<int, YearSchedule> years)
    {
        Years = years;
        _off = years
            .Values.SelectMany(year => year.DaysOff)
            .SelectMany(off => Each(off).Select(date => (date, off.Name)))
            .ToFrozenDictionary(day => day.date, day => day.Name);
        _working = years.Values.SelectMany(year => year.WorkingWeekendDays).ToFrozenSet();
    }

    /// <summary>No year is published: everything is provisional.</summary>
    public static StatutorySchedule Empty { get; } = new(ImmutableSortedDictionary<int, YearSchedule>.Empty);

    public ImmutableSortedDictionary<int, YearSchedule> Years { get; }

    /// <summary>These years, with the years of a later import in place of the same ones here.</summary>
    public StatutorySchedule With(StatutorySchedule imported) => new(Years.SetItems(imported.Years));

    /// <summary>Judges a date by law alone, before closures and vacations.</summary>
    public CalendarDay DayOf(DateOnly date)
    {
        var provisional = !Years.ContainsKey(date.Year);
        var weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        if (_working.Contains(date))
            return new(date, DayKind.MakeUpWorkday);
        var holiday = provisional ? StatutoryHolidays.NameOf(date) : _off.GetValueOrDefault(date);
        if (holiday is not null)
            return new(date, DayKind.StatutoryHoliday, holiday, provisional);
        return new(date, weekend ? DayKind.Weekend : DayKind.Workday, null, provisional);
    }

    private static IEnumerable<DateOnly> Each(DaysOff off)
    {
        for (var date = off.From; date <= off.To; date = date.AddDays(1))
            yield return date;
    }
}

using System.Collections.Immutable;
using EduUnion.Domain.Calendar;

namespace EduUnion.Workflows.Clocks;

/// <summary>What a day is to a clock.</summary>
public enum DayStanding
{
    /// <summary>The day of the event, which does not count.</summary>
    Start,

    /// <summary>Counted; it has an ordinal.</summary>
    Counted,

    /// <summary>The clock stood still.</summary>
    Paused,

    /// <summary>Not a working day for this clock; <see cref="CalendarDay.Kind"/> says why.</summary>
    Off,
}

/// <summary>One line of a clock's explanation, one cell of its calendar.</summary>
/// <param name="Ordinal">Which working day of the period it is, from 1; null where it does not count.</param>
public sealed record ClockDay(CalendarDay Day, DayStanding Standing, int? Ordinal)
{
    public DateOnly Date => Day.Date;
}

/// <summary>A due date together with its computation; the computation is the explanation that people are shown.</summary>
/// <param name="OriginalOn">The due date before extensions; null while an open pause stands before it.</param>
/// <param name="On">
/// The legal due date, on which an act is still in time; null while an open pause stands before it: nobody knows it.
/// </param>
/// <param name="At">The instant at which it is too late. For 24:00 it lies on the next date: print <paramref name="On"/>.</param>
/// <param name="Provisional">A day between lies in a year without a published schedule (暂定).</param>
/// <param name="Workdays">Working days in all, extensions included.</param>
/// <param name="Days">From the start day to the due day, or to the open pause, without gaps.</param>
/// <param name="CalendarVersion">The calendar that it was computed with.</param>
public sealed record DueDate(
    DateOnly? OriginalOn,
    DateOnly? On,
    DateTimeOffset? At,
    bool Provisional,
    int Workdays,
    ImmutableArray<ClockDay> Days,
    int CalendarVersion
)
{
    /// <summary>The date on which so many working days are left, or null when that is the start day or earlier.</summary>
    internal DateOnly? DateBefore(int workdays)
    {
        // A fixed end may lie on a day off; the working day before it is then the last that was counted.
        var from = Days[^1].Ordinal ?? Workdays + 1;
        return Days.FirstOrDefault(day => day.Ordinal == from - workdays)?.Date;
    }
}

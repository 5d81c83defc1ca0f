using System.Collections.Immutable;
using EduUnion.Domain.Calendar;

namespace EduUnion.Workflows.Clocks;

/// <summary>Computes due dates (domain §4). Pure: the same inputs and calendar give the same date for ever.</summary>
public static class Clock
{
    /// <summary>
    /// Walks from the day after the start and counts every working day that is not paused and, under
    /// <see cref="VacationRule.Suspend"/>, not in a vacation. Under <see cref="VacationRule.ExtendIfEndsInside"/> vacation
    /// days count, only the last day of the period cannot be one of them. Throws
    /// <see cref="ArgumentOutOfRangeException"/> for a negative length and beyond the calendar's years.
    /// </summary>
    public static DueDate Due(ClockInputs inputs, WorkingCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputs.Workdays);
        ArgumentOutOfRangeException.ThrowIfNegative(inputs.ExtraWorkdays);
        var walk = new Walk(inputs, calendar);
        DateOnly? original;
        if (inputs.Until is { } until)
        {
            walk.To(ChinaTime.DateOf(until));
            original = ChinaTime.DateOf(until);
        }
        else
            original = walk.Count(inputs.Workdays);
        var on = inputs.ExtraWorkdays == 0 || original is null ? original : walk.Count(inputs.ExtraWorkdays);

        return new(
            original,
            on,
            on is { } date ? EndOf(inputs, date) : null,
            walk.Days.Any(day => day.Day.Provisional && day.Standing != DayStanding.Start),
            inputs.Until is null ? inputs.Workdays + inputs.ExtraWorkdays : walk.Counted,
            [.. walk.Days],
            calendar.Version
        );
    }

    /// <summary>
    /// Working days after <paramref name="today"/> up to the due date: 0 on the due date itself, negative when overdue
    /// (at least one day, also on the weekend that follows). Before the start day (a review's period begins when the
    /// collection closes) the days until it are left too. While an open pause stands, what is left of the period.
    /// </summary>
    public static int WorkdaysLeft(ClockInputs inputs, WorkingCalendar calendar, DateOnly today)
    {
        var due = Due(inputs, calendar);
        if (today < inputs.Start)
            return due.Workdays + calendar.WorkdaysBetween(today, inputs.Start, inputs.VacationRule);
        if (due.On is not { } on || today <= on)
            return due.Workdays - due.Days.Count(day => day.Ordinal is not null && day.Date <= today);
        var overdue = 0;
        for (var date = on.AddDays(1); date <= today; date = date.AddDays(1))
            if (Counts(inputs, calendar, date))
                overdue++;
        return -Math.Max(1, overdue);
    }

    /// <summary>Whether a day counts for this clock, before and after its due date.</summary>
    internal static bool Counts(ClockInputs inputs, WorkingCalendar calendar, DateOnly date) =>
        calendar.IsWorkday(date, inputs.VacationRule) && !inputs.Pauses.Any(pause => pause.Contains(date));

    private static DateTimeOffset EndOf(ClockInputs inputs, DateOnly date)
    {
        if (inputs.Until is { } until)
            return until + TimeSpan.FromDays(date.DayNumber - ChinaTime.DateOf(until).DayNumber);
        return inputs.ClosesAt is { } close ? ChinaTime.At(date, close) : ChinaTime.EndOfDay(date);
    }

    /// <summary>The days of a clock as they are walked; each call goes on where the last one ended.</summary>
    private sealed class Walk(ClockInputs inputs, WorkingCalendar calendar)
    {
        public List<ClockDay> Days { get; } = [new(calendar.Why(inputs.Start), DayStanding.Start, null)];

        public int Counted { get; private set; }

        private DateOnly Last => Days[^1].Date;

        public void To(DateOnly end)
        {
            while (Last < end)
                Step(isEnd: false);
        }

        /// <summary>The date of the n-th counted day from here; null if an open pause comes first.</summary>
        public DateOnly? Count(int workdays)
        {
            for (var end = Counted + workdays; Counted < end; )
            {
                if (inputs.Pauses.Any(pause => pause.To is null && pause.From <= Last))
                    return null;
                Step(isEnd: Counted + 1 == end);
            }
            return Last;
        }

        private void Step(bool isEnd)
        {
            var date = Last.AddDays(1);
            var moves = isEnd && inputs.VacationRule is VacationRule.ExtendIfEndsInside;
            var day = calendar.Why(date, moves ? VacationRule.Suspend : inputs.VacationRule);
            if (inputs.Pauses.Any(pause => pause.Contains(date)))
                Days.Add(new(day, DayStanding.Paused, null));
            else if (day.IsWorkday)
                Days.Add(new(day, DayStanding.Counted, ++Counted));
            else
                Days.Add(new(day, DayStanding.Off, null));
        }
    }
}

using System.Collections.Immutable;
using EduUnion.Domain.Calendar;

namespace EduUnion.Workflows.Clocks;

/// <summary>What an alarm is for; one alarm may be for several things.</summary>
[Flags]
public enum AlarmKind
{
    None = 0,

    /// <summary>Remind those who must act: so many working days are left.</summary>
    Before = 1,

    /// <summary>The due instant itself: the step's <c>onExpiry</c>.</summary>
    Expiry = 2,

    /// <summary>Remind those who must act: so many working days overdue.</summary>
    Overdue = 4,

    /// <summary>Tell the next level above; <see cref="Alarm.Level"/> says which.</summary>
    Escalation = 8,
}

/// <summary>The next thing a clock has to do.</summary>
/// <param name="Workdays">Working days left before the due date, overdue after it; 0 at the expiry.</param>
/// <param name="Level">Rung of the escalation, from 1; 0 = none.</param>
public sealed record Alarm(DateTimeOffset At, AlarmKind Kind, int Workdays, int Level = 0);

/// <summary>
/// When a clock reminds (domain §7, parameters <c>remind.*</c> and <c>escalate</c>), in working days of the clock's own
/// calendar. A day that does not count for the clock carries no mail, so alarms but the expiry fall on working days.
/// </summary>
public sealed record ReminderLadder
{
    /// <summary>Working days before the due date.</summary>
    public ImmutableArray<int> Before { get; init; } = [7, 3, 1];

    /// <summary>Working days after it; 0 = no overdue reminders.</summary>
    public int AfterFirst { get; init; } = 1;

    /// <summary>Then again after so many; 0 = once only.</summary>
    public int Every { get; init; } = 3;

    /// <summary>Working days overdue at which each level above is told, in order.</summary>
    public ImmutableArray<int> Escalate { get; init; } = [3, 10];

    /// <summary>Time of day of the mails, Asia/Shanghai.</summary>
    public TimeOnly RemindAt { get; init; } = new(8, 30);

    /// <summary>
    /// The single next alarm strictly after an instant, or null: nothing will come (only an open pause ends; resume, then
    /// ask again). A clock needs no more than this one row. Give the instant of the alarm that was just served, not the
    /// present, and none is lost to a standstill of the server; what was missed comes at once, one after the other.
    /// A mark on the start day or before it is dropped.
    /// </summary>
    public Alarm? Next(ClockInputs inputs, WorkingCalendar calendar, DateTimeOffset after)
    {
        var due = Clock.Due(inputs, calendar);
        if (due is not { On: { } on, At: { } at })
            return null;
        var coming = Before
            .Distinct()
            .Select(left => (left, date: due.DateBefore(left)))
            .Where(mark => mark.date is not null)
            .Select(mark => new Alarm(ChinaTime.At(mark.date!.Value, RemindAt), AlarmKind.Before, mark.left))
            .Where(mark => mark.At < at)
            .Append(new(at, AlarmKind.Expiry, 0))
            .Where(alarm => alarm.At > after)
            .MinBy(alarm => alarm.At);
        return coming ?? NextOverdue(inputs, calendar, on, at > after ? at : after);
    }

    private Alarm? NextOverdue(ClockInputs inputs, WorkingCalendar calendar, DateOnly due, DateTimeOffset after)
    {
        var last = AfterFirst > 0 && Every > 0 ? int.MaxValue : Math.Max(AfterFirst, Escalate.DefaultIfEmpty(0).Max());
        var date = due;
        for (var overdue = 1; overdue <= last; overdue++)
        {
            do
            {
                date = date.AddDays(1);
                // An open pause has no end to wait for.
                if (inputs.Pauses.Any(pause => pause.To is null && pause.Contains(date)))
                    return null;
            } while (!Clock.Counts(inputs, calendar, date));

            var level = Escalate.IndexOf(overdue) + 1;
            var kind = (Reminds(overdue) ? AlarmKind.Overdue : 0) | (level > 0 ? AlarmKind.Escalation : 0);
            var alarm = new Alarm(ChinaTime.At(date, RemindAt), kind, overdue, level);
            if (kind != AlarmKind.None && alarm.At > after)
                return alarm;
        }
        return null;
    }

    private bool Reminds(int overdue) =>
        AfterFirst > 0
        && (overdue == AfterFirst || (Every > 0 && overdue > AfterFirst && (overdue - AfterFirst) % Every == 0));
}

using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Cases;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Clocks;

/// <summary>Reads a clock row's inputs, and writes back what follows from them.</summary>
public static class ClockFace
{
    private static readonly JsonSerializerOptions Web = JsonSerializerOptions.Web;

    public static ClockInputs InputsOf(this ClockRow clock) => Inputs(clock.Inputs);

    public static ClockInputs Inputs(string json) => JsonSerializer.Deserialize<ClockInputs>(json, Web)!;

    public static string Write(ClockInputs inputs) => JsonSerializer.Serialize(inputs, Web);

    /// <summary>
    /// Sets the inputs and everything computed from them: due dates, the calendar's version, the next alarm after
    /// <paramref name="served"/> (the alarm that was just served, or the instant of the change).
    /// </summary>
    public static void Set(
        this ClockRow clock,
        ClockInputs inputs,
        WorkingCalendar calendar,
        Rules rules,
        DateTimeOffset served
    )
    {
        var due = Clock.Due(inputs, calendar);
        clock.Inputs = Write(inputs);
        clock.OriginalDueOn = due.OriginalOn;
        clock.DueOn = due.On;
        clock.DueAt = due.At;
        clock.Provisional = due.Provisional;
        clock.CalendarVersion = calendar.Version;
        // A clock with an outcome keeps its due instant even when that is past: the outcome is still to come, and not only
        // when its ladder would ring next.
        clock.NextAt =
            clock is { ExpiryOutcome: not null, StoppedAt: null } && due.At <= served
                ? due.At
                : clock.NextAlarm(calendar, rules, served)?.At;
    }

    /// <summary>Computed with an older calendar. An engine timer counts no working days and has no version.</summary>
    public static bool IsOlderThan(this ClockRow clock, int calendarVersion) =>
        clock.Name != "timer" && clock.CalendarVersion < calendarVersion;

    /// <summary>The open tasks that this clock runs for.</summary>
    public static List<TaskRow> TasksOf(this ClockRow clock, CaseRow row) =>
        [
            .. row.Tasks.Where(t =>
                t.State == TaskState.Open
                && clock.Span switch
                {
                    ClockSpan.Task => t.Id == clock.TaskId,
                    ClockSpan.Step => t.StepId == clock.StepId,
                    _ => t.Part == clock.Part,
                }
            ),
        ];

    public static Alarm? NextAlarm(this ClockRow clock, WorkingCalendar calendar, Rules rules, DateTimeOffset after)
    {
        var ladder = LadderOf(clock.Name, rules);
        var alarm = ladder.Next(clock.InputsOf(), calendar, after);
        // An expiry means something only where the step has an outcome for it; otherwise the ladder goes on.
        return alarm is { Kind: AlarmKind.Expiry } && clock.ExpiryOutcome is null
            ? ladder.Next(clock.InputsOf(), calendar, alarm.At)
            : alarm;
    }

    /// <summary>
    /// The ladder of a clock family: <c>remind.before</c>, <c>remind.after_first</c>, <c>remind.every</c> and
    /// <c>escalate</c>, each replaced by <c>….{family}</c> where that is set; an empty value means none.
    /// </summary>
    public static ReminderLadder LadderOf(string name, Rules rules) =>
        new()
        {
            Before = Numbers(rules, "remind.before", name),
            AfterFirst = Numbers(rules, "remind.after_first", name).FirstOrDefault(),
            Every = Numbers(rules, "remind.every", name).FirstOrDefault(),
            Escalate = Numbers(rules, "escalate", name),
        };

    private static ImmutableArray<int> Numbers(Rules rules, string key, string name)
    {
        var own = $"{key}.{name}";
        key = rules.Has(own) ? own : key;
        return rules.Text(key).Length == 0 ? [] : rules.Numbers(key);
    }
}

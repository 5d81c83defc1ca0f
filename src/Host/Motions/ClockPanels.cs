using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Clocks;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Clocks;
using Day = EduUnion.Domain.Calendar.DayKind;
using Kind = EduUnion.Host.Web.Components.DayKind;

namespace EduUnion.Host.Motions;

/// <summary>Turns a clock's computation into the panel that explains it: nothing is computed anew here.</summary>
public static class ClockPanels
{
    /// <summary>Null while an open pause stands before the due day: nobody knows it.</summary>
    public static ClockPanel? Of(ClockView clock, WorkingCalendar calendar, Rules rules, DateOnly today, Texts texts)
    {
        if (clock.Due.On is not { } on)
            return null;
        var start = texts["clock.starts." + clock.Row.Name];
        var extra = clock.Inputs.Extensions.Sum(e => e.Workdays);
        return new ClockPanel(
            new Due(on, clock.WorkdaysLeft, today) { Provisional = clock.Due.Provisional },
            clock.Due.Workdays,
            clock.Due.Days.Count(d => d.Ordinal is not null && d.Date <= today),
            [.. clock.Due.Days.Select(d => Line(d, start, texts))]
        )
        {
            StartWord = start,
            Ends = clock.Inputs.Until is { } until
                ? TimeOnly.FromTimeSpan(until.ToOffset(ChinaTime.Zone.BaseUtcOffset).TimeOfDay).ToString("HH:mm")
                : clock.Inputs.ClosesAt?.ToString("HH:mm") ?? "24:00",
            Pauses = [.. clock.Inputs.Pauses.Select(p => new DaySpan(p.From, p.To ?? today, texts["clock.pause"]))],
            Extension = extra,
            Original = extra > 0 ? clock.Due.OriginalOn : null,
            Reminders = Reminders(clock, calendar, rules),
            Basis = texts["clock.basis", on.Year, clock.Due.CalendarVersion],
        };
    }

    private static DayLine Line(ClockDay day, string start, Texts texts) =>
        day.Standing switch
        {
            DayStanding.Start => new(day.Date, Kind.Start, null, texts["clock.startDay", start]),
            DayStanding.Paused => new(day.Date, Kind.Paused, null, texts["clock.pause"]),
            DayStanding.Off => new(day.Date, OffKind(day.Day.Kind), null, Why(day.Day, texts)),
            _ when day.Day.Kind == Day.MakeUpWorkday => new(
                day.Date,
                Kind.MakeUp,
                day.Ordinal,
                texts["clock.day.makeUp"]
            ),
            _ => new(day.Date, Kind.Counted, day.Ordinal),
        };

    private static Kind OffKind(Day day) => day == Day.Vacation ? Kind.Paused : Kind.Rest;

    private static string Why(CalendarDay day, Texts texts) =>
        day switch
        {
            { Kind: Day.Weekend } => texts["clock.day.weekend"],
            { Name: { } name } => texts["clock.day.named", Holidays.Name(texts, name)],
            _ => texts["clock.day.off"],
        };

    /// <summary>The mornings before the due day on which the ladder reminds.</summary>
    private static List<DateOnly> Reminders(ClockView clock, WorkingCalendar calendar, Rules rules)
    {
        var ladder = ClockFace.LadderOf(clock.Row.Name, rules);
        var days = new List<DateOnly>();
        var after = clock.Row.StartedAt;
        while (ladder.Next(clock.Inputs, calendar, after) is { Kind: AlarmKind.Before } alarm)
        {
            days.Add(ChinaTime.DateOf(alarm.At));
            after = alarm.At;
        }
        return days;
    }
}

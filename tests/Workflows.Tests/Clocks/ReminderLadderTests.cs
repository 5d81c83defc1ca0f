using EduUnion.Domain.Calendar;
using EduUnion.Workflows.Clocks;
using static EduUnion.Workflows.Tests.Clocks.Calendars;

namespace EduUnion.Workflows.Tests.Clocks;

public class ReminderLadderTests
{
    private static readonly ReminderLadder Shipped = new();

    [Fact]
    public void Next_Scenario5_WalksTheWholeLadder() =>
        Assert.Equal(
            [
                "09-24 08:30 Before 7",
                "10-08 08:30 Before 3",
                "10-10 08:30 Before 1",
                "10-13 00:00 Expiry 0",
                "10-13 08:30 Overdue 1",
                "10-15 08:30 Escalation 3 level 1",
                "10-16 08:30 Overdue 4",
                "10-21 08:30 Overdue 7",
                "10-26 08:30 Overdue, Escalation 10 level 2",
                "10-29 08:30 Overdue 13",
            ],
            Walk(Shipped, Answer, Plain, At("2026-09-08 15:00")).Take(10)
        );

    [Fact]
    public void Next_Scenario5_StartsAgainAfterTheExtension() =>
        Assert.Equal(
            ["10-15 08:30 Before 7", "10-21 08:30 Before 3", "10-23 08:30 Before 1", "10-27 00:00 Expiry 0"],
            Walk(Shipped, Answer.Extend(10, Date("2026-10-09")), Plain, At("2026-10-09 10:00")).Take(4)
        );

    [Fact]
    public void Next_IsStrictlyAfter()
    {
        Assert.Equal(7, Shipped.Next(Answer, Plain, At("2026-09-24 08:29"))!.Workdays);
        Assert.Equal(3, Shipped.Next(Answer, Plain, At("2026-09-24 08:30"))!.Workdays);
    }

    [Fact]
    public void Next_DropsMarksOnTheStartDayOrBefore() =>
        // 3 working days: the mark "3 before" is the start day itself.
        Assert.Equal(
            ["10-15 08:30 Before 1", "10-17 00:00 Expiry 0"],
            Walk(Shipped, new(Date("2026-10-13")) { Workdays = 3 }, Plain, At("2026-10-13 00:00")).Take(2)
        );

    [Fact]
    public void Next_FixedEndOnASundayWarnsOnTheWorkingDaysBefore() =>
        Assert.Equal(
            ["03-04 08:30 Before 3", "03-06 08:30 Before 1", "03-08 17:00 Expiry 0", "03-09 08:30 Overdue 1"],
            Walk(Shipped, new(Date("2026-02-28")) { Until = At("2026-03-08 17:00") }, Plain, At("2026-02-28 09:00"))
                .Take(4)
        );

    [Fact]
    public void Next_OpenPauseBeforeTheEndIsSilent() =>
        Assert.Null(Shipped.Next(Answer.PauseFrom(Date("2026-09-16")), Plain, At("2026-09-16 10:00")));

    [Fact]
    public void Next_OpenPauseOfAnOverdueClockIsSilentAndThenGoesOn()
    {
        var paused = Answer.PauseFrom(Date("2026-10-15"));
        Assert.Equal(["10-13 08:30 Overdue 1"], Walk(Shipped, paused, Plain, At("2026-10-13 00:00")));
        Assert.Equal(
            "10-21 08:30 Escalation 3 level 1",
            Walk(Shipped, paused.ResumeAfter(Date("2026-10-20")), Plain, At("2026-10-20 12:00")).First()
        );
    }

    [Fact]
    public void Next_OverdueRemindersRestInASuspendedVacation() =>
        Assert.Equal(
            ["01-30 00:00 Expiry 0", "01-30 08:30 Overdue 1", "03-02 08:30 Escalation 3 level 1"],
            Walk(
                    Shipped,
                    new(Date("2026-01-28")) { Workdays = 1, VacationRule = VacationRule.Suspend },
                    WithVacation("2026-02-02", "2026-02-27"),
                    At("2026-01-28 09:00")
                )
                .Take(3)
        );

    [Fact]
    public void Next_WithoutOverdueRemindersEndsAfterTheLastEscalation()
    {
        var quiet = Shipped with { AfterFirst = 0, Before = [] };
        Assert.Equal(
            ["10-13 00:00 Expiry 0", "10-15 08:30 Escalation 3 level 1", "10-26 08:30 Escalation 10 level 2"],
            Walk(quiet, Answer, Plain, At("2026-09-08 15:00"))
        );
        Assert.Equal(
            ["10-13 00:00 Expiry 0", "10-14 08:30 Overdue 2"],
            Walk(quiet with { AfterFirst = 2, Every = 0, Escalate = [] }, Answer, Plain, At("2026-09-08 15:00"))
        );
    }

    private static IEnumerable<string> Walk(
        ReminderLadder ladder,
        ClockInputs inputs,
        WorkingCalendar calendar,
        DateTimeOffset after
    )
    {
        while (ladder.Next(inputs, calendar, after) is { } alarm)
        {
            Assert.True(alarm.At > after);
            after = alarm.At;
            var level = alarm.Level > 0 ? $" level {alarm.Level}" : "";
            yield return $"{alarm.At.ToOffset(TimeSpan.FromHours(8)):MM-dd HH:mm} {alarm.Kind} {alarm.Workdays}{level}";
        }
    }
}

using EduUnion.Domain.Calendar;
using static EduUnion.Domain.Tests.Calendar.Calendars;

namespace EduUnion.Domain.Tests.Calendar;

/// <summary>The computed vectors of the domain specification §4.3, and the reasons given for days.</summary>
public class WorkingCalendarTests
{
    [Theory]
    [InlineData("2025-01-22", 5, "2025-02-05")]
    [InlineData("2025-09-26", 1, "2025-09-28")]
    [InlineData("2025-09-26", 10, "2025-10-16")]
    [InlineData("2026-02-11", 5, "2026-02-25")]
    [InlineData("2026-02-10", 10, "2026-03-02")]
    [InlineData("2026-04-30", 1, "2026-05-06")]
    [InlineData("2026-05-08", 1, "2026-05-09")]
    [InlineData("2026-09-18", 1, "2026-09-20")]
    [InlineData("2026-09-18", 2, "2026-09-21")]
    [InlineData("2026-09-23", 5, "2026-10-08")]
    [InlineData("2026-03-10", 30, "2026-04-22")]
    [InlineData("2026-09-08", 20, "2026-10-12")]
    [InlineData("2026-11-18", 5, "2026-11-25")]
    [InlineData("2026-11-18", 0, "2026-11-18")]
    public void AddWorkdays_CountsFromTheNextDay(string start, int workdays, string end) =>
        Assert.Equal(Date(end), Plain.AddWorkdays(Date(start), workdays));

    [Theory]
    [InlineData("2025-11-30", 3, "2026-02-28")]
    [InlineData("2026-07-01", 3, "2026-10-08")]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2026-01-15", 1, "2026-02-24")]
    public void AddMonths_TakesTheCorrespondingDateAndRollsForward(string start, int months, string end) =>
        Assert.Equal(Date(end), Plain.AddMonths(Date(start), months));

    [Fact]
    public void AddDays_RollsForwardOverTheHoliday() =>
        Assert.Equal(Date("2026-10-08"), Plain.AddDays(Date("2026-09-21"), 10));

    [Theory]
    [InlineData("2026-10-12", "2026-09-24", "2026-10-08", "2026-10-10")]
    [InlineData("2026-10-08", "2026-09-21", "2026-09-28", "2026-09-30")]
    [InlineData("2026-10-26", "2026-10-15", "2026-10-21", "2026-10-23")]
    public void BackWorkdays_GivesTheWarningMarks(string due, string seven, string three, string one)
    {
        Assert.Equal(Date(seven), Plain.BackWorkdays(Date(due), 7));
        Assert.Equal(Date(three), Plain.BackWorkdays(Date(due), 3));
        Assert.Equal(Date(one), Plain.BackWorkdays(Date(due), 1));
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    public void WorkdaysBetween_CountsAWholeYear(int year) =>
        Assert.Equal(248, Plain.WorkdaysBetween(new(year - 1, 12, 31), new(year, 12, 31)));

    [Fact]
    public void WorkdaysBetween_IsNegativeBackward() =>
        Assert.Equal(-4, Plain.WorkdaysBetween(Date("2026-10-12"), Date("2026-09-30")));

    [Fact]
    public void AddWorkdays_SuspendSkipsTheVacation() =>
        Assert.Equal(
            Date("2026-03-03"),
            WithVacation("2026-02-02", "2026-02-27").AddWorkdays(Date("2026-01-28"), 5, VacationRule.Suspend)
        );

    [Theory]
    [InlineData(2, "2026-01-30")] // ends before it
    [InlineData(5, "2026-02-28")] // ends inside: the make-up Saturday is the first working day after
    [InlineData(19, "2026-03-02")] // ends after it, its days having counted
    public void AddWorkdays_ExtendIfEndsInsideMovesOnlyTheEnd(int workdays, string end) =>
        Assert.Equal(
            Date(end),
            WithVacation("2026-02-02", "2026-02-27")
                .AddWorkdays(Date("2026-01-28"), workdays, VacationRule.ExtendIfEndsInside)
        );

    [Theory]
    [InlineData("2026-09-21", DayKind.Workday, null)]
    [InlineData("2026-09-20", DayKind.MakeUpWorkday, null)]
    [InlineData("2026-09-19", DayKind.Weekend, null)]
    [InlineData("2026-09-26", DayKind.StatutoryHoliday, "中秋")]
    [InlineData("2026-09-10", DayKind.LocalClosure, "区教师节活动")]
    [InlineData("2026-03-08", DayKind.Weekend, null)]
    public void Why_NamesTheReason(string date, DayKind kind, string? name)
    {
        var calendar = new WorkingCalendar(
            1,
            Shipped,
            [new("区教师节活动", Date("2026-09-10"), Date("2026-09-12"))],
            []
        );
        Assert.Equal(new CalendarDay(Date(date), kind, name), calendar.Why(Date(date)));
    }

    [Fact]
    public void Why_VacationMattersOnlyWhereItSuspends()
    {
        var calendar = WithVacation("2026-02-02", "2026-02-27");
        var date = Date("2026-02-07");
        Assert.Equal(DayKind.Weekend, calendar.Why(date).Kind);
        Assert.Equal(new CalendarDay(date, DayKind.Vacation, "寒假"), calendar.Why(date, VacationRule.Suspend));
        Assert.True(calendar.IsWorkday(Date("2026-02-06"), VacationRule.ExtendIfEndsInside));
    }

    [Fact]
    public void Why_OutsideTheCalendarThrows()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.Why(new(1999, 12, 31)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.AddWorkdays(new(2099, 12, 30), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plain.AddWorkdays(new(2026, 1, 1), -1));
    }
}

using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Workflows.Clocks;
using static EduUnion.Workflows.Tests.Clocks.Calendars;

namespace EduUnion.Workflows.Tests.Clocks;

public class ClockTests
{
    [Fact]
    public void Due_Scenario1_ThirtyWorkingDaysFromFiling()
    {
        var due = Clock.Due(new(Date("2026-03-10")) { Workdays = 30 }, Plain);
        Assert.Equal(Date("2026-04-22"), due.On);
        Assert.Equal(At("2026-04-23 00:00"), due.At);
        Assert.False(due.Provisional);
        Assert.Equal(3, due.CalendarVersion);
    }

    [Fact]
    public void Due_Scenario5_ExplainsEveryDay()
    {
        var due = Clock.Due(Answer, Plain);

        Assert.Equal(Date("2026-10-12"), due.On);
        Assert.Equal(due.On, due.OriginalOn);
        Assert.Equal(35, due.Days.Length);
        Assert.Equal(new(Plain.Why(Date("2026-09-08")), DayStanding.Start, null), due.Days[0]);
        Assert.Equal(
            Enumerable.Range(1, 20),
            due.Days.Where(day => day.Ordinal is not null).Select(day => day.Ordinal!.Value)
        );
        Assert.Equal(
            new(new(Date("2026-09-20"), DayKind.MakeUpWorkday), DayStanding.Counted, 9),
            Line(due, "2026-09-20")
        );
        Assert.Equal(19, Line(due, "2026-10-10").Ordinal);
        Assert.Equal(
            new(new(Date("2026-09-25"), DayKind.StatutoryHoliday, "中秋"), DayStanding.Off, null),
            Line(due, "2026-09-25")
        );
        Assert.Equal(
            ["Weekend", "StatutoryHoliday"],
            due.Days.Where(day => day.Standing is DayStanding.Off).Select(day => day.Day.Kind.ToString()).Distinct()
        );
    }

    [Fact]
    public void Due_Scenario5_ExtensionCountsFromTheOriginalDate()
    {
        var due = Clock.Due(Answer.Extend(10, Date("2026-10-08")), Plain);
        Assert.Equal(Date("2026-10-12"), due.OriginalOn);
        Assert.Equal(Date("2026-10-26"), due.On);
        Assert.Equal(30, due.Workdays);
        Assert.Equal(20, Line(due, "2026-10-12").Ordinal);
    }

    [Fact]
    public void Due_PausedDaysDoNotCount()
    {
        var paused = Answer.PauseFrom(Date("2026-09-16")).PauseFrom(Date("2026-09-17")).ResumeAfter(Date("2026-09-18"));
        var due = Clock.Due(paused, Plain);
        Assert.Equal(Date("2026-10-15"), due.On);
        Assert.Equal(
            ["2026-09-16", "2026-09-17", "2026-09-18"],
            due.Days.Where(day => day.Standing is DayStanding.Paused).Select(day => $"{day.Date:yyyy-MM-dd}")
        );
    }

    [Fact]
    public void Due_OpenPauseBeforeTheEndLeavesItUnknown()
    {
        var paused = Answer.PauseFrom(Date("2026-09-16"));
        var due = Clock.Due(paused, Plain);
        Assert.Null(due.On);
        Assert.Null(due.At);
        Assert.Equal(Date("2026-09-16"), due.Days[^1].Date);
        Assert.Equal(15, Clock.WorkdaysLeft(paused, Plain, Date("2026-11-02")));
    }

    [Fact]
    public void Due_OpenPauseAfterTheEndChangesNothing() =>
        Assert.Equal(Date("2026-10-12"), Clock.Due(Answer.PauseFrom(Date("2026-10-13")), Plain).On);

    [Fact]
    public void Due_PauseOnTheLastDayMovesIt() =>
        Assert.Equal(
            Date("2026-10-13"),
            Clock.Due(Answer.PauseFrom(Date("2026-10-12")).ResumeAfter(Date("2026-10-12")), Plain).On
        );

    [Fact]
    public void Due_SuspendSkipsTheVacationAndNamesIt()
    {
        var due = Clock.Due(
            new(Date("2026-01-28")) { Workdays = 5, VacationRule = VacationRule.Suspend },
            WithVacation("2026-02-02", "2026-02-27")
        );
        Assert.Equal(Date("2026-03-03"), due.On);
        Assert.Equal(
            new(new(Date("2026-02-17"), DayKind.Vacation, "寒假"), DayStanding.Off, null),
            Line(due, "2026-02-17")
        );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(19)]
    public void Due_ExtendIfEndsInsideAgreesWithTheCalendar(int workdays)
    {
        var calendar = WithVacation("2026-02-02", "2026-02-27");
        var due = Clock.Due(
            new(Date("2026-01-28")) { Workdays = workdays, VacationRule = VacationRule.ExtendIfEndsInside },
            calendar
        );
        Assert.Equal(calendar.AddWorkdays(Date("2026-01-28"), workdays, VacationRule.ExtendIfEndsInside), due.On);
        Assert.Equal(workdays, due.Days[^1].Ordinal);
    }

    [Fact]
    public void Due_ExtendIfEndsInsideShowsTheDaysThatItPassedOver()
    {
        var due = Clock.Due(
            new(Date("2026-01-28")) { Workdays = 5, VacationRule = VacationRule.ExtendIfEndsInside },
            WithVacation("2026-02-02", "2026-02-27")
        );
        Assert.Equal(4, Line(due, "2026-02-03").Ordinal);
        Assert.Equal(
            new(new(Date("2026-02-04"), DayKind.Vacation, "寒假"), DayStanding.Off, null),
            Line(due, "2026-02-04")
        );
    }

    [Fact]
    public void Due_ClosesAtTheEndOfBusiness() =>
        Assert.Equal(At("2026-10-12 17:00"), Clock.Due(Answer with { ClosesAt = new(17, 0) }, Plain).At);

    [Fact]
    public void Due_FixedEndStandsWhateverTheCalendarSays()
    {
        var collection = new ClockInputs(Date("2026-02-23")) { Until = At("2026-03-08 17:00") };
        var due = Clock.Due(collection.PauseFrom(Date("2026-03-03")).ResumeAfter(Date("2026-03-04")), Plain);
        Assert.Equal(At("2026-03-08 17:00"), due.At);
        Assert.Equal(Date("2026-03-08"), due.On);
        Assert.Equal(8, due.Workdays);
        Assert.Null(due.Days[^1].Ordinal);
        Assert.Equal(At("2026-03-10 17:00"), Clock.Due(collection.Extend(2, Date("2026-03-06")), Plain).At);
    }

    [Fact]
    public void Due_IntoAYearWithoutScheduleIsProvisional()
    {
        Assert.False(Clock.Due(new(Date("2026-12-24")) { Workdays = 5 }, Plain).Provisional);
        var due = Clock.Due(new(Date("2026-12-24")) { Workdays = 6 }, Plain);
        Assert.True(due.Provisional);
        Assert.Equal(Date("2027-01-04"), due.On);
    }

    [Theory]
    [InlineData("2026-09-08", 20)]
    [InlineData("2026-09-29", 5)]
    [InlineData("2026-09-30", 4)] // the extension is asked in time
    [InlineData("2026-10-03", 4)]
    [InlineData("2026-10-12", 0)]
    [InlineData("2026-10-13", -1)]
    [InlineData("2026-10-16", -4)]
    [InlineData("2026-10-18", -4)]
    public void WorkdaysLeft_CountsTheDaysAfterToday(string today, int left) =>
        Assert.Equal(left, Clock.WorkdaysLeft(Answer, Plain, Date(today)));

    [Fact]
    public void WorkdaysLeft_BeforeTheStartDay_CountsTheDaysUntilItToo() =>
        // Fifteen of the period from Monday 19 October on, and the five of the week before.
        Assert.Equal(15 + 5, Clock.WorkdaysLeft(new(Date("2026-10-19")) { Workdays = 15 }, Plain, Date("2026-10-12")));

    [Fact]
    public void WorkdaysLeft_IsNegativeOnTheWeekendAfterAFriday() =>
        Assert.Equal(-1, Clock.WorkdaysLeft(new(Date("2026-10-15")) { Workdays = 1 }, Plain, Date("2026-10-17")));

    [Fact]
    public void Due_ZeroDaysIsTheStartDay() =>
        Assert.Equal(Date("2026-09-08"), Clock.Due(Answer with { Workdays = 0 }, Plain).On);

    [Fact]
    public void Due_NegativeLengthThrows() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Due(Answer with { Workdays = -1 }, Plain));

    [Fact]
    public void Inputs_SurviveTheirJson()
    {
        var inputs = (Answer with { VacationRule = VacationRule.Suspend, ClosesAt = new(17, 0) })
            .PauseFrom(Date("2026-09-16"))
            .ResumeAfter(Date("2026-09-18"))
            .Extend(10, Date("2026-10-08"))
            .PauseFrom(Date("2026-10-20"));
        var json = JsonSerializer.Serialize(inputs, JsonSerializerOptions.Web);

        var read = JsonSerializer.Deserialize<ClockInputs>(json, JsonSerializerOptions.Web)!;

        Assert.Equal(json, JsonSerializer.Serialize(read, JsonSerializerOptions.Web));
        Assert.Equal(inputs.Pauses, read.Pauses);
        Assert.Equal(inputs.Extensions, read.Extensions);
        Assert.Contains("\"vacationRule\":\"Suspend\"", json);
        Assert.Equal(
            Date("2026-10-12"),
            Clock
                .Due(
                    JsonSerializer.Deserialize<ClockInputs>(
                        """{"start":"2026-09-08","workdays":20}""",
                        JsonSerializerOptions.Web
                    )!,
                    Plain
                )
                .On
        );
    }

    private static ClockDay Line(DueDate due, string date) => due.Days.Single(day => day.Date == Date(date));
}

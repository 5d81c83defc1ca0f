using EduUnion.Domain.Calendar;
using static EduUnion.Domain.Tests.Calendar.Calendars;

namespace EduUnion.Domain.Tests.Calendar;

public class StatutoryHolidaysTests
{
    [Fact]
    public void NameOf_GivesTheThirteenDaysOf2027() =>
        Assert.Equal(
            [
                "01-01 元旦",
                "02-05 春节",
                "02-06 春节",
                "02-07 春节",
                "02-08 春节",
                "04-05 清明",
                "05-01 劳动节",
                "05-02 劳动节",
                "06-09 端午",
                "09-15 中秋",
                "10-01 国庆节",
                "10-02 国庆节",
                "10-03 国庆节",
            ],
            Of(2027).Select(day => $"{day.Date:MM-dd} {day.Name}")
        );

    /// <summary>
    /// The published schedules are the check of the moon and the sun: no computed day is a working day in them, except
    /// the eve of Spring Festival and 2 May, which became statutory in 2025.
    /// </summary>
    [Fact]
    public void NameOf_AgreesWithEveryPublishedYear() =>
        Assert.All(
            Shipped
                .Years.Keys.SelectMany(Of)
                .Where(day => day.Date.Year >= 2025 || day.Name is "清明" or "端午" or "中秋"),
            day => Assert.Contains(day.Name, Shipped.DayOf(day.Date).Name ?? "")
        );

    [Theory]
    [InlineData("2020-06-25", "端午")] // after a leap fourth month
    [InlineData("2025-10-06", "中秋")] // after a leap sixth month
    [InlineData("2020-10-01", "中秋、国庆节")] // two on one day
    [InlineData("2028-04-04", "清明")]
    public void NameOf_KnowsLeapMonthsAndMeetingDays(string date, string name) =>
        Assert.Equal(name, StatutoryHolidays.NameOf(Date(date)));

    [Fact]
    public void Why_YearWithoutScheduleIsProvisional()
    {
        Assert.Equal(
            new CalendarDay(Date("2027-01-01"), DayKind.StatutoryHoliday, "元旦", true),
            Plain.Why(Date("2027-01-01"))
        );
        Assert.Equal(new CalendarDay(Date("2027-02-09"), DayKind.Workday, null, true), Plain.Why(Date("2027-02-09")));
        Assert.Equal(new CalendarDay(Date("2027-05-08"), DayKind.Weekend, null, true), Plain.Why(Date("2027-05-08")));
        Assert.False(Plain.Why(Date("2026-12-31")).Provisional);
    }

    private static IEnumerable<(DateOnly Date, string Name)> Of(int year)
    {
        for (var date = new DateOnly(year, 1, 1); date.Year == year; date = date.AddDays(1))
            if (StatutoryHolidays.NameOf(date) is { } name)
                yield return (date, name);
    }
}

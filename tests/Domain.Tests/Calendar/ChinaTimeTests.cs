using EduUnion.Domain.Calendar;

namespace EduUnion.Domain.Tests.Calendar;

public class ChinaTimeTests
{
    [Fact]
    public void DateOf_TurnsAtMidnightInShanghai()
    {
        Assert.Equal(new(2026, 3, 10), ChinaTime.DateOf(new(2026, 3, 10, 15, 59, 59, TimeSpan.Zero)));
        Assert.Equal(new(2026, 3, 11), ChinaTime.DateOf(new(2026, 3, 10, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new(2026, 3, 11), ChinaTime.DateOf(new(2026, 3, 10, 11, 0, 0, TimeSpan.FromHours(-5))));
    }

    [Fact]
    public void EndOfDay_Is24OfTheDate() =>
        Assert.Equal(new(2026, 3, 11, 0, 0, 0, TimeSpan.FromHours(8)), ChinaTime.EndOfDay(new(2026, 3, 10)));

    [Fact]
    public void At_IsUtc()
    {
        var at = ChinaTime.At(new(2026, 3, 10), new(8, 30));
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 0, 30, 0, TimeSpan.Zero), at);
        Assert.Equal(TimeSpan.Zero, at.Offset);
    }

    /// <summary>The zone is built in the code; the machine's own data must agree with it over the calendar's years.</summary>
    [Fact]
    public void Zone_AgreesWithTheNamedZone()
    {
        var named = TimeZoneInfo.FindSystemTimeZoneById(ChinaTime.ZoneId);
        for (var date = WorkingCalendar.Earliest; date < new DateOnly(2040, 1, 1); date = date.AddDays(7))
            Assert.Equal(ChinaTime.Zone.BaseUtcOffset, named.GetUtcOffset(ChinaTime.At(date, new(12, 0))));
    }
}

using System.Globalization;
using EduUnion.Host.Web;

namespace EduUnion.Host.Tests.Web;

public sealed class DatesTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo(Texts.Chinese);
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo(Texts.English);

    [Fact]
    public void Day_TellsWeekday()
    {
        Assert.Equal("10月12日 周一", Dates.Day(new(2026, 10, 12), Chinese));
        Assert.Equal("10月11日 周日", Dates.Day(new(2026, 10, 11), Chinese));
        Assert.Equal("Mon 12 Oct", Dates.Day(new(2026, 10, 12), English));
    }

    [Fact]
    public void DayFrom_TellsTheYearOnlyWhenItIsAnother()
    {
        Assert.Equal("10月12日 周一", Dates.DayFrom(new(2026, 1, 1), new(2026, 10, 12), Chinese));
        Assert.Equal("2027年1月12日 周二", Dates.DayFrom(new(2026, 9, 29), new(2027, 1, 12), Chinese));
        Assert.Equal("Tue 12 Jan 2027", Dates.DayFrom(new(2026, 9, 29), new(2027, 1, 12), English));
    }

    [Fact]
    public void Long_IsAsDocumentsAreDated()
    {
        Assert.Equal("2026年3月10日", Dates.Long(new(2026, 3, 10), Chinese));
        Assert.Equal("10 March 2026", Dates.Long(new(2026, 3, 10), English));
    }

    [Fact]
    public void Range_SharesTheMonth()
    {
        Assert.Equal("9月25–27日", Dates.Range(new(2026, 9, 25), new(2026, 9, 27), Chinese));
        Assert.Equal("9月28日–10月2日", Dates.Range(new(2026, 9, 28), new(2026, 10, 2), Chinese));
        Assert.Equal("28 Sep – 2 Oct", Dates.Range(new(2026, 9, 28), new(2026, 10, 2), English));
        Assert.Equal("25 Sep", Dates.Range(new(2026, 9, 25), new(2026, 9, 25), English));
    }

    [Fact]
    public void Instant_IsToldInShanghai()
    {
        var lateEvening = new DateTimeOffset(2026, 9, 28, 16, 5, 0, TimeSpan.Zero);

        Assert.Equal("9月29日 00:05", Dates.Instant(lateEvening, Chinese));
        Assert.Equal("2026-09-29T00:05+08:00", Dates.Machine(lateEvening));
    }
}

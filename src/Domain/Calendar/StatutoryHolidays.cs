using System.Collections.Frozen;
using System.Globalization;

namespace EduUnion.Domain.Calendar;

/// <summary>
/// The thirteen statutory days of every year from 2000 to 2099 under the Regulation on Public Holidays
/// (全国年节及纪念日放假办法) as in force since 2025. They stand in for a year whose schedule is not published; what is
/// moved around them is not known before the notice.
/// </summary>
public static class StatutoryHolidays
{
    private static readonly ChineseLunisolarCalendar Lunar = new();

    private static readonly FrozenDictionary<DateOnly, string> Names = Enumerable
        .Range(2000, 100)
        .SelectMany(OfYear)
        .GroupBy(day => day.Date)
        // 中秋 can fall on a day of 国庆节.
        .ToFrozenDictionary(same => same.Key, same => string.Join('、', same.Select(day => day.Name)));

    /// <summary>Name of the statutory holiday on this date, or null.</summary>
    public static string? NameOf(DateOnly date) => Names.GetValueOrDefault(date);

    /// <summary>正月初一 of the year, 2000 to 2099.</summary>
    public static DateOnly SpringFestival(int year) => FromLunar(year, 1, 1);

    private static IEnumerable<(DateOnly Date, string Name)> OfYear(int year)
    {
        yield return (new(year, 1, 1), "元旦");
        // 除夕 to 初三. 除夕 is the day before, for the twelfth month has 29 or 30 days.
        for (var day = -1; day < 3; day++)
            yield return (FromLunar(year, 1, 1).AddDays(day), "春节");
        yield return (Qingming(year), "清明");
        yield return (new(year, 5, 1), "劳动节");
        yield return (new(year, 5, 2), "劳动节");
        yield return (FromLunar(year, 5, 5), "端午");
        yield return (FromLunar(year, 8, 15), "中秋");
        for (var day = 1; day <= 3; day++)
            yield return (new(year, 10, day), "国庆节");
    }

    private static DateOnly FromLunar(int year, int month, int day)
    {
        // The calendar numbers a leap month through, so every month after it stands one higher.
        var leap = Lunar.GetLeapMonth(year);
        var number = leap > 0 && month >= leap ? month + 1 : month;
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, number, day, 0, 0, 0, 0));
    }

    // The sun reaches 15° of longitude; the customary formula, valid for 2000–2099.
    private static DateOnly Qingming(int year)
    {
        var inCentury = year % 100;
        return new(year, 4, (int)(inCentury * 0.2422 + 4.81) - inCentury / 4);
    }
}

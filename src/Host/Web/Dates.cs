using System.Globalization;

namespace EduUnion.Host.Web;

/// <summary>Dates as people here write them, in Chinese or English; instants are told in the time of Shanghai.</summary>
public static class Dates
{
    /// <summary>The one zone of the product; China has no daylight saving time.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>For documents, which are Chinese whoever looks at them.</summary>
    public static CultureInfo Chinese { get; } = CultureInfo.GetCultureInfo(Texts.Chinese);

    /// <summary>The legal date of an instant.</summary>
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).Date);

    /// <summary>10月12日 周一 · Mon 12 Oct</summary>
    public static string Day(DateOnly day, CultureInfo? culture = null) =>
        IsChinese(culture)
            ? $"{day.Month}月{day.Day}日 {Weekday(day)}"
            : day.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Day"/>, with the year when it is another than <paramref name="today"/>'s: 2027年1月12日 周二 · Tue 12 Jan 2027.</summary>
    public static string DayFrom(DateOnly today, DateOnly day, CultureInfo? culture = null) =>
        day.Year == today.Year ? Day(day, culture)
        : IsChinese(culture) ? $"{day.Year}年{Day(day, culture)}"
        : Day(day, culture) + day.ToString(" yyyy", CultureInfo.InvariantCulture);

    /// <summary>2026年9月29日 周二 · Tue 29 Sep 2026</summary>
    public static string DayWithYear(DateOnly day, CultureInfo? culture = null) =>
        DayFrom(day.AddYears(-1), day, culture);

    /// <summary>10月12日 · 12 Oct</summary>
    public static string Short(DateOnly day, CultureInfo? culture = null) =>
        IsChinese(culture) ? $"{day.Month}月{day.Day}日" : day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>2026年3月10日 · 10 March 2026, as documents are dated.</summary>
    public static string Long(DateOnly day, CultureInfo? culture = null) =>
        IsChinese(culture)
            ? $"{day.Year}年{day.Month}月{day.Day}日"
            : day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>9月25–27日 · 25–27 Sep; over a month's end 9月28日–10月2日 · 28 Sep – 2 Oct.</summary>
    public static string Range(DateOnly from, DateOnly to, CultureInfo? culture = null)
    {
        if (from == to)
            return Short(from, culture);
        var oneMonth = from.Month == to.Month && from.Year == to.Year;
        if (IsChinese(culture))
            return oneMonth ? $"{from.Month}月{from.Day}–{to.Day}日" : $"{Short(from, culture)}–{Short(to, culture)}";
        return oneMonth ? $"{from.Day}–{Short(to, culture)}" : $"{Short(from, culture)} – {Short(to, culture)}";
    }

    /// <summary>9月28日 16:05 · 28 Sep 16:05</summary>
    public static string Instant(DateTimeOffset instant, CultureInfo? culture = null) =>
        $"{Short(Of(instant), culture)} {Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>2026年9月29日 10:20 · 29 September 2026 10:20</summary>
    public static string LongInstant(DateTimeOffset instant, CultureInfo? culture = null) =>
        $"{Long(Of(instant), culture)} {Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>For the datetime attribute of &lt;time&gt;.</summary>
    public static string Machine(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset instant) =>
        Local(instant).ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture);

    private static string Weekday(DateOnly day) => "周" + "日一二三四五六"[(int)day.DayOfWeek];

    private static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    private static bool IsChinese(CultureInfo? culture) =>
        (culture ?? CultureInfo.CurrentUICulture).TwoLetterISOLanguageName != Texts.English;
}

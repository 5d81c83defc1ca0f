namespace EduUnion.Domain.Calendar;

/// <summary>The one legal time zone of the product: turns instants into legal dates and back. Instants are UTC.</summary>
public static class ChinaTime
{
    /// <summary>IANA name of the zone, for calendars and schedulers outside this program.</summary>
    public const string ZoneId = "Asia/Shanghai";

    // Built here and not looked up: the zone has had no daylight saving since 1991, and a machine without zone data
    // must not shift a deadline.
    public static TimeZoneInfo Zone { get; } =
        TimeZoneInfo.CreateCustomTimeZone(ZoneId, TimeSpan.FromHours(8), ZoneId, ZoneId);

    /// <summary>The legal date on which an instant lies.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(instant.ToOffset(Zone.BaseUtcOffset).DateTime);

    /// <summary>
    /// 24:00 of a date (Civil Code art. 203). The instant itself lies on the next date, so print the date it was made
    /// from and never <see cref="DateOf"/> of it.
    /// </summary>
    public static DateTimeOffset EndOfDay(DateOnly date) => At(date.AddDays(1), TimeOnly.MinValue);

    /// <summary>The instant at which the clocks of Shanghai show this date and time.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time) =>
        new DateTimeOffset(date.ToDateTime(time), Zone.BaseUtcOffset).ToUniversalTime();
}

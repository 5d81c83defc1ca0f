namespace EduUnion.Host.Mail;

/// <summary>
/// When mail may leave: working days 08:30–18:00 Asia/Shanghai (domain §7); urgent mail at any hour. Whatever falls
/// outside waits for the next working morning.
/// </summary>
/// <param name="nextMorning">The calendar: the first 08:30 of a working day at or after the given instant.</param>
public sealed class DeliveryHours(Func<DateTimeOffset, DateTimeOffset> nextMorning)
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8); // Asia/Shanghai has had no summer time since 1991.
    private static readonly TimeSpan Opens = new(8, 30, 0);
    private static readonly TimeSpan Closes = new(18, 0, 0);
    private static readonly TimeSpan Gathering = TimeSpan.FromMinutes(15);

    public static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(Offset).DateTime);

    /// <summary>The instant from which the notice may be fanned out; at or before now means: now.</summary>
    public DateTimeOffset Earliest(Notice notice, DateTimeOffset now)
    {
        if (notice.Urgent)
            return notice.At;
        var earliest = Within(notice.At);
        if (notice.Reminder)
            earliest = FullQuarter(earliest);
        // Due in the past but looked at in the night (the worker stood still): still nobody is woken.
        return earliest <= now ? Within(now) : earliest;
    }

    private DateTimeOffset Within(DateTimeOffset at)
    {
        var local = at.ToOffset(Offset);
        var midnight = local - local.TimeOfDay;
        var works = nextMorning(midnight).ToOffset(Offset).Date == local.Date;
        return works && local.TimeOfDay >= Opens && local.TimeOfDay < Closes ? at : nextMorning(at);
    }

    // One sweep writes its reminders over seconds or minutes; the next full quarter of an hour sees them all.
    private static DateTimeOffset FullQuarter(DateTimeOffset at)
    {
        var past = at.UtcTicks % Gathering.Ticks;
        return past == 0 ? at : at.AddTicks(Gathering.Ticks - past);
    }
}

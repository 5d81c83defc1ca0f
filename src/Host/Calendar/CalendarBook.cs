using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Calendar;

/// <summary>The working calendar of an organisation, from the latest version.</summary>
public sealed class CalendarBook(EduUnionDb db, OrganisationBook organisations, LatestCalendar latest)
{
    /// <summary>A version recorded on this node is used at once, one recorded on another node within three seconds.</summary>
    public async Task<WorkingCalendar> ForAsync(Guid organisation, CancellationToken cancellation) =>
        Of(await LatestAsync(cancellation), organisation);

    /// <summary>The part of a version that reaches an organisation.</summary>
    public WorkingCalendar Of(ReadCalendar version, Guid organisation)
    {
        var path = organisations.Path(organisation);
        var reaching = version.Local.Where(off => path.Contains(off.OrganisationId)).ToLookup(off => off.IsVacation);
        return new WorkingCalendar(version.Number, version.Schedule, Days(reaching[false]), Days(reaching[true]));
        static ImmutableArray<DaysOff> Days(IEnumerable<LocalDaysOff> off) =>
            [.. off.Select(o => new DaysOff(o.Name, o.From, o.To))];
    }

    public async Task<ReadCalendar> LatestAsync(CancellationToken cancellation) =>
        await latest.GetAsync(db.Set<CalendarVersion>().AsNoTracking(), cancellation);

    /// <summary>Writes the next version in the caller's transaction; call <see cref="Changed"/> after the commit.</summary>
    public void Append(
        ReadCalendar before,
        StatutorySchedule schedule,
        IEnumerable<LocalDaysOff> local,
        string note,
        Guid? by,
        DateTimeOffset now
    ) =>
        db.Add(
            new CalendarVersion
            {
                Number = before.Number + 1,
                Schedule = schedule.ToJson(),
                Local = JsonSerializer.Serialize(local, JsonSerializerOptions.Web),
                RecordedAt = now,
                RecordedBy = by,
                Note = note,
            }
        );

    public void Changed() => latest.Forget();
}

/// <summary>A calendar version with its documents read.</summary>
public sealed record ReadCalendar(int Number, StatutorySchedule Schedule, ImmutableArray<LocalDaysOff> Local)
{
    public DateTimeOffset RecordedAt { get; init; }

    public static ReadCalendar None { get; } = new(0, StatutorySchedule.Empty, []);
}

/// <summary>What this process remembers of the latest version.</summary>
public sealed class LatestCalendar(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private Kept? _kept;

    internal async ValueTask<ReadCalendar> GetAsync(IQueryable<CalendarVersion> table, CancellationToken cancellation)
    {
        var kept = Volatile.Read(ref _kept);
        if (kept is not null && time.GetElapsedTime(kept.CheckedAt) < Fresh)
            return kept.Calendar;
        var checkedAt = time.GetTimestamp();
        var number = await table.MaxAsync(v => (int?)v.Number, cancellation) ?? 0;
        var calendar =
            kept?.Calendar.Number == number ? kept.Calendar
            : number == 0 ? ReadCalendar.None
            : Read(await table.SingleAsync(v => v.Number == number, cancellation));
        Volatile.Write(ref _kept, new Kept(calendar, checkedAt));
        return calendar;
    }

    internal void Forget() => Volatile.Write(ref _kept, null);

    private static ReadCalendar Read(CalendarVersion version) =>
        new(
            version.Number,
            StatutorySchedule.Parse(version.Schedule).Value,
            JsonSerializer.Deserialize<ImmutableArray<LocalDaysOff>>(version.Local, JsonSerializerOptions.Web)
        )
        {
            RecordedAt = version.RecordedAt,
        };

    private sealed record Kept(ReadCalendar Calendar, long CheckedAt);
}

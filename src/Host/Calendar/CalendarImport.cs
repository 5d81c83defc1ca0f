using EduUnion.Domain;
using EduUnion.Domain.Calendar;

namespace EduUnion.Host.Calendar;

/// <summary>What an import would do.</summary>
/// <param name="Version">The version it was computed against; hand it back when applying.</param>
public sealed record ImportPreview(int Version, ScheduleChanges Days, MovedClocks Clocks);

/// <summary>The yearly import of the State Council's schedule: first looked at, then applied.</summary>
public sealed class CalendarImport(CalendarChanges changes)
{
    /// <summary>Refusals: those of <see cref="ScheduleLines.Read"/>, <c>calendar.unchanged</c>.</summary>
    public async Task<Outcome<ImportPreview>> PreviewAsync(string text, CancellationToken cancellation)
    {
        var read = await ReadAsync(text, cancellation);
        if (!read.IsOk)
            return read.Refusal;
        var change = read.Value;
        return new ImportPreview(
            change.Before.Number,
            ScheduleChanges.Between(change.Before.Schedule, change.Schedule),
            await changes.MovesAsync(change, cancellation)
        );
    }

    /// <summary>
    /// Writes the next version. Refusals: those of the preview and of <see cref="CalendarChanges.RecordAsync"/>;
    /// <c>calendar.stale</c> (412) when <paramref name="seen"/> is not the latest version, so a second submit changes nothing.
    /// </summary>
    public async Task<Outcome<int>> ApplyAsync(
        string text,
        int seen,
        string note,
        Guid by,
        CancellationToken cancellation
    )
    {
        var read = await ReadAsync(text, cancellation);
        // First: after a second submit the calendar is also unchanged, but that is not what went wrong.
        if ((await changes.LatestAsync(cancellation)).Number != seen)
            return CalendarChanges.Stale;
        return read.IsOk ? await changes.RecordAsync(read.Value, note, by, cancellation) : read.Refusal;
    }

    private async Task<Outcome<CalendarChange>> ReadAsync(string text, CancellationToken cancellation)
    {
        var parsed = ScheduleLines.Read(text);
        if (!parsed.IsOk)
            return parsed.Refusal;
        var latest = await changes.LatestAsync(cancellation);
        var next = latest.Schedule.With(parsed.Value);
        return next.ToJson() == latest.Schedule.ToJson()
            ? Refusal.Because("calendar.unchanged")
            : new CalendarChange(latest, next, latest.Local, new DateOnly(parsed.Value.Years.Keys.First(), 1, 1));
    }
}

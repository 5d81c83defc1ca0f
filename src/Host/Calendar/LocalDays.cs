using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Organisations;

namespace EduUnion.Host.Calendar;

/// <summary>What adding or removing days off would do.</summary>
/// <param name="Version">The version it was computed against; hand it back when applying.</param>
public sealed record LocalPreview(int Version, LocalDaysOff Days, MovedClocks Clocks);

/// <summary>
/// Closing days and school vacations of the district or of one school (domain §4.1.3–4). Each change is a version of the
/// calendar like an import.
/// </summary>
public sealed class LocalDays(CalendarChanges changes, OrganisationBook organisations)
{
    public const int LongestName = 40;

    // Longer is a slip of the year, not a vacation.
    private const int LongestDays = 120;

    /// <summary>
    /// Refusals: <c>form.required</c> and <c>form.too-long</c> at <c>name</c>, <c>calendar.local-organisation</c>,
    /// <c>calendar.reversed</c>, <c>calendar.local-too-long</c>, <c>calendar.outside</c>, <c>calendar.local-overlap</c>.
    /// </summary>
    public async Task<Outcome<LocalPreview>> PreviewAddAsync(LocalDaysOff days, CancellationToken cancellation) =>
        await PreviewAsync(days, await WithAsync(days, cancellation), cancellation);

    /// <summary>Refusals: those of the preview and of <see cref="CalendarChanges.RecordAsync"/>.</summary>
    public async Task<Outcome<int>> AddAsync(
        LocalDaysOff days,
        int seen,
        string note,
        Guid by,
        CancellationToken cancellation
    ) => await RecordAsync(await WithAsync(days, cancellation), seen, note, by, cancellation);

    /// <summary>Refusals: <c>calendar.local-unknown</c> (404).</summary>
    public async Task<Outcome<LocalPreview>> PreviewRemoveAsync(LocalDaysOff days, CancellationToken cancellation) =>
        await PreviewAsync(days, await WithoutAsync(days, cancellation), cancellation);

    /// <summary>Refusals: those of the preview and of <see cref="CalendarChanges.RecordAsync"/>.</summary>
    public async Task<Outcome<int>> RemoveAsync(
        LocalDaysOff days,
        int seen,
        string note,
        Guid by,
        CancellationToken cancellation
    ) => await RecordAsync(await WithoutAsync(days, cancellation), seen, note, by, cancellation);

    private async Task<Outcome<LocalPreview>> PreviewAsync(
        LocalDaysOff days,
        Outcome<CalendarChange> change,
        CancellationToken cancellation
    ) =>
        change.IsOk
            ? new LocalPreview(change.Value.Before.Number, days, await changes.MovesAsync(change.Value, cancellation))
            : change.Refusal;

    private async Task<Outcome<int>> RecordAsync(
        Outcome<CalendarChange> change,
        int seen,
        string note,
        Guid by,
        CancellationToken cancellation
    )
    {
        if ((await changes.LatestAsync(cancellation)).Number != seen)
            return CalendarChanges.Stale;
        return change.IsOk ? await changes.RecordAsync(change.Value, note, by, cancellation) : change.Refusal;
    }

    private async Task<Outcome<CalendarChange>> WithAsync(LocalDaysOff days, CancellationToken cancellation)
    {
        if (Refusal.Of([.. Faults(days)]) is { } refusal)
            return refusal;
        var latest = await changes.LatestAsync(cancellation);
        var overlaps = latest.Local.FirstOrDefault(other =>
            other.OrganisationId == days.OrganisationId
            && other.IsVacation == days.IsVacation
            && other.From <= days.To
            && days.From <= other.To
        );
        return overlaps is not null
            ? Refusal.At("from", "calendar.local-overlap", overlaps.Name, overlaps.From, overlaps.To)
            : new CalendarChange(latest, latest.Schedule, latest.Local.Add(days), days.From);
    }

    private async Task<Outcome<CalendarChange>> WithoutAsync(LocalDaysOff days, CancellationToken cancellation)
    {
        var latest = await changes.LatestAsync(cancellation);
        return latest.Local.Contains(days)
            ? new CalendarChange(latest, latest.Schedule, latest.Local.Remove(days), days.From)
            : Refusal.Missing("calendar.local-unknown");
    }

    private IEnumerable<Refusal> Faults(LocalDaysOff days)
    {
        if (organisations.Find(days.OrganisationId)?.Kind is null or OrganisationKind.Department)
            yield return Refusal.At("organisation", "calendar.local-organisation");
        if (string.IsNullOrWhiteSpace(days.Name))
            yield return Refusal.At("name", "form.required");
        else if (days.Name.Length > LongestName)
            yield return Refusal.At("name", "form.too-long", LongestName, days.Name.Length);
        if (days.From < WorkingCalendar.Earliest || days.To > WorkingCalendar.Latest)
            yield return Refusal.At("from", "calendar.outside");
        else if (days.From > days.To)
            yield return Refusal.At("to", "calendar.reversed", days.Name, days.From, days.To);
        else if (days.To.DayNumber - days.From.DayNumber >= LongestDays)
            yield return Refusal.At("to", "calendar.local-too-long", LongestDays);
    }
}

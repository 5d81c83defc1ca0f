using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Definitions;

/// <summary>One step of a picture in words, for whoever does not see it and for print.</summary>
/// <param name="Days">How long it takes; null when nobody has done it yet.</param>
/// <param name="Note">How many cases stand there, or where it stopped.</param>
public sealed record PictureLine(string Name, PlaceState State, string? Days, string? Note);

/// <summary>What a picture tells beside its boxes: how long steps take, how many cases stand there, where they stopped.</summary>
/// <param name="Times">By step name.</param>
/// <param name="Running">Cases by activity.</param>
/// <param name="Stopped">Incidents by activity.</param>
public sealed record PictureFigures(
    IReadOnlyDictionary<string, StepTime> Times,
    IReadOnlyDictionary<string, int> Running,
    IReadOnlyDictionary<string, int> Stopped
)
{
    private static readonly Dictionary<string, int> None = [];

    public static PictureFigures Of(IReadOnlyDictionary<string, StepTime> times) => new(times, None, None);

    public Place On(Place place, Activity activity, Texts texts) =>
        place with
        {
            Note = TimeOf(activity) is { } time ? texts["picture.days", time.Average, time.Longest] : null,
            Mark =
                Stopped.GetValueOrDefault(place.Id) is > 0 and var stopped ? texts["picture.stoppedCases", stopped]
                : Running.GetValueOrDefault(place.Id) is > 0 and var running ? texts["picture.running", running]
                : place.Mark,
        };

    public PictureLine Line(string name, PlaceState state, Activity activity, Texts texts, string? note = null) =>
        new(
            name,
            state,
            TimeOf(activity) is { } time
                ? texts["picture.list.days.text", time.Average, time.Longest, time.Count]
                : null,
            string.Join(
                texts["clock.separator"],
                new[]
                {
                    note,
                    Running.GetValueOrDefault(activity.Id) is > 0 and var running
                        ? texts["picture.running", running]
                        : null,
                    Stopped.GetValueOrDefault(activity.Id) is > 0 and var stopped
                        ? texts["picture.stoppedCases", stopped]
                        : null,
                }.OfType<string>()
            )
        );

    private StepTime? TimeOf(Activity activity) => Times.GetValueOrDefault(activity.Literal("taskName") ?? "");
}

/// <summary>Reads the figures of pictures; how long steps take is counted over the cases of the last year.</summary>
public sealed class PictureBook(EduUnionDb db, StepTimes times, RecentStepTimes recent, TimeProvider time)
{
    private const int Most = 2000;

    /// <summary>Of few applications one could tell how long a certain one took.</summary>
    private const int FewestConfidential = 5;

    /// <summary>How long the steps of such cases take at the school.</summary>
    public async Task<PictureFigures> OfCaseAsync(CaseRow row, bool confidential, CancellationToken cancellation)
    {
        var since = Since;
        var all = await recent.OfAsync(
            $"{row.SchoolId} {row.Kind}",
            () =>
                times.OfAsync(
                    db.Set<CaseRow>()
                        .Where(c => c.SchoolId == row.SchoolId && c.Kind == row.Kind && c.OpenedAt > since),
                    cancellation
                )
        );
        return PictureFigures.Of(
            confidential ? all.Where(t => t.Value.Count >= FewestConfidential).ToDictionary() : all
        );
    }

    /// <summary>How long the steps take everywhere, and where the cases of this version stand now.</summary>
    public async Task<PictureFigures> OfVersionAsync(Definition definition, CancellationToken cancellation)
    {
        var (id, version, since) = (definition.DefinitionId, definition.Version, Since);
        var all = await recent.OfAsync(
            "",
            () => times.OfAsync(db.Set<CaseRow>().Where(c => c.OpenedAt > since), cancellation)
        );
        var name = $"%\"of\":\"{id}\",\"version\":{version}%";
        var families = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => EF.Functions.Like(c.Family, name))
            .OrderByDescending(c => c.Id)
            .Select(c => c.Family)
            .Take(Most)
            .ToListAsync(cancellation);
        var running = families
            .SelectMany(f =>
                FamilyJson
                    .Read(f)
                    .Instances.Where(i => (i.DefinitionId, i.Version) == (id, version))
                    .SelectMany(i => i.Activities)
                    .Distinct()
            )
            .CountBy(a => a)
            .ToDictionary();
        var stopped = await db.Set<IncidentRow>()
            .Where(i => i.DefinitionId == id && i.DefinitionVersion == version && i.ClosedAt == null)
            .GroupBy(i => i.Activity)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        return new(all, running, stopped);
    }

    private DateTimeOffset Since => time.GetUtcNow().AddYears(-1);
}

/// <summary>Keeps what was counted for some minutes: many look at cases, and averages do not move that fast.</summary>
public sealed class RecentStepTimes(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<
        string,
        (DateTimeOffset At, IReadOnlyDictionary<string, StepTime> Times)
    > _known = new();

    public async Task<IReadOnlyDictionary<string, StepTime>> OfAsync(
        string key,
        Func<Task<IReadOnlyDictionary<string, StepTime>>> count
    )
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && now - known.At < Kept)
            return known.Times;
        var times = await count();
        _known[key] = (now, times);
        return times;
    }
}

using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Parameters;

/// <summary>The parameters in force, and the one place where a new value is recorded.</summary>
public sealed class RuleBook(
    EduUnionDb db,
    RuleRows rows,
    OrganisationBook organisations,
    ParameterCatalogue catalogue,
    TimeProvider time
)
{
    /// <summary>
    /// The rules of a school, department or district as they were known at an instant. A value recorded on this node
    /// is in the next answer; one recorded on another node within three seconds.
    /// </summary>
    public async Task<Rules> ForAsync(Guid organisation, DateTimeOffset at, CancellationToken cancellation) =>
        (await rows.GetAsync(db.Set<Parameter>().AsNoTracking(), cancellation)).ResolveFor(
            organisations.Path(organisation),
            at
        );

    /// <summary>Every recorded value of a key, the latest first: who set what, and since when it holds.</summary>
    public async Task<IReadOnlyList<Parameter>> HistoryAsync(string key, CancellationToken cancellation) =>
        await db.Set<Parameter>()
            .AsNoTracking()
            .Where(p => p.Key == key)
            .OrderByDescending(p => p.RecordedAt)
            .ThenByDescending(p => p.Id)
            .ToListAsync(cancellation);

    /// <summary>
    /// Records a value for the system (<paramref name="organisation"/> null), a district or a school, and commits it.
    /// Nothing is overwritten; what is running keeps its values. Refusals: <c>parameter.unknown</c>,
    /// <c>parameter.organisation</c>, those of <see cref="ParameterKey.Refuse"/>.
    /// </summary>
    /// <param name="id">Of the row, when the caller may ask twice: the second time gives the row of the first.</param>
    public async Task<Outcome<Parameter>> RecordAsync(
        string key,
        Guid? organisation,
        string value,
        DateOnly validFrom,
        Guid by,
        CancellationToken cancellation,
        Guid? id = null
    )
    {
        if (catalogue.Find(key) is not { } known)
            return Refusal.Because("parameter.unknown", key);
        if (known.Refuse(value) is { } refused)
            return refused;
        if (organisation is { } at && organisations.Find(at)?.Kind is null or OrganisationKind.Department)
            return Refusal.At("organisation", "parameter.organisation");

        var recorded = new Parameter
        {
            Id = id ?? Guid.CreateVersion7(time.GetUtcNow()),
            Key = key,
            OrganisationId = organisation,
            Value = value,
            ValidFrom = validFrom,
            RecordedAt = time.GetUtcNow(),
            RecordedBy = by,
        };
        db.Add(recorded);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException twice) when (id is not null && db.IsUniqueViolation(twice))
        {
            db.ChangeTracker.Clear();
            return await db.Set<Parameter>().AsNoTracking().SingleAsync(p => p.Id == id, cancellation);
        }
        rows.Forget();
        return recorded;
    }
}

/// <summary>
/// The recorded values that this process remembers. Rows are never changed or deleted, so their number tells whether
/// another node has added one.
/// </summary>
public sealed class RuleRows(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private Snapshot? _kept;
    private int _generation;

    internal async ValueTask<RuleSheet> GetAsync(IQueryable<Parameter> table, CancellationToken cancellation)
    {
        var generation = Volatile.Read(ref _generation);
        var kept = Volatile.Read(ref _kept);
        if (kept is not null && kept.Generation == generation && time.GetElapsedTime(kept.CheckedAt) < Fresh)
            return kept.Sheet;

        var checkedAt = time.GetTimestamp();
        var known = kept is not null && await table.CountAsync(cancellation) == kept.Sheet.Count;
        var sheet = known ? kept!.Sheet : new RuleSheet([.. await table.ToListAsync(cancellation)]);
        // The generation from before the read: what was recorded meanwhile makes this answer stale at once.
        Volatile.Write(ref _kept, new Snapshot(sheet, generation, checkedAt));
        return sheet;
    }

    internal void Forget() => Interlocked.Increment(ref _generation);

    private sealed record Snapshot(RuleSheet Sheet, int Generation, long CheckedAt);
}

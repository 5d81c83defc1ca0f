using EduUnion.Domain.Parameters;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Seeds;

/// <summary>
/// The shipped value of every parameter that has one, as a row of the system level. A key that a later version of the program brings
/// along is added at its first start; what stands in the table already is never touched.
/// </summary>
public sealed class ShippedParameters(EduUnionDb db, ParameterCatalogue catalogue, RuleRows rows)
{
    private static readonly DateOnly Since = new(2000, 1, 1);

    /// <summary>
    /// Long ago, and not the day of the start: a case that began before the program learnt a key asks for its value as
    /// of then, and must find one.
    /// </summary>
    private static readonly DateTimeOffset Recorded = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task LoadAsync(CancellationToken cancellation)
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var shipped = catalogue.All.Where(k => k.Default is not null).Select(Row).ToList();
        var there = await db.Set<Parameter>()
            .Where(p => p.RecordedAt == Recorded)
            .Select(p => p.Id)
            .ToListAsync(cancellation);
        db.AddRange(shipped.ExceptBy(there, p => p.Id));
        try
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateException refused) when (db.IsUniqueViolation(refused))
        {
            // Another node started at the same moment and wrote the same rows: the ids say so.
        }
        db.ChangeTracker.Clear();
        rows.Forget();
    }

    private static Parameter Row(ParameterKey key) =>
        new()
        {
            Id = SeedFiles.IdOf($"parameter/{key.Key}"),
            Key = key.Key,
            Value = key.Default!,
            ValidFrom = Since,
            RecordedAt = Recorded,
        };
}

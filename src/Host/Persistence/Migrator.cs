using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Persistence;

/// <summary>Brings the database to this program's schema. Harmless when it is already there, or when two start at once.</summary>
public sealed class Migrator(EduUnionDb db, DatabaseOptions options, TimeProvider time)
{
    /// <exception cref="StartRefused">
    /// The database cannot be reached or migrated, or a later program has taken something away that this one needs.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        try
        {
            await using var held = await db.HoldMigrationsAsync(time, cancellation);
            if (await db.NarrowedByAsync(cancellation) is { } narrowed)
                throw new StartRefused(
                    $"{options} was changed by a later program ({narrowed}): this one is too old for it. Start the later one."
                );
            await db.Database.MigrateAsync(cancellation);
        }
        catch (System.Data.Common.DbException cause)
        {
            throw new StartRefused($"{options} cannot be opened or migrated: {cause.Message}", cause);
        }
    }
}

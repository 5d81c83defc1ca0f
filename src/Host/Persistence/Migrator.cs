using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Persistence;

/// <summary>Brings the database to this program's schema. Harmless when it is already there, or when two start at once.</summary>
public sealed class Migrator(EduUnionDb db, DatabaseOptions options, TimeProvider time)
{
    /// <exception cref="StartRefused">The database cannot be reached, or cannot be migrated.</exception>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        try
        {
            await using var held = await db.HoldMigrationsAsync(time, cancellation);
            await db.Database.MigrateAsync(cancellation);
        }
        catch (System.Data.Common.DbException cause)
        {
            throw new StartRefused($"{options} cannot be opened or migrated: {cause.Message}", cause);
        }
    }
}

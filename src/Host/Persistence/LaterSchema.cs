using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Persistence;

/// <summary>
/// What a later program has done to the database while this one lives. Its migrations only add, and this one works on; one
/// that takes something away has a name that begins with <c>Narrow</c>, and older programs are over from then on.
/// </summary>
internal static class LaterSchema
{
    public const string Narrowing = "Narrow";

    /// <summary>The first migration that this program does not know and cannot live with; null = there is none.</summary>
    public static async Task<string?> NarrowedByAsync(this EduUnionDb db, CancellationToken cancellation) =>
        (await db.Database.GetAppliedMigrationsAsync(cancellation))
            .Except(db.Database.GetMigrations())
            .FirstOrDefault(IsNarrowing);

    /// <param name="migration">Its id: an instant, an underscore and its name.</param>
    public static bool IsNarrowing(string migration) =>
        migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..]
            .StartsWith(Narrowing, StringComparison.Ordinal);
}

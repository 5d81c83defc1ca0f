using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace EduUnion.Host.Tests.Persistence;

/// <summary>
/// What a migration may do while programs of the release before still write: add what they need not know. Whatever else is
/// needed comes in a migration named <c>Narrow…</c>, one release after the last that used what it takes away.
/// </summary>
internal static class MigrationRules
{
    /// <param name="id">With its instant.</param>
    /// <param name="after">For each narrowing migration the release that uses none of it any more.</param>
    /// <param name="kept">The releases of which a database is kept.</param>
    /// <returns>A sentence for every rule that it breaks.</returns>
    public static IEnumerable<string> Broken(
        string id,
        Migration migration,
        IReadOnlyDictionary<string, string> after,
        IReadOnlyCollection<string> kept
    )
    {
        var narrowing = Narrowing(migration).ToList();
        if (!LaterSchema.IsNarrowing(id))
            return narrowing.Select(what => $"{id} {what}: an older program beside it breaks");
        if (narrowing.Count == 0)
            return [$"{id} only adds: nobody has to be stopped for it, give it another name"];
        if (!after.TryGetValue(id, out var release))
            return [$"{id} {string.Join(", ", narrowing)}: it is not listed with the release that can do without"];
        return kept.Contains(release) ? [] : [$"{id} is listed after {release}, which was never released"];
    }

    /// <summary>What in it an older program cannot live with.</summary>
    public static IEnumerable<string> Narrowing(Migration migration)
    {
        var made = migration.UpOperations.OfType<CreateTableOperation>().Select(t => t.Name).ToHashSet();
        // What is dropped says only its name; the way back says what it was.
        var unique = migration.DownOperations.OfType<CreateIndexOperation>().Where(i => i.IsUnique).Select(i => i.Name);
        return migration.UpOperations.Select(o => Narrows(o, made, [.. unique])).OfType<string>();
    }

    private static string? Narrows(MigrationOperation operation, HashSet<string> made, HashSet<string> unique) =>
        operation switch
        {
            CreateTableOperation or EnsureSchemaOperation or CreateSequenceOperation => null,
            // A table that is new is nobody else's.
            ITableMigrationOperation of when made.Contains(of.Table) => null,
            AddColumnOperation { IsNullable: true } => null,
            AddColumnOperation c when c.DefaultValue is not null || c.DefaultValueSql is not null => null,
            AddColumnOperation c => $"requires {c.Table}.{c.Name}, which an older program does not write",
            CreateIndexOperation { IsUnique: false } => null,
            CreateIndexOperation i => $"allows only one of each {i.Table} ({string.Join(", ", i.Columns)})",
            DropTableOperation t => $"drops {t.Name}",
            DropColumnOperation c => $"drops {c.Table}.{c.Name}",
            RenameTableOperation t => $"renames {t.Name}",
            RenameColumnOperation c => $"renames {c.Table}.{c.Name}",
            AlterColumnOperation c => $"changes {c.Table}.{c.Name}",
            SqlOperation s => $"says {s.Sql.ReplaceLineEndings(" ").Trim()}",
            DropIndexOperation i when !unique.Contains(i.Name) => null,
            DropIndexOperation i => $"allows more than one by {i.Name}",
            _ => $"does {operation.GetType().Name}",
        };
}

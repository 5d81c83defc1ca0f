using EduUnion.Domain.People;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Definitions;

/// <summary>One version as it stands in the list.</summary>
/// <param name="Row">Null for those that the program ships.</param>
/// <param name="PublishedBy">Null for a draft and for those that the program ships.</param>
public sealed record DefinitionVersion(
    Definition Definition,
    DefinitionRow? Row,
    bool Latest,
    string? ImportedBy,
    string? PublishedBy
)
{
    public bool IsDraft => Row is { Publication: null };
}

/// <summary>The versions there are, drafts too: who brought them in, who put them into force and why.</summary>
public sealed class DefinitionBook(EduUnionDb db, DefinitionLibrary library)
{
    public Task<DefinitionSet> CurrentAsync(CancellationToken cancellation) => library.CurrentAsync(db, cancellation);

    /// <summary>All of one definition, or of all; by definition, the latest version first.</summary>
    public async Task<IReadOnlyList<DefinitionVersion>> VersionsAsync(string? id, CancellationToken cancellation)
    {
        var set = await library.CurrentAsync(db, cancellation);
        var rows = await db.Set<DefinitionRow>()
            .AsNoTracking()
            .Where(d => id == null || d.DefinitionId == id)
            .ToListAsync(cancellation);
        var people = rows.SelectMany(r => new[] { r.ImportedById, r.PublishedById ?? r.ImportedById }).ToHashSet();
        var names = await db.Set<Member>()
            .Where(m => people.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
        var imported = rows.ToDictionary(r => (r.DefinitionId, r.Version));
        var drafts = rows.Where(r => r.Publication is null).Select(DefinitionLibrary.Read);
        return
        [
            .. set
                .All.Where(d => id is null || d.DefinitionId == id)
                .Concat(drafts)
                .OrderBy(d => d.DefinitionId, StringComparer.Ordinal)
                .ThenByDescending(d => d.Version)
                .Select(d =>
                {
                    var row = imported.GetValueOrDefault((d.DefinitionId, d.Version));
                    return new DefinitionVersion(
                        d,
                        row,
                        set.Latest(d.DefinitionId) == d,
                        row is null ? null : names.GetValueOrDefault(row.ImportedById),
                        row?.PublishedById is { } by ? names.GetValueOrDefault(by) : null
                    );
                }),
        ];
    }

    /// <summary>One version, a draft too; null when there is none.</summary>
    public async Task<DefinitionVersion?> FindAsync(string id, int version, CancellationToken cancellation) =>
        (await VersionsAsync(id, cancellation)).FirstOrDefault(v => v.Definition.Version == version);
}

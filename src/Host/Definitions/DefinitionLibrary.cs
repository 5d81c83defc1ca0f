using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Definitions;

/// <summary>
/// The definitions by which cases run: those that the program ships and those published here. Read once and kept; another
/// node's publication is noticed by whoever asks for what is current.
/// </summary>
/// <param name="shipped">Those that the program ships.</param>
public sealed class DefinitionLibrary(Func<DefinitionSet> shipped)
{
    private volatile Loaded? _loaded;

    /// <summary>As last read: enough for whatever runs by a version that it knows.</summary>
    public DefinitionSet Known => _loaded?.Set ?? shipped();

    /// <summary>As the database has it now, at the price of one look at an index.</summary>
    public async Task<DefinitionSet> CurrentAsync(EduUnionDb db, CancellationToken cancellation)
    {
        var latest = await db.Set<DefinitionRow>().MaxAsync(d => d.Publication, cancellation) ?? 0;
        if (latest == (_loaded?.Publication ?? 0))
            return Known;
        var rows = await db.Set<DefinitionRow>()
            .AsNoTracking()
            .Where(d => d.Publication != null)
            .OrderBy(d => d.Publication)
            .ToListAsync(cancellation);
        var set = rows.Aggregate(shipped(), (set, row) => set.Add(Read(row), PinsOf(row)));
        _loaded = new(rows.Max(r => r.Publication) ?? 0, set);
        return set;
    }

    /// <summary>What a case runs by: looked for only where another node has published a version that is not known here.</summary>
    public async Task<DefinitionSet> ForAsync(EduUnionDb db, Family family, CancellationToken cancellation)
    {
        var known = Known;
        return family.Instances.All(i => known.Find(i.DefinitionId, i.Version) is not null)
            ? known
            : await CurrentAsync(db, cancellation);
    }

    /// <summary>A row was readable when it was imported; a later program that reads less says so.</summary>
    /// <exception cref="InvalidDataException">This program cannot read it any more.</exception>
    public static Definition Read(DefinitionRow row)
    {
        var reading = DefinitionReader.Read(Encoding.UTF8.GetString(row.Document));
        return reading.Definition
            ?? throw new InvalidDataException(
                $"{row.DefinitionId} {row.Version}: {string.Join("; ", reading.Findings)}"
            );
    }

    private static ImmutableDictionary<string, int> PinsOf(DefinitionRow row) =>
        JsonSerializer.Deserialize<ImmutableDictionary<string, int>>(row.Pins)!;

    private sealed record Loaded(int Publication, DefinitionSet Set);
}

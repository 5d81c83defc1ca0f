using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Definitions;

/// <param name="Cases">Cases in which it runs.</param>
/// <param name="Instances">Instances of it; a motion with two hosts has two of the handling.</param>
public sealed record RunningCount(int Cases, int Instances);

/// <summary>How many cases run by which version of which definition.</summary>
public sealed class RunningInstances(EduUnionDb db)
{
    // Instances live in the cases' documents, which must be read to be counted: that there are so many is enough to know.
    private const int Most = 5000;

    /// <summary>Counts by definition and version, and whether there are more than were looked at.</summary>
    public async Task<(IReadOnlyDictionary<(string Id, int Version), RunningCount> Counts, bool More)> CountAsync(
        CancellationToken cancellation
    )
    {
        var families = db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => !EF.Functions.Like(c.Family, "%\"instances\":[]}"))
            .OrderByDescending(c => c.Id)
            .Select(c => c.Family)
            .Take(Most + 1)
            .AsAsyncEnumerable();
        var counts = new Dictionary<(string, int), RunningCount>();
        var read = 0;
        await foreach (var family in families.WithCancellation(cancellation))
            if (read++ < Most)
                foreach (var group in FamilyJson.Read(family).Instances.GroupBy(i => (i.DefinitionId, i.Version)))
                {
                    var before = counts.GetValueOrDefault(group.Key) ?? new(0, 0);
                    counts[group.Key] = new(before.Cases + 1, before.Instances + group.Count());
                }
        return (counts, read > Most);
    }
}

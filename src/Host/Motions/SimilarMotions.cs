using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Motions;

public sealed record SimilarMotion(Guid Id, string Title, string? Number, string State);

/// <summary>Motions of the school whose titles resemble one that is being written, so that nobody writes it twice.</summary>
public sealed class SimilarMotions(Access access)
{
    private const int Looked = 500;
    private const int Told = 3;

    /// <summary>By pairs of neighbouring characters, which needs no dictionary of Chinese words: a third must be shared.</summary>
    public async Task<IReadOnlyList<SimilarMotion>> FindAsync(
        Viewer viewer,
        Guid school,
        string title,
        Guid? self,
        CancellationToken cancellation
    ) => (await FindAllAsync(viewer, school, [(self ?? Guid.Empty, title)], cancellation))[self ?? Guid.Empty].ToList();

    /// <summary>The same for many titles at once, with one read: by the id that stands beside the title.</summary>
    public async Task<ILookup<Guid, SimilarMotion>> FindAllAsync(
        Viewer viewer,
        Guid school,
        IReadOnlyCollection<(Guid Id, string Title)> titles,
        CancellationToken cancellation
    )
    {
        var wanted = titles.Select(t => (t.Id, Pairs: Pairs(t.Title))).Where(t => t.Pairs.Count >= 2).ToList();
        if (wanted.Count == 0)
            return Array.Empty<SimilarMotion>().ToLookup(_ => Guid.Empty);
        string[] given = [nameof(MotionState.Withdrawn), nameof(MotionState.Terminated)];
        var motions = await access
            .Visible(viewer)
            .Where(c => c.Kind == MotionCase.KindName && c.SchoolId == school && !given.Contains(c.State))
            .OrderByDescending(c => c.ChangedAt)
            .Take(Looked)
            .Select(c => new SimilarMotion(c.Id, c.Title, c.Number ?? c.Receipt, c.State))
            .ToListAsync(cancellation);
        var having = motions
            .SelectMany((m, at) => Pairs(m.Title).Select(pair => (pair, at)))
            .ToLookup(p => p.pair, p => p.at);
        return wanted
            .SelectMany(w => Nearest(w.Id, w.Pairs).Select(m => (w.Id, Motion: m)))
            .ToLookup(f => f.Id, f => f.Motion);
        IEnumerable<SimilarMotion> Nearest(Guid self, HashSet<string> pairs) =>
            pairs
                .SelectMany(pair => having[pair])
                .CountBy(at => at)
                .Where(c => c.Value >= 2 && c.Value * 3 >= pairs.Count && motions[c.Key].Id != self)
                .OrderByDescending(c => c.Value)
                .ThenBy(c => c.Key)
                .Take(Told)
                .Select(c => motions[c.Key]);
    }

    private static HashSet<string> Pairs(string text)
    {
        var letters = string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));
        return [.. Enumerable.Range(0, Math.Max(0, letters.Length - 1)).Select(i => letters.Substring(i, 2))];
    }
}

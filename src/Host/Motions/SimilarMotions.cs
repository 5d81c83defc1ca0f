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
    )
    {
        var wanted = Pairs(title);
        if (wanted.Count < 2)
            return [];
        var withdrawn = nameof(MotionState.Withdrawn);
        var motions = await access
            .Visible(viewer)
            .Where(c => c.Kind == MotionCase.KindName && c.SchoolId == school && c.Id != self && c.State != withdrawn)
            .OrderByDescending(c => c.ChangedAt)
            .Take(Looked)
            .Select(c => new SimilarMotion(c.Id, c.Title, c.Number ?? c.Receipt, c.State))
            .ToListAsync(cancellation);
        return
        [
            .. motions
                .Select(m => (Motion: m, Shared: Pairs(m.Title).Intersect(wanted).Count()))
                .Where(m => m.Shared >= 2 && m.Shared * 3 >= wanted.Count)
                .OrderByDescending(m => m.Shared)
                .Take(Told)
                .Select(m => m.Motion),
        ];
    }

    private static HashSet<string> Pairs(string text)
    {
        var letters = string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));
        return [.. Enumerable.Range(0, Math.Max(0, letters.Length - 1)).Select(i => letters.Substring(i, 2))];
    }
}

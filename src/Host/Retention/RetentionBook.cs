using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Retention;

/// <summary>What was erased and what still waits, in numbers.</summary>
/// <param name="Closed">Closed cases that still hold their sensitive data.</param>
public sealed record RetentionReport(int Closed, int Erased, IReadOnlyList<RetentionRun> Runs);

/// <summary>The retention as the auditor and the administrator see it: counts, no case.</summary>
public sealed class RetentionBook(EduUnionDb db, IEnumerable<ISensitiveFields> sensitive)
{
    private const int Latest = 100;

    public async Task<RetentionReport> ReportAsync(CancellationToken cancellation)
    {
        var kinds = sensitive.Select(s => s.Kind).ToList();
        var closed = await db.Set<CaseRow>()
            .Where(c => kinds.Contains(c.Kind) && c.ClosedAt != null)
            .CountAsync(c => !db.Set<PurgedCase>().Any(p => p.CaseId == c.Id), cancellation);
        var erased = await db.Set<PurgedCase>().CountAsync(cancellation);
        var runs = await db.Set<RetentionRun>()
            .AsNoTracking()
            .OrderByDescending(r => r.At)
            .ThenByDescending(r => r.Id)
            .Take(Latest)
            .ToListAsync(cancellation);
        return new RetentionReport(closed, erased, runs);
    }
}

using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Motions;

/// <summary>What one clerk has in hand; no name = nobody has accepted it yet.</summary>
public sealed record ClerkLoad(string? Name, int Open, int Overdue);

/// <summary>Unanswered parts of departments by who accepted them.</summary>
public sealed class DepartmentLoad(EduUnionDb db, MemberBook members, TimeProvider time)
{
    public async Task<IReadOnlyList<ClerkLoad>> OfAsync(IReadOnlyList<Guid> departments, CancellationToken cancellation)
    {
        List<Guid?> asked = [.. departments.Select(d => (Guid?)d)];
        var now = time.GetUtcNow();
        // A part is accepted once a host; what it was before a return carries another organisation.
        var parts = await (
            from clock in db.Set<ClockRow>()
            where clock.Span == ClockSpan.Handling && clock.StoppedAt == null && asked.Contains(clock.DepartmentId)
            select new
            {
                Late = clock.DueAt <= now,
                By = db.Set<TaskRow>()
                    .Where(t =>
                        t.CaseId == clock.CaseId
                        && t.Part == clock.Part
                        && t.Name == "handling.accept"
                        && t.Outcome == "accept"
                        && t.OrganisationId == clock.DepartmentId
                    )
                    .Select(t => t.DecidedBy)
                    .FirstOrDefault(),
            }
        )
            .Take(TaskLists.Bound)
            .ToListAsync(cancellation);
        var names = await members.NamesAsync([.. parts.Select(p => p.By).OfType<Guid>().Distinct()], cancellation);
        return
        [
            .. parts
                .GroupBy(p => p.By)
                .Select(g => new ClerkLoad(
                    g.Key is { } by ? names.GetValueOrDefault(by) : null,
                    g.Count(),
                    g.Count(p => p.Late)
                ))
                .OrderBy(l => l.Name is null)
                .ThenByDescending(l => l.Open)
                .ThenBy(l => l.Name, StringComparer.Ordinal),
        ];
    }
}

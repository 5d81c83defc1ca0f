using EduUnion.Domain.People;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Statistics;

/// <summary>One page of the motions behind a figure.</summary>
/// <param name="Hidden">How many of them the viewer may count but not see.</param>
/// <param name="Next">The motion after which the next page begins; null = this is the last.</param>
public sealed record FigureSlice(IReadOnlyList<MotionItem> Items, int Hidden, Guid? Next);

/// <summary>Lists exactly the motions that a figure counted, as far as the viewer may see them, by school and number.</summary>
public sealed class FigureCases(EduUnionDb db, Access access, OrganisationBook organisations)
{
    public async Task<FigureSlice> ListAsync(
        Viewer viewer,
        StatisticsScope scope,
        Sample sample,
        int limit,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var sessions = scope.Sessions.Select(s => (Guid?)s.Id).ToList();
        var seen = await access
            .Visible(viewer)
            .Where(c => c.Kind == MotionCase.KindName && sessions.Contains(c.SessionId))
            .Select(c => new
            {
                c.Id,
                c.SchoolId,
                c.Number,
                c.Receipt,
            })
            .ToListAsync(cancellation);
        var counted = sample.Motions.ToHashSet();
        var ids = seen.Where(c => counted.Contains(c.Id))
            .OrderBy(c => organisations.Find(c.SchoolId)?.Code, StringComparer.Ordinal)
            .ThenBy(c => c.Number is null)
            .ThenBy(c => c.Number ?? c.Receipt, StringComparer.Ordinal)
            .ThenBy(c => c.Id)
            .Select(c => c.Id)
            .ToList();
        var start = after is { } last ? ids.IndexOf(last) + 1 : 0;
        var page = ids.Skip(start).Take(limit).ToList();
        return new(
            await ItemsAsync(page, cancellation),
            counted.Count - ids.Count,
            start + page.Count < ids.Count ? page[^1] : null
        );
    }

    private async Task<IReadOnlyList<MotionItem>> ItemsAsync(List<Guid> ids, CancellationToken cancellation)
    {
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.Number,
                c.Receipt,
                c.Title,
                c.Category,
                c.State,
                c.ChangedAt,
                c.StarterId,
                Hosts = c.Parties.Where(p => p.Role == PartyRole.Host).Select(p => p.PartyId).ToList(),
                Due = c.Clocks.Where(k => k.Name == "answer" && k.StoppedAt == null).Min(k => k.DueOn),
            })
            .ToDictionaryAsync(r => r.Id, cancellation);
        var starters = rows.Values.Select(r => r.StarterId).Distinct().ToList();
        var names = await db.Set<Member>()
            .Where(m => starters.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
        return
        [
            .. ids.Where(rows.ContainsKey)
                .Select(id => rows[id])
                .Select(r => new MotionItem(
                    r.Id,
                    r.Number,
                    r.Receipt,
                    r.Title,
                    r.Category,
                    r.State,
                    names.GetValueOrDefault(r.StarterId, ""),
                    [.. r.Hosts.Select(h => organisations.Find(h)?.Name ?? "")],
                    r.Due,
                    r.ChangedAt
                )),
        ];
    }
}

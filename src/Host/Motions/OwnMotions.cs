using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Motions;

/// <summary>What a proposer sees of his own on his desk: the motions that he proposed, the latest changed first.</summary>
public sealed class OwnMotions(EduUnionDb db)
{
    public async Task<IReadOnlyList<Motion>> LatestAsync(Guid member, int limit, CancellationToken cancellation)
    {
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => c.Kind == MotionCase.KindName && c.StarterId == member)
            .OrderByDescending(c => c.ChangedAt)
            .ThenByDescending(c => c.Id)
            .Take(limit)
            .ToListAsync(cancellation);
        return [.. rows.Select(MotionCases.MotionOf)];
    }

    /// <summary>Names of the host departments by case; a case without any is not in it.</summary>
    public async Task<ILookup<Guid, Guid>> HostsAsync(
        IReadOnlyCollection<Guid> cases,
        CancellationToken cancellation
    ) =>
        (
            await db.Set<PartyRow>()
                .AsNoTracking()
                .Where(p => cases.Contains(p.CaseId) && p.Role == PartyRole.Host)
                .ToListAsync(cancellation)
        ).ToLookup(p => p.CaseId, p => p.PartyId);
}

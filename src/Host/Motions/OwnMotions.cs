using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Motions;

/// <summary>A motion as lists know it.</summary>
public sealed record OwnMotion(
    Guid Id,
    string? Number,
    string? Receipt,
    string Title,
    string State,
    DateTimeOffset ChangedAt
);

/// <summary>What a member sees of his own on his desk, the latest changed first.</summary>
public sealed class OwnMotions(EduUnionDb db)
{
    /// <summary>Those he proposed; drafts apart.</summary>
    public async Task<IReadOnlyList<Motion>> LatestAsync(Guid member, int limit, CancellationToken cancellation)
    {
        var draft = nameof(MotionState.Draft);
        var rows = await Latest(Motions.Where(c => c.StarterId == member && c.State != draft), limit)
            .ToListAsync(cancellation);
        return [.. rows.Select(MotionCases.MotionOf)];
    }

    /// <summary>Those he has begun and shown to nobody.</summary>
    public async Task<IReadOnlyList<OwnMotion>> DraftsAsync(Guid member, int limit, CancellationToken cancellation)
    {
        var draft = nameof(MotionState.Draft);
        return await Lines(Latest(Motions.Where(c => c.StarterId == member && c.State == draft), limit))
            .ToListAsync(cancellation);
    }

    /// <summary>Those under which his signature stands.</summary>
    public async Task<IReadOnlyList<OwnMotion>> CosignedAsync(Guid member, int limit, CancellationToken cancellation) =>
        await Lines(
                Latest(
                    Motions.Where(c => c.Parties.Any(p => p.PartyId == member && p.Role == PartyRole.Cosigner)),
                    limit
                )
            )
            .ToListAsync(cancellation);

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

    private IQueryable<CaseRow> Motions => db.Set<CaseRow>().AsNoTracking().Where(c => c.Kind == MotionCase.KindName);

    private static IQueryable<CaseRow> Latest(IQueryable<CaseRow> cases, int limit) =>
        cases.OrderByDescending(c => c.ChangedAt).ThenByDescending(c => c.Id).Take(limit);

    private static IQueryable<OwnMotion> Lines(IQueryable<CaseRow> cases) =>
        cases.Select(c => new OwnMotion(c.Id, c.Number, c.Receipt, c.Title, c.State, c.ChangedAt));
}

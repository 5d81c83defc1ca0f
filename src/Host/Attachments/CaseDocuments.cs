using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Attachments;

/// <summary>Asks whoever answers for the kind of the case; a case of another kind has no documents.</summary>
public sealed class CaseDocuments(EduUnionDb db, IEnumerable<IAttachmentAccess> kinds)
{
    public async Task<Func<string, bool>?> ReadsAsync(Guid caseId, Guid memberId, CancellationToken cancellation) =>
        await OfAsync(caseId, cancellation) is { } access
            ? await access.ReadsAsync(caseId, memberId, cancellation)
            : null;

    public async Task<bool> MayOpenAsync(Guid caseId, Guid memberId, CancellationToken cancellation) =>
        await OfAsync(caseId, cancellation) is { } access && await access.MayOpenAsync(caseId, memberId, cancellation);

    public async Task<Refusal?> RefuseAsync(CaseRow row, string proof, Guid memberId, CancellationToken cancellation) =>
        kinds.FirstOrDefault(k => k.Kind == row.Kind) is { } access
            ? await access.RefuseAsync(row, proof, memberId, cancellation)
            : Refusal.Missing("case.unknown");

    private async Task<IAttachmentAccess?> OfAsync(Guid caseId, CancellationToken cancellation)
    {
        var kind = await db.Set<CaseRow>()
            .Where(c => c.Id == caseId)
            .Select(c => c.Kind)
            .FirstOrDefaultAsync(cancellation);
        return kinds.FirstOrDefault(k => k.Kind == kind);
    }
}

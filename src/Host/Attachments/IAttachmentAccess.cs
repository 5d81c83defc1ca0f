using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Attachments;

/// <summary>Who may do what with the documents of a case: asked at every reading and, under the case's lock, at every change.</summary>
public interface IAttachmentAccess
{
    /// <summary>Whether the member sees that this case has documents of this proof, and reads them.</summary>
    Task<bool> MayReadAsync(Guid caseId, string proof, Guid memberId, CancellationToken cancellation);

    /// <summary>
    /// Whether he opens them without saying why, and reads their names: they are about him, or he writes for whom they are
    /// about. Everybody else gives a reason, which is recorded.
    /// </summary>
    Task<bool> MayOpenAsync(Guid caseId, Guid memberId, CancellationToken cancellation);

    /// <summary>
    /// Null, or why the member may neither add nor remove now: <c>case.unknown</c> (404), <c>attachment.not-yours</c> (403),
    /// <c>attachment.closed</c>, <c>attachment.proof-unknown</c> (422, at <c>proof</c>).
    /// </summary>
    Task<Refusal?> RefuseAsync(CaseRow row, string proof, Guid memberId, CancellationToken cancellation);
}

/// <summary>Where a kind of case says nothing else: whoever leads the case, and nobody else.</summary>
public sealed class StarterOnly(EduUnionDb db) : IAttachmentAccess
{
    public Task<bool> MayReadAsync(Guid caseId, string proof, Guid memberId, CancellationToken cancellation) =>
        db.Set<CaseRow>().AnyAsync(c => c.Id == caseId && c.StarterId == memberId, cancellation);

    public Task<bool> MayOpenAsync(Guid caseId, Guid memberId, CancellationToken cancellation) =>
        MayReadAsync(caseId, "", memberId, cancellation);

    public Task<Refusal?> RefuseAsync(CaseRow row, string proof, Guid memberId, CancellationToken cancellation) =>
        Task.FromResult(row.StarterId == memberId ? null : Refusal.Missing("case.unknown"));
}

using EduUnion.Domain;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Attachments;

/// <summary>
/// Who may do what with the documents of a kind of case: asked at every reading and, under the case's lock, at every change.
/// </summary>
public interface IAttachmentAccess
{
    /// <summary>Of <see cref="CaseRow.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>Which documents of the case the member reads, by their proof; null: he does not see that there are any.</summary>
    Task<Func<string, bool>?> ReadsAsync(Guid caseId, Guid memberId, CancellationToken cancellation);

    /// <summary>
    /// Whether he opens them without saying why, and reads their names: they are about him, he writes for whom they are
    /// about, or they hold nothing that is protected. Everybody else gives a reason, which is recorded.
    /// </summary>
    Task<bool> MayOpenAsync(Guid caseId, Guid memberId, CancellationToken cancellation);

    /// <summary>
    /// Null, or why the member may neither add nor remove now: <c>case.unknown</c> (404), <c>attachment.not-yours</c> (403),
    /// <c>attachment.closed</c>, <c>attachment.proof-unknown</c> (422, at <c>proof</c>).
    /// </summary>
    Task<Refusal?> RefuseAsync(CaseRow row, string proof, Guid memberId, CancellationToken cancellation);
}

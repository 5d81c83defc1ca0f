using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Attachments;

/// <summary>An attachment as lists show it.</summary>
/// <param name="Name">Null = erased, or not the reader's without a reason: people write into a name what it is about.</param>
public sealed record AttachmentLine(
    Guid Id,
    Guid CaseId,
    string Proof,
    string? Name,
    int Size,
    string ContentType,
    Guid UploadedBy,
    DateTimeOffset UploadedAt,
    DateTimeOffset? PurgedAt
);

/// <summary>A file in clear, for one answer.</summary>
public sealed record OpenedFile(string Name, string ContentType, byte[] Content);

/// <summary>The documents of cases, read. What one may not read does not exist for him.</summary>
public sealed class AttachmentBook(EduUnionDb db, Vault vault, CaseDocuments access)
{
    public const int LongestProof = 40;

    /// <summary>All documents of a case, the earliest first, erased ones too; the caller has checked who may see them.</summary>
    public async Task<IReadOnlyList<AttachmentLine>> OfCaseAsync(Guid caseId, CancellationToken cancellation) =>
        [.. (await Lines(db.Set<Attachment>().Where(a => a.CaseId == caseId)).ToListAsync(cancellation)).Select(Open)];

    /// <summary>The same as far as the member may read them, with names where he may open them freely.</summary>
    public async Task<IReadOnlyList<AttachmentLine>> ReadableAsync(
        Guid caseId,
        Guid memberId,
        CancellationToken cancellation
    )
    {
        if (await access.ReadsAsync(caseId, memberId, cancellation) is not { } reads)
            return [];
        var open = await access.MayOpenAsync(caseId, memberId, cancellation);
        var files = (await OfCaseAsync(caseId, cancellation)).Where(a => reads(a.Proof));
        return [.. files.Select(a => open ? a : a with { Name = null })];
    }

    /// <summary>One document as <see cref="ReadableAsync"/> shows it; null when there is none or it is not his to read.</summary>
    public async Task<AttachmentLine?> FindAsync(Guid id, Guid memberId, CancellationToken cancellation)
    {
        var found = await Lines(db.Set<Attachment>().Where(a => a.Id == id)).FirstOrDefaultAsync(cancellation);
        if (found is null || !await ReadsAsync(found.CaseId, found.Proof, memberId, cancellation))
            return null;
        return await access.MayOpenAsync(found.CaseId, memberId, cancellation)
            ? Open(found)
            : found with
            {
                Name = null,
            };
    }

    /// <summary>
    /// The file itself for who opens it freely; null when there is none, it is erased, or it is opened against a reason only
    /// (<see cref="AttachmentLooks"/>).
    /// </summary>
    public async Task<OpenedFile?> OpenAsync(Guid id, Guid memberId, CancellationToken cancellation) =>
        await FindAsync(id, memberId, cancellation) is { Name: not null } ? await ReadAsync(id, cancellation) : null;

    /// <summary>The file itself; the caller has checked who may open it. Null when it is erased.</summary>
    internal async Task<OpenedFile?> ReadAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<Attachment>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancellation)
            is { Name: { } name, Content: { } content } file
            ? new OpenedFile(vault.Open(name, id), file.ContentType, vault.Open(content, Attachment.ContentBound(id)))
            : null;

    internal async Task<bool> ReadsAsync(Guid caseId, string proof, Guid memberId, CancellationToken cancellation) =>
        await access.ReadsAsync(caseId, memberId, cancellation) is { } reads && reads(proof);

    private static IQueryable<AttachmentLine> Lines(IQueryable<Attachment> attachments) =>
        attachments
            .AsNoTracking()
            .OrderBy(a => a.UploadedAt)
            .ThenBy(a => a.Id)
            .Select(a => new AttachmentLine(
                a.Id,
                a.CaseId,
                a.Proof,
                a.Name,
                a.Size,
                a.ContentType,
                a.UploadedBy,
                a.UploadedAt,
                a.PurgedAt
            ));

    private AttachmentLine Open(AttachmentLine line) =>
        line.Name is { } name ? line with { Name = vault.Open(name, line.Id) } : line;
}

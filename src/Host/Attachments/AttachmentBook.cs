using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Attachments;

/// <summary>An attachment as lists show it.</summary>
/// <param name="Name">Null = erased.</param>
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
public sealed class AttachmentBook(EduUnionDb db, Vault vault, IAttachmentAccess access)
{
    public const int LongestProof = 40;

    /// <summary>All documents of a case, the earliest first, erased ones too; the caller has checked who may see them.</summary>
    public async Task<IReadOnlyList<AttachmentLine>> OfCaseAsync(Guid caseId, CancellationToken cancellation) =>
        [.. (await Lines(db.Set<Attachment>().Where(a => a.CaseId == caseId)).ToListAsync(cancellation)).Select(Open)];

    /// <summary>The same as far as the member may read them.</summary>
    public async Task<IReadOnlyList<AttachmentLine>> ReadableAsync(
        Guid caseId,
        Guid memberId,
        CancellationToken cancellation
    )
    {
        var readable = new List<AttachmentLine>();
        foreach (var proof in (await OfCaseAsync(caseId, cancellation)).GroupBy(a => a.Proof))
            if (await access.MayReadAsync(caseId, proof.Key, memberId, cancellation))
                readable.AddRange(proof);
        return readable;
    }

    public async Task<AttachmentLine?> FindAsync(Guid id, Guid memberId, CancellationToken cancellation)
    {
        var found = await Lines(db.Set<Attachment>().Where(a => a.Id == id)).FirstOrDefaultAsync(cancellation);
        return found is not null && await access.MayReadAsync(found.CaseId, found.Proof, memberId, cancellation)
            ? Open(found)
            : null;
    }

    /// <summary>The file itself; null when there is none, it is erased, or the member may not read it.</summary>
    public async Task<OpenedFile?> OpenAsync(Guid id, Guid memberId, CancellationToken cancellation)
    {
        if (await FindAsync(id, memberId, cancellation) is not { Name: { } name } found)
            return null;
        var content = await db.Set<Attachment>()
            .Where(a => a.Id == id)
            .Select(a => a.Content)
            .FirstOrDefaultAsync(cancellation);
        return content is null
            ? null
            : new OpenedFile(name, found.ContentType, vault.Open(content, Attachment.ContentBound(id)));
    }

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

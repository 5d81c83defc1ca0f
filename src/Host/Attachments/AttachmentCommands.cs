using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Attachments;

/// <summary>What the journal of the case keeps; never the name.</summary>
public sealed record AttachmentAdded(Guid AttachmentId, string Proof, int Size);

/// <summary>Whoever added it took it away again.</summary>
public sealed record AttachmentRemoved(Guid AttachmentId, string Proof);

/// <summary>Adds documents to a case and removes them: commands of the case, in its journal.</summary>
public sealed class AttachmentCommands(
    EduUnionDb db,
    CaseSteps steps,
    Vault vault,
    AttachmentBook book,
    CaseDocuments access,
    RuleBook rules
)
{
    public const int LongestName = 120;

    /// <summary>Bytes. Nothing longer is even read, whatever a school's parameter says.</summary>
    public const int Longest = 20 * 1024 * 1024;

    /// <summary>
    /// Adds a file; the same key and body again give the same id. Refusals: those of <see cref="IAttachmentAccess"/>,
    /// <c>attachment.empty</c>, <c>attachment.too-big</c> (MB allowed), <c>attachment.kind</c>, <c>attachment.too-many</c>
    /// (files allowed for one proof), all at <c>file</c>.
    /// </summary>
    public async Task<Outcome<Guid>> AddAsync(
        Guid caseId,
        string proof,
        string fileName,
        byte[] content,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var id = IdOf(asker) ?? Guid.CreateVersion7();
        var done = await steps.CommandAsync(
            caseId,
            asker,
            "attachment.add",
            async work =>
            {
                if (await access.RefuseAsync(work.Row, proof, asker.MemberId, cancellation) is { } refused)
                    return refused;
                if (proof.Length is 0 or > AttachmentBook.LongestProof)
                    return Refusal.At("proof", "attachment.proof-unknown");
                if (content.Length == 0)
                    return Refusal.At("file", "attachment.empty");
                // As of now and not of the case's beginning: these are limits of the house.
                var inForce = await rules.ForAsync(work.Row.SchoolId, work.Moment.Now, cancellation);
                var most = inForce.Number("attachment.max_mb");
                if (content.Length > Math.Min(most * 1024L * 1024, Longest))
                    return Refusal.At("file", "attachment.too-big", most);
                if (FileKind.Of(content) is not { } kind)
                    return Refusal.At("file", "attachment.kind");
                // Under the case's lock: two at once are counted one after the other.
                var there = await db.Set<Attachment>()
                    .CountAsync(a => a.CaseId == caseId && a.Proof == proof && a.PurgedAt == null, cancellation);
                var files = inForce.Number("attachment.max_files");
                if (there >= files)
                    return Refusal.At("file", "attachment.too-many", files);
                db.Add(
                    new Attachment
                    {
                        Id = id,
                        CaseId = caseId,
                        Proof = proof,
                        Name = vault.Seal(NameOf(fileName, kind), id),
                        Content = vault.Seal(content, Attachment.ContentBound(id)),
                        Size = content.Length,
                        ContentType = kind.ContentType,
                        UploadedBy = asker.MemberId,
                        UploadedAt = work.Moment.Now,
                    }
                );
                work.Happened(new AttachmentAdded(id, proof, content.Length));
                return null;
            },
            cancellation
        );
        return done.IsOk ? id : done.Refusal;
    }

    /// <summary>
    /// Erases a file that the member added himself; erased again nothing happens. Refusals: those of
    /// <see cref="IAttachmentAccess"/>, <c>attachment.unknown</c> (404), <c>attachment.not-yours</c> (403).
    /// </summary>
    public async Task<Outcome<Guid>> RemoveAsync(Guid id, Asker asker, CancellationToken cancellation)
    {
        var found = await db.Set<Attachment>()
            .Where(a => a.Id == id)
            .Select(a => new
            {
                a.CaseId,
                a.Proof,
                a.UploadedBy,
            })
            .FirstOrDefaultAsync(cancellation);
        if (found is null || !await book.ReadsAsync(found.CaseId, found.Proof, asker.MemberId, cancellation))
            return Refusal.Missing("attachment.unknown");
        var done = await steps.CommandAsync(
            found.CaseId,
            asker,
            "attachment.remove",
            async work =>
            {
                if (await access.RefuseAsync(work.Row, found.Proof, asker.MemberId, cancellation) is { } refused)
                    return refused;
                if (found.UploadedBy != asker.MemberId)
                    return Refusal.Forbidden("attachment.not-yours");
                if (await EraseAsync(db.Set<Attachment>().Where(a => a.Id == id), work.Moment.Now, cancellation) > 0)
                    work.Happened(new AttachmentRemoved(id, found.Proof));
                return null;
            },
            cancellation
        );
        return done.IsOk ? id : done.Refusal;
    }

    /// <summary>Erases name and content of these; the rows stay. Returns how many there were to erase.</summary>
    internal static Task<int> EraseAsync(
        IQueryable<Attachment> attachments,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        attachments
            .Where(a => a.PurgedAt == null)
            .ExecuteUpdateAsync(
                a =>
                    a.SetProperty(x => x.Content, (byte[]?)null)
                        .SetProperty(x => x.Name, (string?)null)
                        .SetProperty(x => x.PurgedAt, now),
                cancellation
            );

    // The answer that is stored for a repeated request does not know it: the same key gives the same id.
    private static Guid? IdOf(Asker asker) =>
        asker.Key is { } key
            ? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"attachment\n{asker.MemberId}\n{key}")).AsSpan(0, 16))
            : null;

    /// <summary>The last part of a path, without what no file system takes, with the ending of what it really is.</summary>
    private static string NameOf(string fileName, FileKind kind)
    {
        var last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var stem = Path.GetFileNameWithoutExtension(
                string.Concat(last.Where(c => !char.IsControl(c) && !"<>:\"|?*".Contains(c, StringComparison.Ordinal)))
            )
            .Trim(' ', '.');
        var longest = LongestName - kind.Extension.Length - 1;
        // Not inside a character that takes two units.
        if (stem.Length > longest)
            stem = stem[..(char.IsHighSurrogate(stem[longest - 1]) ? longest - 1 : longest)];
        return $"{(stem.Length == 0 ? "file" : stem)}.{kind.Extension}";
    }
}

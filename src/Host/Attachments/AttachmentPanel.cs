using EduUnion.Host.Cases;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Attachments;

/// <summary>The documents of one proof on a page, with the form that adds one (<c>_Attachments</c>).</summary>
/// <param name="Title">The proof in words; labels list and form.</param>
/// <param name="Back">The page to come back to, local.</param>
public sealed record AttachmentPanel(
    Guid CaseId,
    string Proof,
    string Title,
    IReadOnlyList<AttachmentLine> Files,
    bool MayChange,
    Guid Viewer,
    string Back,
    int MostMegabytes,
    int MostFiles
)
{
    public string Action => $"/attachments/{CaseId}/{Uri.EscapeDataString(Proof)}?back={Uri.EscapeDataString(Back)}";

    /// <summary>Keeps the ids of several panels on one page apart.</summary>
    public string Id => "files-" + string.Concat(Proof.Where(char.IsAsciiLetterOrDigit));

    public bool IsFull => Files.Count(f => f.PurgedAt is null) >= MostFiles;

    public static string SizeOf(int bytes, Texts texts) =>
        bytes < 1024 * 1024
            ? texts["attachments.kb", Math.Max(1, (bytes + 512) / 1024)]
            : texts["attachments.mb", Math.Round(bytes / 1024m / 1024m, 1)];
}

/// <summary>Makes the panels of a case's page.</summary>
public sealed class AttachmentPanels(
    EduUnionDb db,
    AttachmentBook book,
    CaseDocuments access,
    RuleBook rules,
    TimeProvider time
)
{
    /// <summary>Null: the member may not read the documents of this case, or there is no such case.</summary>
    public async Task<AttachmentPanel?> OfAsync(
        Guid caseId,
        string proof,
        string title,
        Guid memberId,
        string back,
        CancellationToken cancellation
    ) => await OfAsync(caseId, [(proof, title)], memberId, back, cancellation) is [var panel] ? panel : null;

    /// <summary>Several proofs of one case, read together; those that he may not read are left out.</summary>
    public async Task<IReadOnlyList<AttachmentPanel>> OfAsync(
        Guid caseId,
        IReadOnlyCollection<(string Proof, string Title)> proofs,
        Guid memberId,
        string back,
        CancellationToken cancellation
    )
    {
        var row = await db.Set<CaseRow>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == caseId, cancellation);
        if (row is null || await access.ReadsAsync(caseId, memberId, cancellation) is not { } reads)
            return [];
        var files = await book.ReadableAsync(caseId, memberId, cancellation);
        var inForce = await rules.ForAsync(row.SchoolId, time.GetUtcNow(), cancellation);
        var panels = new List<AttachmentPanel>();
        foreach (var (proof, title) in proofs.Where(p => reads(p.Proof)))
            panels.Add(
                new AttachmentPanel(
                    caseId,
                    proof,
                    title,
                    [.. files.Where(f => f.Proof == proof)],
                    await access.RefuseAsync(row, proof, memberId, cancellation) is null,
                    memberId,
                    back,
                    inForce.Number("attachment.max_mb"),
                    inForce.Number("attachment.max_files")
                )
            );
        return panels;
    }
}

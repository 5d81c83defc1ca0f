using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.Attachments;

/// <summary>
/// Opens documents: freely for whom they are about, for everybody else against a reason, as any other sensitive value. A
/// download shows more than a masked number does, so it passes the same gate and stands in the same record.
/// </summary>
public sealed class AttachmentLooks(AttachmentBook book, UnmaskCommands unmask)
{
    private const string Prefix = "file:";

    /// <summary>The document's name among the sensitive fields of its case.</summary>
    public static string FieldOf(Guid id) => Prefix + id;

    /// <summary>The document that a field names; null = another field.</summary>
    public static Guid? FileIn(string field) =>
        field.StartsWith(Prefix, StringComparison.Ordinal)
        && Guid.TryParseExact(field[Prefix.Length..], "D", out var id)
            ? id
            : null;

    /// <summary>The page that asks why, and then gives the file.</summary>
    public static string PageOf(Guid caseId, Guid id, string? back) =>
        $"/cases/{caseId}/unmask/{Uri.EscapeDataString(FieldOf(id))}"
        + (back is null ? "" : $"?back={Uri.EscapeDataString(back)}");

    /// <summary>
    /// Records who looks, for what and why, and gives the file. Refusals: <c>attachment.unknown</c> (404), those of
    /// <see cref="UnmaskCommands.UnmaskAsync"/>.
    /// </summary>
    public async Task<Outcome<OpenedFile>> LookAsync(
        Guid id,
        ViewPurpose purpose,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (await book.FindAsync(id, asker.MemberId, cancellation) is not { PurgedAt: null } found)
            return Refusal.Missing("attachment.unknown");
        if (await book.OpenAsync(id, asker.MemberId, cancellation) is { } own)
            return own;
        var looked = await unmask.UnmaskAsync(found.CaseId, FieldOf(id), purpose, reason, asker, cancellation);
        if (!looked.IsOk)
            return looked.Refusal;
        return await book.ReadAsync(id, cancellation) is { } file ? file : Refusal.Missing("attachment.unknown");
    }
}

using System.Security.Cryptography;
using EduUnion.Domain;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Attachments;

/// <summary>
/// Takes the files that <c>_Attachments</c> sends from other pages and leads back there; what is refused is told here,
/// where one can choose again. A file is held in memory only: the framework would put a large one on the disk in clear.
/// </summary>
[Authorize(Policies.Member)]
[RequestSizeLimit(Most)]
[RequestFormLimits(MultipartBodyLengthLimit = Most, MemoryBufferThreshold = Most)]
public sealed class ProofModel(AttachmentPanels panels, AttachmentCommands commands, Texts texts) : FormPage(texts)
{
    private const int Most = AttachmentCommands.Longest + 64 * 1024;

    [FromRoute]
    public Guid CaseId { get; init; }

    [FromRoute]
    public string Proof { get; init; } = "";

    [FromQuery]
    public string? Back { get; init; }

    public AttachmentPanel Panel { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return NotFound();
        using var content = new MemoryStream();
        if (file is not null)
            await file.CopyToAsync(content, cancellation);
        var bytes = content.ToArray();
        var hash = SHA256.HashData(bytes);
        // Several files may come from one form, each in a request of its own: the key of each is its own, too.
        var key = Typed.Of(Request.Form).Key is { } form ? $"{form}/{Convert.ToHexStringLower(hash)[..16]}" : null;
        var asker = new Asker(User.MemberId(), key, hash);
        var added = await commands.AddAsync(CaseId, Proof, file?.FileName ?? "", bytes, asker, cancellation);
        return added.IsOk ? Return("attachments.added") : await AgainAsync(added.Refusal, cancellation);
    }

    public async Task<IActionResult> OnPostRemoveAsync([FromQuery] Guid file, CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return NotFound();
        var removed = await commands.RemoveAsync(file, new Asker(User.MemberId()), cancellation);
        return removed.IsOk ? Return("attachments.removed") : await AgainAsync(removed.Refusal, cancellation);
    }

    private RedirectResult Return(string done)
    {
        TempData.Say(Words[done]);
        return Redirect(Panel.Back);
    }

    private async Task<IActionResult> AgainAsync(Refusal refusal, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        return Again(refusal.Field == "file" ? refusal with { Field = Panel.Id } : refusal);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        var back = Back is { } given && Url.IsLocalUrl(given) ? given : $"/attachments/{CaseId}/{Proof}";
        var title = Words.Has("attachments.proof." + Proof)
            ? Words["attachments.proof." + Proof]
            : Words["attachments.title"];
        if (await panels.OfAsync(CaseId, Proof, title, User.MemberId(), back, cancellation) is not { } panel)
            return false;
        Panel = panel;
        Response.Headers.CacheControl = "no-store";
        return true;
    }
}

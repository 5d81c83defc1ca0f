using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Motions;

/// <summary>Revises the text until somebody has signed it, or after it was returned for completion.</summary>
[Authorize(Policies.Member)]
public sealed class EditModel(
    MotionCommands commands,
    MotionViews motions,
    DraftBook drafts,
    SimilarMotions similar,
    Access access,
    Texts texts
) : PageModel
{
    public MotionView Motion { get; private set; } = null!;

    public MotionForm Form { get; private set; } = null!;

    /// <summary>The text has changed while it was being typed: here is what it says now.</summary>
    public bool Stale => Form.Refusal is { Kind: RefusalKind.Stale };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        if (Motion.MayRevise && await drafts.FindAsync(User.MemberId(), Form.Draft, cancellation) is { } draft)
            Form = Form with { Typed = draft.Typed, RestoredFrom = draft.SavedAt };
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        var typed = Typed.Of(Request.Form);
        if (typed.One("do") is "drop-draft")
        {
            await drafts.DropAsync(User.MemberId(), Form.Draft, cancellation);
            return RedirectToPage(new { id });
        }
        Form = Form with { Typed = typed };
        if (typed.One("rows") is { } rows)
        {
            Form = Form with { Typed = MotionForm.WithRows(typed, rows) };
            if (rows == "add")
                Form = Form with { Added = Form.Proposals.Length - 1 };
            await drafts.SaveAsync(User.MemberId(), Form.Draft, Form.Typed, cancellation);
            return await ShowAsync(cancellation);
        }
        var next = typed.One("do") != "save";
        if (next && Form.Content.Check(complete: true) is { } unfinished)
            return await RefuseAsync(unfinished, cancellation);
        long? seen = long.TryParse(typed.One("version"), out var version) ? version : null;
        var asker = HttpContext.Asker(typed);
        var done = await commands.ReviseAsync(id, Form.Content, seen, asker, cancellation);
        if (!done.IsOk)
            return await RefuseAsync(done.Refusal, cancellation);
        await drafts.DropAsync(User.MemberId(), Form.Draft, cancellation);
        TempData.Say(texts["motionform.saved"]);
        if (!next)
            return RedirectToPage(new { id });
        return Motion.Tasks.FirstOrDefault(t => t.Row.Name == "motion.revise") is { } revise
            ? RedirectToPage("/Tasks/Decide", new { id = revise.Row.Id })
            : RedirectToPage("Invite", new { id });
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await motions.FindAsync(id, viewer, cancellation) is not { } found)
            return NotFound();
        if (!found.IsProposer)
            return StatusCode(StatusCodes.Status403Forbidden);
        Motion = found;
        Form = new MotionForm(texts, $"motion-{id:N}", MotionForm.Of(found.Motion.Content))
        {
            Version = found.Row.Version,
        };
        return null;
    }

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken cancellation)
    {
        Form = Form with { Refusal = refusal };
        await drafts.SaveAsync(User.MemberId(), Form.Draft, Form.Typed, cancellation);
        Response.StatusCode = FormErrors.Status(refusal);
        return await ShowAsync(cancellation);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var title = Form.Typed.One("title") ?? "";
        Form = Form with
        {
            Similar = await similar.FindAsync(viewer, Motion.Row.SchoolId, title, Motion.Row.Id, cancellation),
        };
        return Page();
    }
}

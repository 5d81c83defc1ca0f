using EduUnion.Domain;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Motions;

/// <summary>Writes a new motion; the first save makes it a case that only its proposer sees.</summary>
[Authorize(Policies.Representative)]
public sealed class NewModel(
    MotionCommands commands,
    CongressBook congresses,
    OrganisationBook organisations,
    DraftBook drafts,
    SimilarMotions similar,
    Access access,
    Texts texts,
    TimeProvider time
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "session")]
    public Guid? SessionId { get; set; }

    /// <summary>Null: the school has no session whose collection has opened.</summary>
    public CongressSession? Session { get; private set; }

    public string School { get; private set; } = "";

    public MotionForm Form { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        if (Session is null)
            return Page();
        var draft = await drafts.FindAsync(User.MemberId(), Form.Draft, cancellation);
        Form = Form with { Typed = draft?.Typed ?? Typed.Nothing, RestoredFrom = draft?.SavedAt };
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        if (Session is null)
            return NotFound();
        var typed = Typed.Of(Request.Form);
        if (typed.One("do") is "drop-draft")
        {
            await drafts.DropAsync(User.MemberId(), Form.Draft, cancellation);
            return RedirectToPage(new { session = Session.Id });
        }
        if (typed.One("rows") is { } rows)
            return await ShowAsync(typed, rows, cancellation);

        Form = Form with { Typed = typed };
        var next = typed.One("do") != "save";
        if (next && Form.Content.Check(complete: true) is { } unfinished)
            return await RefuseAsync(unfinished, cancellation);
        var done = await commands.CreateAsync(Session.Id, Form.Content, HttpContext.Asker(typed), cancellation);
        if (!done.IsOk)
            return await RefuseAsync(done.Refusal, cancellation);
        await drafts.DropAsync(User.MemberId(), Form.Draft, cancellation);
        TempData.Say(texts["motionform.created"], texts["motionform.created.text"]);
        return RedirectToPage(next ? "Invite" : "Edit", new { id = done.Value.CaseId });
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        Session = SessionId is { } id
            ? await congresses.FindSessionAsync(id, cancellation)
            : await congresses.CurrentSessionAsync(viewer.Represents[0], time.GetUtcNow(), cancellation);
        if (SessionId is not null && (Session is null || !viewer.Represents.Contains(Session.SchoolId)))
            return NotFound();
        if (Session is null)
            return null;
        School = organisations.Find(Session.SchoolId)?.Name ?? "";
        Form = new MotionForm(texts, $"{Draft.NewMotion}{Session.Id:N}", Typed.Nothing);
        return null;
    }

    private async Task<IActionResult> ShowAsync(Typed typed, string rows, CancellationToken cancellation)
    {
        Form = Form with { Typed = MotionForm.WithRows(typed, rows) };
        if (rows == "add")
            Form = Form with { Added = Form.Proposals.Length - 1 };
        await drafts.SaveAsync(User.MemberId(), Form.Draft, Form.Typed, cancellation);
        return await ShowAsync(cancellation);
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
        Form = Form with { Similar = await similar.FindAsync(viewer, Session!.SchoolId, title, null, cancellation) };
        return Page();
    }
}

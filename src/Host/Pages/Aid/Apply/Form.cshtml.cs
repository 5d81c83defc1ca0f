using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>
/// A matter that is one form. Saved it may be unfinished: what is missing is told beside the matters and before the
/// submission; what cannot be read or is malformed is told at once.
/// </summary>
[Authorize(Policies.Member)]
public sealed class FormModel(ApplyDesk desk, DraftBook drafts, Texts texts) : ApplyPage(desk, texts)
{
    private FormSection _section = null!;
    private Refusal? _refusal;

    [FromRoute(Name = "section")]
    public string Name { get; init; } = "";

    /// <summary>Something is missing here: one came from the list of what is missing.</summary>
    [FromQuery]
    public bool Mend { get; init; }

    public Typed Typed { get; private set; } = Typed.Nothing;

    public DateTimeOffset? RestoredFrom { get; private set; }

    public override string Here => Name;

    public string Draft => ApplyDesk.DraftOf(Id, Name);

    public IEnumerable<Field> Fields => _section.Draw(new SectionForm(Words, Typed, _refusal), Said);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        Typed = _section.TypedOf(Said);
        if (await drafts.FindAsync(User.MemberId(), Draft, cancellation) is { } draft)
            (Typed, RestoredFrom) = (draft.Typed, draft.SavedAt);
        else if (Mend && _section.Here(Unfinished, Said) is { } missing)
        {
            _refusal = missing;
            Point(missing);
        }
        // Numbers that are masked once they are saved are not shown again from a draft either.
        Typed = _section.Secrets.Aggregate(Typed, (typed, secret) => typed.With(secret));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        Typed = Typed.Of(Request.Form);
        if (Typed.One("do") is "drop-draft")
        {
            await drafts.DropAsync(User.MemberId(), Draft, cancellation);
            return Redirect(To(Name));
        }
        var read = new SectionReading(Typed);
        var content = _section.Into(Said, read);
        if (read.Refusal is { } unreadable)
            return await RefuseAsync(unreadable, cancellation);
        var saved = await Desk.SaveAsync(
            Id,
            before => _section.Into(before, new SectionReading(Typed)),
            HttpContext.Asker(Typed),
            cancellation
        );
        if (!saved.IsOk)
            return await RefuseAsync(_section.Here(saved.Refusal, content) ?? saved.Refusal, cancellation);
        await drafts.DropAsync(User.MemberId(), Draft, cancellation);
        return Redirect(Typed.One("do") == "save" ? $"/aid/{Id}/apply" : To(_section.Next));
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellation)
    {
        if (Section.Find(Name) is not FormSection section)
            return NotFound();
        _section = section;
        return await OpenAsync(cancellation);
    }

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken cancellation)
    {
        _refusal = refusal;
        var kept = _section.Secrets.Aggregate(Typed, (typed, secret) => typed.With(secret));
        await drafts.SaveAsync(User.MemberId(), Draft, kept, cancellation);
        return Again(refusal);
    }
}

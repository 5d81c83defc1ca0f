using EduUnion.Domain;
using EduUnion.Host.Attachments;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Privacy;

/// <summary>
/// Asks why somebody wants to see a masked value, then shows it once: in the answer to the form and under no address of
/// its own, so that neither browser nor history keeps it. The form itself says nothing about the case.
/// </summary>
[Authorize(Policies.Member)]
public sealed class UnmaskModel(UnmaskCommands commands, AttachmentLooks files, Texts texts) : FormPage(texts)
{
    [FromRoute]
    public Guid CaseId { get; init; }

    [FromRoute]
    public string Field { get; init; } = "";

    [FromQuery]
    public string? Back { get; init; }

    public Typed Typed { get; private set; } = Typed.Nothing;

    public Unmasked? Shown { get; private set; }

    /// <summary>The document that is asked for; null = a value.</summary>
    public Guid? Document => AttachmentLooks.FileIn(Field);

    public string Label => SensitiveViews.LabelOf(Field, Words);

    public string BackTo => Back is { } given && Url.IsLocalUrl(given) ? given : "/";

    public Dialog Form =>
        new(
            "unmask",
            Label,
            $"/cases/{CaseId}/unmask/{Uri.EscapeDataString(Field)}?back={Uri.EscapeDataString(BackTo)}",
            Words[Document is null ? "unmask.show" : "unmask.file"]
        )
        {
            Flat = true,
            Href = BackTo,
            Hidden = new Dictionary<string, string> { ["key"] = Typed.Key ?? Guid.NewGuid().ToString() },
            Fields =
            [
                new("purpose", Words["unmask.purpose"], FieldKind.Choice)
                {
                    Required = true,
                    Value = Typed.One("purpose"),
                    Options = [.. Enum.GetNames<ViewPurpose>().Select(p => new Choice(p, Words["viewpurpose." + p]))],
                    Error = ErrorAt("purpose"),
                },
                new("reason", Words["unmask.reason"], FieldKind.LongText)
                {
                    Required = true,
                    Value = Typed.One("reason"),
                    Hint = Words["unmask.reason.hint"],
                    Error = ErrorAt("reason"),
                },
            ],
        };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        KeepNowhere();
        return await commands.CheckAsync(CaseId, Field, User.MemberId(), cancellation) switch
        {
            null => Page(),
            { Kind: RefusalKind.Missing } => NotFound(),
            var refusal => Again(refusal),
        };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        KeepNowhere();
        Typed = Typed.Of(Request.Form);
        // What is not his to know is not found, whatever he typed.
        if (await commands.CheckAsync(CaseId, Field, User.MemberId(), cancellation) is { Kind: RefusalKind.Missing })
            return NotFound();
        if (!Enum.TryParse<ViewPurpose>(Typed.One("purpose"), out var purpose) || !Enum.IsDefined(purpose))
            return Again(Refusal.At("purpose", "form.required"));
        var asker = HttpContext.Asker(Typed);
        var reason = Typed.One("reason");
        if (Document is { } file)
        {
            var looked = await files.LookAsync(file, purpose, reason, asker, cancellation);
            if (!looked.IsOk)
                return Again(looked.Refusal);
            Download.Announce(Response, looked.Value);
            return File(looked.Value.Content, looked.Value.ContentType);
        }
        var shown = await commands.UnmaskAsync(CaseId, Field, purpose, reason, asker, cancellation);
        if (!shown.IsOk)
            return Again(shown.Refusal);
        Shown = shown.Value;
        return Page();
    }

    private void KeepNowhere() => Response.Headers.CacheControl = "no-store";
}

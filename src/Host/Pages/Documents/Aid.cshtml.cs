using EduUnion.Domain;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Documents;
using EduUnion.Host.Documents.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Documents;

/// <summary>
/// A paper of aid on screen and for print: of an application, an objection or a file. Masked; a reason on record shows it
/// in clear in this one answer, which is kept nowhere.
/// </summary>
[Authorize(Policies.Member)]
public sealed class AidModel(Access access, AidPaperReader reader, UnmaskCommands unmask, Texts texts) : FormPage(texts)
{
    [FromRoute]
    public Guid Id { get; init; }

    /// <summary><c>survey</c>, <c>approval</c>, <c>objection</c> or <c>file</c>.</summary>
    [FromRoute]
    public string Form { get; init; } = "";

    [BindProperty]
    public ViewPurpose? Purpose { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ReadPaper Found { get; private set; } = null!;

    public bool IsClear { get; private set; }

    public IEnumerable<Field> Fields =>
        [
            new("purpose", Words["unmask.purpose"], FieldKind.Choice)
            {
                Value = Purpose?.ToString(),
                Options =
                [
                    .. Enum.GetValues<ViewPurpose>().Select(p => new Choice(p.ToString(), Words[$"viewpurpose.{p}"])),
                ],
                Folded = true,
                Required = true,
                Error = ErrorAt("purpose"),
            },
            new("reason", Words["form.reason"])
            {
                Value = Reason,
                Required = true,
                Error = ErrorAt("reason"),
            },
        ];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(false, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(false, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Purpose is not { } purpose)
            return Again(Refusal.At("purpose", "form.required"));
        // Every value that the paper tells is on record, as if it had been looked at by itself.
        foreach (var field in Found.Secrets)
        {
            var shown = await unmask.UnmaskAsync(
                Found.CaseId!.Value,
                field,
                purpose,
                Reason,
                new Asker(User.MemberId()),
                cancellation
            );
            if (!shown.IsOk)
                return Again(shown.Refusal);
        }
        IsClear = Found.Secrets.Count > 0;
        return await LoadAsync(IsClear, cancellation) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(bool clear, CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await reader.FindAsync(Id, Form, viewer, clear, cancellation) is not { } found)
            return false;
        Found = found;
        return true;
    }
}

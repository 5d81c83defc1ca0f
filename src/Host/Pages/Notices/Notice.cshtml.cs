using System.Net;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Notices;

/// <summary>
/// One notice, and the form with which anybody objects to it. When it is over the page says so, and nothing of what it
/// showed (404).
/// </summary>
[AllowAnonymous]
public sealed class NoticeModel(
    Access access,
    NoticeViews views,
    ObjectionCommands objections,
    ObjectionReceipts receipts,
    AnonymousLimit limit,
    Texts texts
) : PublicPage(access, texts)
{
    /// <summary>From the filing to the page after it, in the cookie of whoever filed.</summary>
    private const string Kept = "objection-receipt";

    /// <summary>Null: over, or never there.</summary>
    public ShownNotice? Notice { get; private set; }

    /// <summary>The receipt of an objection that has just been filed without a name; shown once.</summary>
    public string? Receipt { get; private set; }

    [BindProperty]
    public ObjectionGround? Ground { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary><c>named</c> or <c>anonymous</c>; who is not signed in is anonymous.</summary>
    [BindProperty]
    public string? As { get; set; }

    /// <summary>By which a named objection that is sent twice is filed once.</summary>
    [BindProperty]
    public string? Key { get; set; }

    public IEnumerable<Field> Fields =>
        [
            new("ground", Words["notices.ground"], FieldKind.Choice)
            {
                Value = Ground?.ToString(),
                Options = Words.Choices<ObjectionGround>(),
                Required = true,
                Error = ErrorAt("ground"),
            },
            new("text", Words["notices.text"], FieldKind.LongText)
            {
                Value = Text,
                Hint = Words["notices.text.hint"],
                MaxLength = 2000,
                Required = true,
                Error = ErrorAt("text"),
            },
            .. IsSignedIn
                ?
                [
                    new Field("as", Words["notices.as"], FieldKind.Choice)
                    {
                        Value = As,
                        Options =
                        [
                            new("named", Words["notices.as.named"], Words["notices.as.named.text"]),
                            new("anonymous", Words["notices.as.anonymous"], Words["notices.as.anonymous.text"]),
                        ],
                        Required = true,
                        Error = ErrorAt("as"),
                    },
                ]
                : Array.Empty<Field>(),
        ];

    protected override string? LabelOf(string field) => Fields.FirstOrDefault(f => f.Name == field)?.Label;

    private Domain.Refusal? Missing() =>
        Domain.Refusal.Of([
            .. new[]
            {
                (Name: "ground", Empty: Ground is null),
                (Name: "text", Empty: string.IsNullOrWhiteSpace(Text)),
                (Name: "as", Empty: IsSignedIn && As is not ("named" or "anonymous")),
            }
                .Where(f => f.Empty)
                .Select(f => Domain.Refusal.At(f.Name, "form.required")),
        ]);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        await LoadAsync(id, cancellation);
        Receipt = TempData[Kept] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        await LoadAsync(id, cancellation);
        if (Notice is not { } notice)
            return Page();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Missing() is { } missing)
            return Again(missing);
        var named = IsSignedIn && As == "named";
        // Who is signed in is looked at, so that nobody objects to his own application, and forgotten.
        var by = IsSignedIn ? User.MemberId() : Guid.Empty;
        var typed = Typed.Of(Request.Form);
        var asker = new Asker(by, typed.Key, typed.HashFor(Request.Path));
        var filed = named
            ? await FileAsync()
            : await limit.FileAsync(notice.Id, HttpContext.Connection.RemoteIpAddress, FileAsync);
        if (!filed.IsOk)
            return Again(filed.Refusal);
        if (named)
            TempData.Say(Words["notices.filed"], Words["notices.filed.text"]);
        else
            TempData[Kept] = receipts.Of(filed.Value.CaseId);
        return Redirect($"/notices/{id}");

        Task<Outcome<StepDone>> FileAsync() =>
            objections.FileAsync(notice.CaseId, Ground!.Value, Text, !named, asker, cancellation);
    }

    private async Task LoadAsync(Guid id, CancellationToken cancellation)
    {
        Notice = await views.FindAsync(id, await ViewerAsync(cancellation), cancellation);
        if (Notice is null)
            Response.StatusCode = (int)HttpStatusCode.NotFound;
    }
}

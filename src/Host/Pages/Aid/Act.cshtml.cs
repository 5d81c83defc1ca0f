using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ConsentKind = EduUnion.Domain.Aid.ConsentKind;

namespace EduUnion.Host.Pages.Aid;

/// <summary>One form for each right that may be used beside the tasks of an application. What is not offered is not found.</summary>
[Authorize(Policies.Member)]
public sealed class ActModel(
    Access access,
    AidViews views,
    AidCommands commands,
    AidLifeCommands life,
    ReplacementCommands replacements,
    ConsentTexts consents,
    Texts texts
) : FormPage(texts)
{
    private Refusal? _refusal;

    [FromRoute]
    public Guid Id { get; init; }

    [FromRoute]
    public string Act { get; init; } = "";

    /// <summary>Which consent is taken back.</summary>
    [FromQuery]
    public ConsentKind? Item { get; init; }

    public AidView View { get; private set; } = null!;

    public Typed Typed { get; private set; } = Typed.Nothing;

    public string Number => View.Number.Length > 0 ? View.Number : Words["aid.noNumber"];

    /// <summary>What is not consented to yet.</summary>
    public IReadOnlyList<ConsentBox> Boxes =>
        [
            .. consents
                .Boxes(Typed, _refusal)
                .Where(b => !View.Application.Has(Enum.Parse<ConsentKind>(b.Text.Kind.ToString()))),
        ];

    /// <summary>The application ends with the consent: the form says so before it is sent.</summary>
    private bool Ends =>
        Act == CaseActs.WithdrawConsent && Item == ConsentKind.Collection && View.Application.EndsWithCollection;

    public Dialog Form =>
        new(
            "do",
            Words["aid.do." + Act],
            $"/aid/{Id}/do/{Act}?item={Item}",
            Words["aid.do.submit." + Act + (Ends ? ".ends" : "")]
        )
        {
            Flat = true,
            Grave = true,
            Href = $"/aid/{Id}",
            Text =
                Act == CaseActs.WithdrawConsent && Item is { } kind
                    ? Words["aid.do.text.withdraw-consent." + kind + (Ends ? ".ends" : "")]
                    : Words["aid.do.text." + Act],
            Fields = Fields(),
            Hidden = new Dictionary<string, string>
            {
                ["key"] = Typed.Key ?? Guid.NewGuid().ToString(),
                ["confirmed"] = Ends ? "yes" : "",
            },
        };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return NotFound();
        Typed = Typed.Of(Request.Form);
        var done = await DoAsync(HttpContext.Asker(Typed), cancellation);
        if (done is { } refusal)
        {
            _refusal = refusal;
            return Again(refusal);
        }
        TempData.Say(Words["aid.done." + Act]);
        return Redirect($"/aid/{Id}");
    }

    private Field[] Fields() =>
        Act switch
        {
            CaseActs.Withdraw => [Reason(false)],
            CaseActs.Cancel =>
            [
                new("why", Words["aid.field.why"], FieldKind.Choice)
                {
                    Required = true,
                    Value = Typed.One("why"),
                    Error = ErrorAt("why"),
                    Options =
                    [
                        .. new[] { CancelReason.Died, CancelReason.LeftDistrict, CancelReason.FalsePapers }.Select(
                            r => new Choice(r.ToString(), Words.Word<CancelReason>(r))
                        ),
                    ],
                },
                Reason(true),
            ],
            CaseActs.Replace =>
            [
                new("member", Words["aid.do.replace.member"], FieldKind.Choice)
                {
                    Required = true,
                    Value = Typed.One("member"),
                    Error = ErrorAt("member"),
                    Options = [.. View.Application.Surveyors.Select(s => new Choice(s.ToString(), View.Name(s)))],
                },
                Reason(true),
            ],
            _ => [],
        };

    private Field Reason(bool required) =>
        new("reason", Words["form.reason"], FieldKind.LongText)
        {
            Required = required,
            Value = Typed.One("reason"),
            Error = ErrorAt("reason"),
        };

    private async Task<Refusal?> DoAsync(Asker asker, CancellationToken cancellation)
    {
        var reason = Typed.One("reason");
        switch (Act)
        {
            case CaseActs.Withdraw:
                return (await commands.WithdrawAsync(Id, reason, asker, cancellation)).Refusal;
            case CaseActs.WithdrawConsent:
                var told = Typed.One("confirmed") == "yes";
                return (await commands.WithdrawConsentAsync(Id, Item!.Value, told, asker, cancellation)).Refusal;
            case CaseActs.Cancel:
                return Enum.TryParse<CancelReason>(Typed.One("why"), out var why) && Enum.IsDefined(why)
                    ? (await life.CancelAsync(Id, why, reason, asker, cancellation)).Refusal
                    : Refusal.At("why", "form.required");
            case CaseActs.Replace:
                return Guid.TryParse(Typed.One("member"), out var surveyor)
                    ? (await replacements.ReplaceSurveyorAsync(Id, surveyor, reason, asker, cancellation)).Refusal
                    : Refusal.At("member", "form.required");
            default:
                return await ConsentAsync(asker with { Key = null }, cancellation);
        }
    }

    private async Task<Refusal?> ConsentAsync(Asker asker, CancellationToken cancellation)
    {
        var read = ConsentTexts.Read(Typed);
        if (!read.IsOk)
            return read.Refusal;
        foreach (var (kind, version) in read.Value)
        {
            var of = Enum.Parse<ConsentKind>(kind.ToString());
            if ((await commands.GiveConsentAsync(Id, of, version, null, asker, cancellation)).Refusal is { } refusal)
                return refusal;
        }
        return null;
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(Id, viewer, cancellation) is not { } view)
            return false;
        View = view;
        return CaseActs.Of(view, viewer).Contains(Act)
            && (Act != CaseActs.WithdrawConsent || (Item is { } kind && view.Application.Has(kind)));
    }
}

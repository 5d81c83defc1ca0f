using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using ConsentKind = EduUnion.Domain.Aid.ConsentKind;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>
/// The three consents, each for itself and none ticked beforehand. Entered on behalf, each rests on the paper that the
/// applicant signed.
/// </summary>
[Authorize(Policies.Member)]
public sealed class ConsentsModel(ApplyDesk desk, ConsentTexts consents, Texts texts) : ApplyPage(desk, texts)
{
    private Typed _typed = Typed.Nothing;
    private Refusal? _refusal;

    public override string Here => "consents";

    public IReadOnlyList<ConsentLine> Given => ConsentLine.Of(Application, User.MemberId(), Words);

    /// <summary>What is not consented to yet.</summary>
    public IReadOnlyList<ConsentBox> Boxes =>
        [
            .. consents
                .Boxes(_typed, _refusal)
                .Where(b => !Application.Has(Enum.Parse<ConsentKind>(b.Text.Kind.ToString()))),
        ];

    /// <summary>Which file is the signed paper; null = the applicant consents himself.</summary>
    public Field? Paper =>
        User.MemberId() == Application.ApplicantId
            ? null
            : new Field("paper", Words["aid.field.paper"], FieldKind.Choice)
            {
                Required = true,
                Folded = true,
                Hint = Words["aid.hint.paper"],
                Value = _typed.One("paper"),
                Error = ErrorAt("paper"),
                Options =
                [
                    .. Files
                        .Where(f => f is { Name: not null, Proof: nameof(ProofKind.ConsentForm) })
                        .Select(f => new Choice(f.Id.ToString(), f.Name!)),
                ],
            };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await OpenAsync(cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await OpenAsync(cancellation) is { } no)
            return no;
        _typed = Typed.Of(Request.Form);
        var read = ConsentTexts.Read(_typed);
        if (!read.IsOk)
            return Refuse(read.Refusal);
        Guid? paper = Guid.TryParse(_typed.One("paper"), out var file) ? file : null;
        foreach (var (kind, version) in read.Value)
        {
            // A key of its own: three consents are three acts.
            var asker = HttpContext.Asker(_typed) with
            {
                Key = null,
            };
            var given = await Desk.ConsentAsync(
                Id,
                Enum.Parse<ConsentKind>(kind.ToString()),
                version,
                paper,
                asker,
                cancellation
            );
            if (!given.IsOk)
                return Refuse(given.Refusal);
        }
        return Redirect(To(Section.Check));
    }

    private IActionResult Refuse(Refusal refusal)
    {
        _refusal = refusal;
        return Again(refusal);
    }
}

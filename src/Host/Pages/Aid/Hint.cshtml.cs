using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid;

/// <summary>
/// The first reporter (第一报告人) names a colleague and what he knows; no documents. What becomes of it he does not learn.
/// </summary>
[Authorize(Policies.Member)]
public sealed class HintModel(Access access, AidCommands commands, SchoolPeople people, Texts texts) : FormPage(texts)
{
    private Typed _typed = Typed.Nothing;
    private IReadOnlyList<Choice> _people = [];

    public string Key => _typed.Key ?? Guid.NewGuid().ToString();

    public IEnumerable<Field> Fields =>
        [
            new("member", Words["aid.field.colleague"], FieldKind.Choice)
            {
                Required = true,
                Folded = true,
                Options = _people,
                Value = _typed.One("member"),
                Error = ErrorAt("member"),
            },
            new("text", Words["aid.field.seen"], FieldKind.LongText)
            {
                Required = true,
                MaxLength = 500,
                Hint = Words["aid.hint.seen"],
                Value = _typed.One("text"),
                Error = ErrorAt("text"),
            },
        ];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? Page() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        _typed = Typed.Of(Request.Form);
        if (!Guid.TryParse(_typed.One("member"), out var member) || _people.All(p => p.Value != member.ToString()))
            return Again(Refusal.At("member", "form.required"));
        var reported = await commands.ReportAsync(member, _typed.One("text"), HttpContext.Asker(_typed), cancellation);
        if (!reported.IsOk)
            return Again(reported.Refusal);
        TempData.Say(Words["aid.hint.received"], Words["aid.hint.received.text"]);
        return Redirect("/aid");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (viewer.At(Office.GroupLeader, Office.SchoolUnionChair).Count == 0)
            return false;
        _people = await people.OfAsync(viewer, cancellation);
        return true;
    }
}

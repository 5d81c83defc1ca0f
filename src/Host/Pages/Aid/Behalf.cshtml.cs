using EduUnion.Domain;
using EduUnion.Domain.Aid;
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

/// <summary>The school union's chair begins an application for a colleague; from here on it is the applicant's wizard.</summary>
[Authorize(Policies.Member)]
public sealed class BehalfModel(Access access, AidCommands commands, SchoolPeople people, Texts texts) : FormPage(texts)
{
    private Typed _typed = Typed.Nothing;
    private IReadOnlyList<Choice> _people = [];

    public string Key => _typed.Key ?? Guid.NewGuid().ToString();

    public IEnumerable<Field> Fields =>
        [
            new("member", Words["aid.field.applicant"], FieldKind.Choice)
            {
                Required = true,
                Folded = true,
                Options = _people,
                Value = _typed.One("member"),
                Error = ErrorAt("member"),
            },
            new("agreed", Words["aid.field.agreed"], FieldKind.Tick)
            {
                Required = true,
                Hint = Words["aid.hint.agreed"],
                Value = _typed.One("agreed"),
                Error = ErrorAt("agreed"),
            },
        ];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? Page() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        _typed = Typed.Of(Request.Form);
        var known =
            Guid.TryParse(_typed.One("member"), out var member) && _people.Any(p => p.Value == member.ToString());
        var wrong = Refusal.Of([
            .. known ? [] : new[] { Refusal.At("member", "form.required") },
            .. _typed.One("agreed") == "true" ? [] : new[] { Refusal.At("agreed", "aid.consent-missing") },
        ]);
        if (wrong is not null)
            return Again(wrong);
        var begun = await commands.ApplyForAsync(
            member,
            AidContent.Empty,
            new Dictionary<ConsentKind, string>(),
            HttpContext.Asker(_typed),
            cancellation
        );
        return begun.IsOk ? Redirect($"/aid/{begun.Value.CaseId}/apply") : Again(begun.Refusal);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var schools = viewer.At(Office.SchoolUnionChair);
        if (schools.Count == 0)
            return false;
        _people = await people.ChoicesAsync(schools, viewer, cancellation);
        return true;
    }
}

using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Cases;

/// <summary>A case by its number: where it stands, and what an administrator may do to it. Nothing of what it says.</summary>
[Authorize(Policies.Administrator)]
public sealed class IndexModel(AdminCaseBook book, StepWords words, Texts texts) : PageModel
{
    [FromQuery]
    public string? Find { get; init; }

    public IReadOnlyList<CaseSheet> Found { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        Found = await book.FindAsync(Find, cancellation);
    }

    public string Step(string step) => words.Step(step);

    public string State(CaseSheet sheet)
    {
        var key =
            sheet.Kind == MotionCase.KindName
                ? $"state.{sheet.State}"
                : $"aidterm.{char.ToUpperInvariant(sheet.Kind[0])}{sheet.Kind[1..]}State.{sheet.State}";
        return texts.Has(key) ? texts[key] : sheet.State;
    }

    /// <summary>Offices by name, persons by their number.</summary>
    public string Asked(OpenPlace place)
    {
        var offices = place.Offices.Select(o => $"{o.Organisation} {texts["office." + o.Office]}");
        var all = place.Members > 0 ? offices.Append(texts["admincase.members", place.Members]) : offices;
        return string.Join(texts["clock.separator"], all.DefaultIfEmpty(texts["admincase.nobody"]));
    }
}

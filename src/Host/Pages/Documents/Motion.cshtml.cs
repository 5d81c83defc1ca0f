using EduUnion.Host.Cases;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.Motions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Documents;

/// <summary>A form of a motion on screen and paper; what is not there for the reader is 404.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class MotionModel(Access access, MotionPapers papers, Texts texts) : PageModel
{
    [FromRoute]
    public Guid Id { get; init; }

    [FromRoute]
    public string Form { get; init; } = "";

    /// <summary>Of several hosts, whose; without it the latest.</summary>
    [FromQuery]
    public Guid? Part { get; init; }

    public MotionPaper Found { get; private set; } = null!;

    /// <summary>The same form of the other hosts.</summary>
    public IReadOnlyList<Tab> Tabs { get; private set; } = [];

    public string Case => $"/motions/{Id}{(Found.Ready.Part is { } part ? $"?part={part}" : "")}";
    public string Number => Found.View.Row.Number ?? Found.View.Row.Receipt ?? texts["desk.noNumber"];
    public string Name => texts["documents.form." + Form];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return NotFound();
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await papers.FindAsync(Id, Form, Part, viewer, cancellation) is not { } found)
            return NotFound();
        Found = found;
        var view = found.View;
        Tabs =
        [
            .. found
                .Ready.Document.ReadyOf(view.Motion, null, Insight.Of(view, viewer))
                .Select(ready => (Ready: ready, Part: view.Motion.Parts.FirstOrDefault(p => p.Id == ready.Part)))
                .Where(r => r.Part is not null)
                .Select(r => new Tab(Host(r.Part!), r.Ready.Href(Id), r.Ready == found.Ready)),
        ];
        return Page();

        string Host(Domain.Motions.Handling part) =>
            view.Departments.GetValueOrDefault(part.HostId, "")
            + (part.Round > 1 ? texts["documents.round", Numerals.Here(part.Round)] : "");
    }
}

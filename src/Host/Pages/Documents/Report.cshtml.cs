using EduUnion.Host.Cases;
using EduUnion.Host.Documents;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Documents;

/// <summary>The report on a session's motions that the next session examines.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class ReportModel(Access access, MotionReport report) : PageModel
{
    [FromQuery]
    public Guid Session { get; init; }

    public Paper Paper { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var paper = await report.OfAsync(Session, viewer, cancellation);
        if (!paper.IsOk)
            return NotFound();
        Paper = paper.Value;
        return Page();
    }
}

using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Documents;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Documents;

/// <summary>The report on a session's motions that the next session examines.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class ReportModel(
    Access access,
    MotionReport report,
    CommitteeCommands committee,
    CongressBook congresses
) : PageModel
{
    [FromQuery]
    public Guid Session { get; init; }

    public Paper Paper { get; private set; } = null!;

    /// <summary>The secretary puts what is closed into the archive when the report has been examined.</summary>
    public bool MayArchive { get; private set; }

    /// <summary>How many motions were archived just now.</summary>
    [FromQuery]
    public int? Archived { get; init; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var done = await committee.ArchiveAsync(Session, new Asker(User.MemberId()), cancellation);
        return done.IsOk ? RedirectToPage(new { session = Session, archived = done.Value })
            : done.Refusal.Kind == RefusalKind.Missing ? NotFound()
            : Forbid();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var paper = await report.OfAsync(Session, viewer, cancellation);
        if (!paper.IsOk)
            return NotFound();
        Paper = paper.Value;
        MayArchive =
            await congresses.FindSessionAsync(Session, cancellation) is { } session
            && viewer.At(Office.MotionSecretary).Contains(session.SchoolId);
        return Page();
    }
}

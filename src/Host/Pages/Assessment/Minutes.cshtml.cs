using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Documents;
using EduUnion.Host.Documents.Aid;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Assessment;

/// <summary>The minutes with the table of ballots; when the meeting is closed.</summary>
[Authorize(Policies.Member)]
public sealed class MinutesModel(Access access, MeetingViews views, AidPapers papers) : PageModel
{
    public Guid Meeting { get; private set; }
    public Paper Paper { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(id, viewer, cancellation) is not { Meeting.State: MeetingState.Closed } view)
            return NotFound();
        (Meeting, Paper) = (id, await papers.OfMeetingAsync(view, cancellation));
        return Page();
    }
}

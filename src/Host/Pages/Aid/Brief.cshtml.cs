using EduUnion.Host.Cases;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Aid;

/// <summary>The approver's brief on one page, for the screen and for paper. Only who sees the whole application sees it.</summary>
[Authorize(Policies.Member)]
public sealed class BriefModel(Access access, AidViews views, ApprovalBriefs briefs) : PageModel
{
    public ApprovalBrief Brief { get; private set; } = null!;

    /// <summary>The viewer's own task of approval; null = he has none.</summary>
    public string? TaskHref { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(id, viewer, cancellation) is not { Sight: Sight.Full } view)
            return NotFound();
        Brief = await briefs.OfAsync(view, viewer, cancellation);
        TaskHref = view.Tasks.FirstOrDefault(t => t.Mine && AidPanel.IsApproval(t.Row.Name)) is { } task
            ? $"/tasks/{task.Row.Id}"
            : null;
        return Page();
    }
}

using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Assessment;

/// <summary>The meetings of the aid committee, and what waits for the next.</summary>
[Authorize(Policies.Member)]
public sealed class IndexModel(Access access, MeetingViews views, OrganisationBook organisations) : PageModel
{
    private const int PageSize = 30;

    [FromQuery]
    public Guid? After { get; init; }

    public IReadOnlyList<MeetingItem> Meetings { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null);

    /// <summary>By school, of those whose meetings the viewer calls.</summary>
    public IReadOnlyList<(Guid School, IReadOnlyList<WaitingCase> Cases)> Waiting { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (!MeetingViews.MayLook(viewer))
            return StatusCode(StatusCodes.Status403Forbidden);
        var slice = await views.ListAsync(viewer, PageSize, After, cancellation);
        Meetings = slice.Items;
        Pager = Paging.Of(Request, [], slice.Next);
        var waiting = new List<(Guid, IReadOnlyList<WaitingCase>)>();
        foreach (var school in MeetingViews.Convenes(viewer))
            waiting.Add((school, await views.WaitingAsync(school, cancellation)));
        Waiting = waiting;
        return Page();
    }

    public string SchoolOf(Guid id) => organisations.Find(id)?.Name ?? "";

    public static Status StatusOf(MeetingState state) =>
        state switch
        {
            MeetingState.Open => Status.Mine,
            MeetingState.Convened => Status.Soon,
            MeetingState.Closed => Status.Done,
            _ => Status.Wait,
        };
}

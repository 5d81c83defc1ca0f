using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Notices;

/// <summary>The notices that are up now, readable without signing in.</summary>
[AllowAnonymous]
public sealed class IndexModel(Access access, NoticeViews views, Texts texts) : PublicPage(access, texts)
{
    private const int PageSize = 50;

    [FromQuery]
    public Guid? After { get; init; }

    public IReadOnlyList<ShownNotice> Notices { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var slice = await views.ListAsync(await ViewerAsync(cancellation), PageSize, After, cancellation);
        Notices = slice.Items;
        Pager = Paging.Of(Request, [], slice.Next);
    }
}

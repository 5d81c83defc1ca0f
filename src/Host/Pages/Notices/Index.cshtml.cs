using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;

namespace EduUnion.Host.Pages.Notices;

/// <summary>The notices that are up now, readable without signing in.</summary>
[AllowAnonymous]
public sealed class IndexModel(Access access, NoticeViews views, Texts texts) : PublicPage(access, texts)
{
    public IReadOnlyList<ShownNotice> Notices { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Notices = await views.ListAsync(await ViewerAsync(cancellation), cancellation);
}

using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Mvc.Filters;

namespace EduUnion.Host.Pages.Notices;

/// <summary>
/// A page that anybody may read for as long as a notice is up: search engines are told to keep nothing of it, and no cache
/// outlives it.
/// </summary>
public abstract class PublicPage(Access access, Texts texts) : FormPage(texts)
{
    public bool IsSignedIn => User.Identity is { IsAuthenticated: true };

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet";
        Response.Headers.CacheControl = "no-store";
    }

    protected async Task<Viewer?> ViewerAsync(CancellationToken cancellation) =>
        IsSignedIn ? await access.ViewerAsync(User.MemberId(), cancellation) : null;
}

using System.Diagnostics;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages;

/// <summary>What a person reads when a request failed as a whole; the failed request may have been of any method.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel(TimeProvider time) : PageModel
{
    private static readonly int[] Known = [400, 401, 403, 404, 409, 412, 429, 500, 503];

    public int Status { get; private set; }

    /// <summary>To find the request in the log.</summary>
    public string? Number { get; private set; }

    public string At { get; private set; } = "";

    /// <summary>The address that failed, when trying again may help.</summary>
    public string? Again { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var asked = int.TryParse(RouteData.Values["status"]?.ToString(), out var s) ? s : 404;
        Status =
            Known.Contains(asked) ? asked
            : asked < 500 ? 404
            : 500;
        HttpContext.Response.StatusCode = Status;
        if (Status < 500)
            return;
        // The database may be the reason: nothing is asked for the frame.
        ViewData["Frame"] = Frame.Guest;
        Number = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        At = Dates.LongInstant(time.GetUtcNow());
        var failed =
            HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
            ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        // One leading slash only: "//host" would lead to another site.
        Again = failed is null ? null : "/" + failed.TrimStart('/', '\\');
    }

    public void OnGet() { }
}

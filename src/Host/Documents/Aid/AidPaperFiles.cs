using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Documents.Word;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Documents.Aid;

/// <summary>The papers of aid as Word files; always masked, except a person's own. What is shown in clear is never a file.</summary>
public static class AidPaperFiles
{
    public static IEndpointRouteBuilder MapAidPaperFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/notices/{id:guid}.docx", NoticeAsync).AllowAnonymous().ExcludeFromDescription();
        var files = app.MapGroup("").RequireAuthorization(Policies.Member).ExcludeFromDescription();
        files.MapGet("/aid/papers/{form}/{id:guid}.docx", PaperAsync);
        files.MapGet("/assessment/{id:guid}/minutes.docx", MinutesAsync);
        return app;
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> PaperAsync(
        string form,
        Guid id,
        HttpContext http,
        Access access,
        AidPaperReader reader,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return await reader.FindAsync(id, form, viewer, false, cancellation) is { } found
            ? Word(http, found.Paper)
            : TypedResults.NotFound();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> MinutesAsync(
        Guid id,
        HttpContext http,
        Access access,
        MeetingViews views,
        AidPapers papers,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return await views.FindAsync(id, viewer, cancellation) is { Meeting.State: MeetingState.Closed } view
            ? Word(http, await papers.OfMeetingAsync(view, cancellation))
            : TypedResults.NotFound();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> NoticeAsync(
        Guid id,
        HttpContext http,
        Access access,
        NoticeViews views,
        AidPapers papers,
        CancellationToken cancellation
    )
    {
        var viewer = http.User.Identity is { IsAuthenticated: true }
            ? await access.ViewerAsync(http.User.MemberId(), cancellation)
            : null;
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        return await views.FindAsync(id, viewer, cancellation) is { } notice
            ? Word(http, papers.OfNotice(notice))
            : TypedResults.NotFound();
    }

    private static FileContentHttpResult Word(HttpContext http, Paper paper)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(WordFile.Of(paper), WordFile.ContentType, paper.Name + ".docx");
    }
}

using EduUnion.Domain;
using EduUnion.Host.Api;
using EduUnion.Host.Cases;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.Documents.Word;
using EduUnion.Host.Motions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Documents;

/// <summary>
/// The documents as files. Their names are Chinese; the header tells them in RFC 5987's way, with a plain one for old
/// programs.
/// </summary>
public static class DocumentFiles
{
    /// <summary>Links of the pages.</summary>
    public static IEndpointRouteBuilder MapDocumentFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("/motions").RequireAuthorization(Policies.Member).ExcludeFromDescription();
        files.MapGet("/{id:guid}/documents/{form}.docx", PageFileAsync);
        files.MapGet("/report.docx", ReportAsync);
        files.MapGet(
            "/register.xlsx",
            (HttpContext http, Access access, MotionRegister register, CancellationToken cancellation) =>
                RegisterAsync(RegisterFilter.Of(http.Request.Query), http, access, register, cancellation)
        );
        return app;
    }

    /// <summary>The same for programs.</summary>
    public static RouteGroupBuilder MapDocumentEndpoints(this RouteGroupBuilder api)
    {
        var motions = api.MapGroup("/motions").RequireAuthorization(Policies.Member).WithTags("documents");
        motions
            .MapGet("/{id:guid}/documents/{form}.docx", FileAsync)
            .WithName("motionDocument")
            .WithSummary("A form of the motion as a Word file")
            .WithDescription(
                "form: "
                    + string.Join(", ", MotionDocument.All.Select(d => d.Form))
                    + ". part: of several hosts, whose; without it the latest. What does not exist yet is 404."
            )
            .Produces(StatusCodes.Status200OK, contentType: WordFile.ContentType)
            .Refuses(404);
        motions
            .MapGet("/register.xlsx", AskedRegisterAsync)
            .WithName("motionRegister")
            .WithSummary("The motions of the list with the same parameters, as a spreadsheet (台账)")
            .Produces(StatusCodes.Status200OK, contentType: RegisterBook.ContentType);
        return api;
    }

    // Texts: an address that somebody mistyped leads to nothing, it is no fault.
    private static async Task<Results<FileContentHttpResult, NotFound>> PageFileAsync(
        Guid id,
        string form,
        string? part,
        HttpContext http,
        Access access,
        MotionPapers papers,
        CancellationToken cancellation
    )
    {
        Guid? whose = Guid.TryParse(part, out var host) ? host : null;
        if (whose is null && !string.IsNullOrEmpty(part))
            return TypedResults.NotFound();
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return await papers.FindAsync(id, form, whose, viewer, cancellation) is { } found
            ? Word(found.Paper)
            : TypedResults.NotFound();
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(
        Guid id,
        string form,
        Guid? part,
        HttpContext http,
        Access access,
        MotionPapers papers,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return await papers.FindAsync(id, form, part, viewer, cancellation) is { } found
            ? Word(found.Paper)
            : Problems.Of(texts, Refusal.Missing("document.unknown"));
    }

    private static Task<FileContentHttpResult> AskedRegisterAsync(
        string? q,
        Guid? session,
        string? state,
        string? category,
        Guid? host,
        bool? own,
        HttpContext http,
        Access access,
        MotionRegister register,
        CancellationToken cancellation
    ) =>
        RegisterAsync(
            new MotionFilter(q, session, state, category, host, own ?? false),
            http,
            access,
            register,
            cancellation
        );

    private static async Task<FileContentHttpResult> RegisterAsync(
        MotionFilter filter,
        HttpContext http,
        Access access,
        MotionRegister register,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var found = await register.ListAsync(viewer, filter, cancellation);
        return TypedResults.File(
            RegisterBook.Of(found.Lines),
            RegisterBook.ContentType,
            $"{RegisterSheet.Title} {Dates.Machine(viewer.Today)}.xlsx"
        );
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ReportAsync(
        Guid session,
        HttpContext http,
        Access access,
        MotionReport report,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var paper = await report.OfAsync(session, viewer, cancellation);
        return paper.IsOk ? Word(paper.Value) : TypedResults.NotFound();
    }

    private static FileContentHttpResult Word(Paper paper) =>
        TypedResults.File(WordFile.Of(paper), WordFile.ContentType, paper.Name + ".docx");
}

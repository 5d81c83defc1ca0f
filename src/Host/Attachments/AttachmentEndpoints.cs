using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Host.Api;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Added = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Created<EduUnion.Host.Attachments.AttachmentAnswer>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Attachments;

/// <param name="Name">Null = erased, or not the caller's without a reason.</param>
public sealed record AttachmentAnswer(
    Guid Id,
    string Proof,
    string? Name,
    int Size,
    string ContentType,
    DateTimeOffset UploadedAt,
    DateTimeOffset? PurgedAt
)
{
    internal static AttachmentAnswer Of(AttachmentLine line) =>
        new(line.Id, line.Proof, line.Name, line.Size, line.ContentType, line.UploadedAt, line.PurgedAt);
}

/// <summary>Why somebody opens a document that is not about him.</summary>
public sealed record FileLookRequest(ViewPurpose? Purpose, string? Reason);

/// <summary>Documents of cases, for pages and programs. Files leave as downloads that nothing keeps.</summary>
public static class AttachmentEndpoints
{
    private const int Most = AttachmentCommands.Longest + 64 * 1024;

    /// <summary>Links of the pages.</summary>
    public static IEndpointRouteBuilder MapAttachmentFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/attachments/{id:guid}", PageFileAsync)
            .RequireAuthorization(Policies.Member)
            .ExcludeFromDescription();
        return app;
    }

    public static RouteGroupBuilder MapAttachmentEndpoints(this RouteGroupBuilder api)
    {
        var attachments = api.MapGroup("").RequireAuthorization(Policies.Member).WithTags("attachments");
        attachments
            .MapGet("/cases/{id:guid}/attachments", ListAsync)
            .WithName("attachments")
            .WithSummary("Documents of a case that the caller may read, the earliest first; erased ones without a name")
            .Refuses(404);
        attachments
            .MapPost("/cases/{id:guid}/attachments", AddAsync)
            .WithName("addAttachment")
            .WithSummary("Adds a document: multipart/form-data with the parts proof and file (PDF, JPEG, PNG)")
            .WithMetadata(new RequestSizeLimitAttribute(Most))
            .Refuses(403, 404, 413, 422);
        attachments
            .MapGet("/attachments/{id:guid}", FileAsync)
            .WithName("attachment")
            .WithSummary("A document as a file, for whom it is about and who writes for him")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Refuses(403, 404);
        attachments
            .MapPost("/attachments/{id:guid}/unmask", LookAsync)
            .WithName("lookAtAttachment")
            .WithSummary("A document as a file against a reason; who looked and why is kept and shown to the applicant")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Refuses(403, 404, 409, 422);
        attachments
            .MapDelete("/attachments/{id:guid}", RemoveAsync)
            .WithName("removeAttachment")
            .WithSummary("Erases a document that the caller added")
            .Refuses(403, 404, 422);
        return api;
    }

    /// <summary>Whoever has to say why is led to where he says it.</summary>
    private static async Task<Results<FileContentHttpResult, RedirectHttpResult, NotFound>> PageFileAsync(
        Guid id,
        string? back,
        HttpContext http,
        AttachmentBook book,
        CancellationToken cancellation
    )
    {
        KeepNowhere(http);
        var member = http.User.MemberId();
        if (await book.OpenAsync(id, member, cancellation) is { } own)
            return Given(http, own);
        return await book.FindAsync(id, member, cancellation) is { PurgedAt: null } line
            ? TypedResults.LocalRedirect(AttachmentLooks.PageOf(line.CaseId, id, back))
            : TypedResults.NotFound();
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(
        Guid id,
        HttpContext http,
        AttachmentBook book,
        Texts texts,
        CancellationToken cancellation
    )
    {
        KeepNowhere(http);
        var member = http.User.MemberId();
        if (await book.OpenAsync(id, member, cancellation) is { } own)
            return Given(http, own);
        return Problems.Of(
            texts,
            await book.FindAsync(id, member, cancellation) is { PurgedAt: null }
                ? Refusal.Forbidden("attachment.reason-needed")
                : Refusal.Missing("attachment.unknown")
        );
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> LookAsync(
        Guid id,
        FileLookRequest request,
        HttpContext http,
        AttachmentBook book,
        AttachmentLooks looks,
        Texts texts,
        CancellationToken cancellation
    )
    {
        KeepNowhere(http);
        var asker = Requests.AskerOf(http);
        // Whoever may not read it does not learn that there is one from what he forgot to say.
        if (await book.FindAsync(id, asker.MemberId, cancellation) is null)
            return Problems.Of(texts, Refusal.Missing("attachment.unknown"));
        if (request.Purpose is not { } purpose)
            return Problems.Of(texts, Refusal.At("purpose", "form.required"));
        var looked = await looks.LookAsync(id, purpose, request.Reason, asker, cancellation);
        return looked.IsOk ? Given(http, looked.Value) : Problems.Of(texts, looked.Refusal);
    }

    private static void KeepNowhere(HttpContext http) => http.Response.Headers.CacheControl = "no-store";

    private static FileContentHttpResult Given(HttpContext http, OpenedFile file)
    {
        Download.Announce(http.Response, file);
        return TypedResults.File(file.Content, file.ContentType);
    }

    private static async Task<Results<Ok<IReadOnlyList<AttachmentAnswer>>, ProblemHttpResult>> ListAsync(
        Guid id,
        HttpContext http,
        AttachmentBook book,
        CaseDocuments access,
        Texts texts,
        CancellationToken cancellation
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        var member = http.User.MemberId();
        var lines = await book.ReadableAsync(id, member, cancellation);
        if (lines.Count == 0 && await access.ReadsAsync(id, member, cancellation) is null)
            return Problems.Of(texts, Refusal.Missing("case.unknown"));
        return TypedResults.Ok<IReadOnlyList<AttachmentAnswer>>([.. lines.Select(AttachmentAnswer.Of)]);
    }

    private static async Task<Added> AddAsync(
        Guid id,
        HttpContext http,
        AttachmentCommands commands,
        AttachmentBook book,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (await ReadAsync(http, cancellation) is not var (proof, name, content))
            return Problems.Of(texts, Refusal.At("file", "attachment.empty"));
        // Over what is asked and not over the body, whose separators a client invents anew each time.
        var asker = Requests.AskerOf(http) with
        {
            BodyHash = SHA256.HashData([
                .. Encoding.UTF8.GetBytes($"{http.Request.Path}\n{proof}\n{name}\n"),
                .. content,
            ]),
        };
        var added = await commands.AddAsync(id, proof, name, content, asker, cancellation);
        if (!added.IsOk)
            return Problems.Of(texts, added.Refusal);
        var line = await book.FindAsync(added.Value, asker.MemberId, cancellation);
        return TypedResults.Created($"/api/attachments/{added.Value}", AttachmentAnswer.Of(line!));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid id,
        HttpContext http,
        AttachmentCommands commands,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var removed = await commands.RemoveAsync(id, Requests.AskerOf(http), cancellation);
        return removed.IsOk ? TypedResults.NoContent() : Problems.Of(texts, removed.Refusal);
    }

    private static async Task<(string Proof, string Name, byte[] Content)?> ReadAsync(
        HttpContext http,
        CancellationToken cancellation
    )
    {
        if (!http.Request.HasFormContentType)
            return null;
        IFormCollection form;
        try
        {
            // Never on the disk, where it would lie in clear.
            var options = new FormOptions { MemoryBufferThreshold = Most, MultipartBodyLengthLimit = Most };
            form = await http.Request.ReadFormAsync(options, cancellation);
        }
        catch (InvalidDataException)
        {
            return null;
        }
        if (form.Files["file"] is not { } file)
            return null;
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        return (form["proof"].ToString(), file.FileName, content.ToArray());
    }
}

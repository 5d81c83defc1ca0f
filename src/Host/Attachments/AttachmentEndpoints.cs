using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Host.Api;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Added = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Created<EduUnion.Host.Attachments.AttachmentAnswer>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Attachments;

/// <param name="Name">Null = erased.</param>
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
            .WithSummary("A document as a file")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Refuses(404);
        attachments
            .MapDelete("/attachments/{id:guid}", RemoveAsync)
            .WithName("removeAttachment")
            .WithSummary("Erases a document that the caller added")
            .Refuses(403, 404, 422);
        return api;
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> PageFileAsync(
        Guid id,
        HttpContext http,
        AttachmentBook book,
        CancellationToken cancellation
    ) => await FindAsync(id, http, book, cancellation) is { } file ? file : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(
        Guid id,
        HttpContext http,
        AttachmentBook book,
        Texts texts,
        CancellationToken cancellation
    ) =>
        await FindAsync(id, http, book, cancellation) is { } file
            ? file
            : Problems.Of(texts, Refusal.Missing("attachment.unknown"));

    private static async Task<FileContentHttpResult?> FindAsync(
        Guid id,
        HttpContext http,
        AttachmentBook book,
        CancellationToken cancellation
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        // With a name it is a download in every browser: nothing that somebody uploaded is shown under our address.
        return await book.OpenAsync(id, http.User.MemberId(), cancellation) is { } file
            ? TypedResults.File(file.Content, file.ContentType, file.Name)
            : null;
    }

    private static async Task<Results<Ok<IReadOnlyList<AttachmentAnswer>>, ProblemHttpResult>> ListAsync(
        Guid id,
        HttpContext http,
        AttachmentBook book,
        IAttachmentAccess access,
        Texts texts,
        CancellationToken cancellation
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        var member = http.User.MemberId();
        var lines = await book.ReadableAsync(id, member, cancellation);
        if (lines.Count == 0 && !await access.MayReadAsync(id, "", member, cancellation))
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

using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Api;

/// <summary>A workflow definition at one version.</summary>
/// <param name="Latest">New cases run by it.</param>
/// <param name="State"><c>shipped</c> with the program, <c>published</c> here, or a <c>draft</c>, which only the administrator sees.</param>
public sealed record DefinitionAnswer(
    string Id,
    int Version,
    string Name,
    string Description,
    bool Latest,
    string State,
    DateTimeOffset? PublishedAt,
    string? PublishedBy,
    string? Reason
);

/// <param name="Story">For what shows only on the way: what was decided until it fails, with the activities' ids.</param>
public sealed record FindingAnswer(string Path, string Code, string Sentence, IReadOnlyList<string>? Story);

/// <summary>An office or a deadline that some organisations have not.</summary>
/// <param name="Blocks">It keeps the definition from being published; else it is a warning.</param>
public sealed record GapAnswer(
    string Path,
    string Code,
    bool Blocks,
    string Sentence,
    IReadOnlyList<string> Organisations
);

/// <param name="Published">False: a draft.</param>
/// <param name="Findings">What keeps it from being published.</param>
public sealed record DefinitionDoneAnswer(
    string Id,
    int Version,
    bool Published,
    IReadOnlyList<FindingAnswer> Findings,
    IReadOnlyList<GapAnswer> Gaps
);

/// <summary>What differs between two versions, in words; activities by their ids.</summary>
/// <param name="Document">Of the definition itself: its name, variables, inputs.</param>
/// <param name="Lines">The documents line by line, both written alike; <c>@n</c> = n lines that are the same.</param>
public sealed record DifferenceAnswer(
    string Id,
    int From,
    int To,
    IReadOnlyList<string> Document,
    IReadOnlyList<ActivityDifference> Activities,
    IReadOnlyList<WayDifference> Ways,
    IReadOnlyList<string> Moved,
    IReadOnlyList<string> Lines
);

/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
public sealed record ActivityDifference(string Change, string Activity, string Name, IReadOnlyList<string> Says);

/// <param name="Change"><c>added</c> or <c>removed</c>.</param>
public sealed record WayDifference(string Change, string From, string Port, string To, string Says);

public sealed record PublishRequest(string? Reason);

/// <summary>The processes by which cases run: Elsa 3 workflow-definition documents, and their pictures.</summary>
public static class DefinitionEndpoints
{
    private const string Svg = "image/svg+xml";

    // Opened by itself, the picture's own style is the only thing that it may use.
    private static readonly ContentPolicy PicturePolicy = new(
        $"default-src 'none'; frame-ancestors 'none'; style-src 'sha256-{Hash(DefinitionPicture.Style)}'"
    );

    public static RouteGroupBuilder MapDefinitionEndpoints(this RouteGroupBuilder api)
    {
        var definitions = api.MapGroup("/definitions").RequireAuthorization(Policies.Member).WithTags("definitions");
        definitions
            .MapGet("", LatestAsync)
            .WithName("definitions")
            .WithSummary("The latest version of each workflow definition");
        definitions
            .MapGet("/{id}/versions", VersionsAsync)
            .WithName("definitionVersions")
            .WithSummary("All versions of a definition, the latest first")
            .Refuses(404);
        definitions
            .MapGet("/{id}/diff", DifferenceAsync)
            .WithName("definitionDifference")
            .WithSummary("What differs between two versions, in words and line by line")
            .Refuses(404);
        definitions
            .MapPost("", ImportAsync)
            .RequireAuthorization(Policies.Administrator)
            .WithName("importDefinition")
            .WithSummary("Takes an Elsa 3 document in as a draft; the body is the document")
            .WithMetadata(new RequestSizeLimitAttribute(DefinitionCommands.Longest))
            .Refuses(403, 409, 413, 422);
        definitions
            .MapPost("/{id}/{version:int}/publish", PublishAsync)
            .RequireAuthorization(Policies.Administrator)
            .WithName("publishDefinition")
            .WithSummary("Puts a draft into force, once it is proven sound; running cases keep their version")
            .Refuses(403, 404, 409, 422);
        definitions
            .MapDelete("/{id}/{version:int}", DiscardAsync)
            .RequireAuthorization(Policies.Administrator)
            .WithName("discardDefinition")
            .WithSummary("Throws a draft away")
            .Refuses(403, 404, 409);
        definitions
            .MapGet("/{id}/{version:int}/document", DocumentAsync)
            .WithName("definitionDocument")
            .WithSummary("The document exactly as it was imported; Elsa Studio opens it")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .Refuses(404);
        definitions
            .MapGet("/{id}/{version:int}/diagram.svg", DiagramAsync)
            .WithName("definitionDiagram")
            .WithSummary("The process as a picture")
            .WithMetadata(PicturePolicy)
            .Produces(StatusCodes.Status200OK, contentType: Svg)
            .Refuses(404);
        return api;
    }

    private static async Task<Ok<Slice<DefinitionAnswer>>> LatestAsync(
        DefinitionBook book,
        CancellationToken cancellation
    ) => TypedResults.Ok(Answers((await book.VersionsAsync(null, cancellation)).Where(v => v.Latest)));

    private static async Task<Results<Ok<Slice<DefinitionAnswer>>, ProblemHttpResult>> VersionsAsync(
        string id,
        HttpContext http,
        Access access,
        DefinitionBook book,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var versions = await SeenAsync(id, http, access, book, cancellation);
        return versions.Count == 0
            ? Problems.Of(texts, Refusal.Missing("definition.unknown"))
            : TypedResults.Ok(Answers(versions));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> DocumentAsync(
        string id,
        int version,
        HttpContext http,
        Access access,
        DefinitionBook book,
        Texts texts,
        CancellationToken cancellation
    ) =>
        (await SeenAsync(id, http, access, book, cancellation)).FirstOrDefault(v => v.Definition.Version == version)
            is { } found
            ? TypedResults.Bytes(
                found.Row?.Document ?? Encoding.UTF8.GetBytes(found.Definition.Text),
                "application/json; charset=utf-8"
            )
            : Problems.Of(texts, Refusal.Missing("definition.unknown"));

    private static async Task<Results<Ok<DefinitionDoneAnswer>, ProblemHttpResult>> ImportAsync(
        HttpContext http,
        DefinitionCommands commands,
        FindingWords words,
        Texts texts,
        CancellationToken cancellation
    )
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellation);
        return Answer(await commands.ImportAsync(body.ToArray(), Requests.AskerOf(http), cancellation), words, texts);
    }

    private static async Task<Results<Ok<DefinitionDoneAnswer>, ProblemHttpResult>> PublishAsync(
        string id,
        int version,
        PublishRequest body,
        HttpContext http,
        DefinitionCommands commands,
        FindingWords words,
        Texts texts,
        CancellationToken cancellation
    ) =>
        Answer(
            await commands.PublishAsync(id, version, body.Reason, Requests.AskerOf(http), cancellation),
            words,
            texts
        );

    private static async Task<Results<NoContent, ProblemHttpResult>> DiscardAsync(
        string id,
        int version,
        DefinitionCommands commands,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var done = await commands.DiscardAsync(id, version, cancellation);
        return done.IsOk ? TypedResults.NoContent() : Problems.Of(texts, done.Refusal);
    }

    private static Results<Ok<DefinitionDoneAnswer>, ProblemHttpResult> Answer(
        Outcome<DefinitionDone> done,
        FindingWords words,
        Texts texts
    ) =>
        done.IsOk
            ? TypedResults.Ok(
                new DefinitionDoneAnswer(
                    done.Value.DefinitionId,
                    done.Value.Version,
                    done.Value.Published,
                    [
                        .. done.Value.Findings.Select(f => new FindingAnswer(
                            f.Path,
                            f.Code,
                            f.Sentence,
                            f.Trail is { } trail ? [.. trail.Story.Select(h => h.ToString())] : null
                        )),
                    ],
                    [
                        .. done.Value.Gaps.Select(g => new GapAnswer(
                            g.Path,
                            g.Code,
                            g.Blocks,
                            words.Sentence(g),
                            g.Organisations
                        )),
                    ]
                )
            )
            : Problems.Of(texts, done.Refusal);

    /// <summary>Drafts are the administrator's.</summary>
    private static async Task<IReadOnlyList<DefinitionVersion>> SeenAsync(
        string id,
        HttpContext http,
        Access access,
        DefinitionBook book,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var draws = viewer.At(Office.Administrator).Count > 0;
        return [.. (await book.VersionsAsync(id, cancellation)).Where(v => draws || !v.IsDraft)];
    }

    private static async Task<Results<Ok<DifferenceAnswer>, ProblemHttpResult>> DifferenceAsync(
        string id,
        int from,
        int to,
        HttpContext http,
        Access access,
        DefinitionBook book,
        DifferenceWords words,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var seen = await SeenAsync(id, http, access, book, cancellation);
        var before = seen.FirstOrDefault(v => v.Definition.Version == from)?.Definition;
        var after = seen.FirstOrDefault(v => v.Definition.Version == to)?.Definition;
        if (before is null || after is null)
            return Problems.Of(texts, Refusal.Missing("definition.unknown"));
        var difference = DefinitionDifference.Between(before, after);
        return TypedResults.Ok(
            new DifferenceAnswer(
                id,
                from,
                to,
                [.. difference.Document.Select(words.Sentence)],
                [
                    .. difference.Activities.Select(c => new ActivityDifference(
                        c.Kind.ToString().ToLowerInvariant(),
                        c.Activity.Id,
                        words.Name(c),
                        words.Says(c)
                    )),
                ],
                [
                    .. difference.AddedWays.Select(w => Way("added", w, after)),
                    .. difference.RemovedWays.Select(w => Way("removed", w, before)),
                ],
                difference.Moved,
                [.. DefinitionDifference.Lines(before, after).Select(l => $"{l.Sign}{l.Text}")]
            )
        );

        WayDifference Way(string change, Passage way, Definition owner) =>
            new(change, way.From, way.Port, way.To, words.Sentence(way, owner));
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> DiagramAsync(
        string id,
        int version,
        HttpContext http,
        Access access,
        DefinitionBook book,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var seen = await SeenAsync(id, http, access, book, cancellation);
        if (seen.FirstOrDefault(v => v.Definition.Version == version)?.Definition is not { } definition)
            return Problems.Of(texts, Refusal.Missing("definition.unknown"));
        var words = new PictureWords(
            definition.Name,
            texts["definition.picture", definition.Name, definition.Version],
            ""
        );
        return TypedResults.Text(DefinitionPicture.Document(definition, Port, words), Svg, Encoding.UTF8);

        // A port bears the name of an outcome; "Done" and the like say nothing to a reader.
        string? Port(string port) => texts.Has("outcome." + port) ? texts["outcome." + port] : null;
    }

    private static Slice<DefinitionAnswer> Answers(IEnumerable<DefinitionVersion> versions) =>
        new(
            [
                .. versions.Select(v => new DefinitionAnswer(
                    v.Definition.DefinitionId,
                    v.Definition.Version,
                    v.Definition.Name,
                    v.Definition.Description,
                    v.Latest,
                    v.Row is null ? "shipped"
                        : v.IsDraft ? "draft"
                        : "published",
                    v.Row?.PublishedAt,
                    v.PublishedBy,
                    v.Row?.Reason is { Length: > 0 } reason ? reason : null
                )),
            ],
            null
        );

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

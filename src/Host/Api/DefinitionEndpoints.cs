using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <summary>A workflow definition at one version.</summary>
public sealed record DefinitionAnswer(string Id, int Version, string Name, string Description, bool Latest);

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
            .MapGet("", (DefinitionSet set) => TypedResults.Ok(Answers(set, set.All.Where(d => IsLatest(set, d)))))
            .WithName("definitions")
            .WithSummary("The latest version of each workflow definition");
        definitions
            .MapGet("/{id}/versions", Versions)
            .WithName("definitionVersions")
            .WithSummary("All versions of a definition, the latest first")
            .Refuses(404);
        definitions
            .MapGet("/{id}/{version:int}/document", Document)
            .WithName("definitionDocument")
            .WithSummary("The document exactly as it was imported; Elsa Studio opens it")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .Refuses(404);
        definitions
            .MapGet("/{id}/{version:int}/diagram.svg", Diagram)
            .WithName("definitionDiagram")
            .WithSummary("The process as a picture")
            .WithMetadata(PicturePolicy)
            .Produces(StatusCodes.Status200OK, contentType: Svg)
            .Refuses(404);
        return api;
    }

    private static Results<Ok<Slice<DefinitionAnswer>>, ProblemHttpResult> Versions(
        string id,
        DefinitionSet set,
        Texts texts
    ) =>
        set.Latest(id) is null
            ? Problems.Of(texts, Refusal.Missing("definition.unknown"))
            : TypedResults.Ok(Answers(set, set.All.Where(d => d.DefinitionId == id).OrderByDescending(d => d.Version)));

    private static Results<ContentHttpResult, ProblemHttpResult> Document(
        string id,
        int version,
        DefinitionSet set,
        Texts texts
    ) =>
        set.Find(id, version) is { } definition
            ? TypedResults.Text(definition.Text, "application/json", Encoding.UTF8)
            : Problems.Of(texts, Refusal.Missing("definition.unknown"));

    private static Results<ContentHttpResult, ProblemHttpResult> Diagram(
        string id,
        int version,
        DefinitionSet set,
        Texts texts
    )
    {
        if (set.Find(id, version) is not { } definition)
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

    private static Slice<DefinitionAnswer> Answers(DefinitionSet set, IEnumerable<Definition> definitions) =>
        new(
            [
                .. definitions.Select(d => new DefinitionAnswer(
                    d.DefinitionId,
                    d.Version,
                    d.Name,
                    d.Description,
                    IsLatest(set, d)
                )),
            ],
            null
        );

    private static bool IsLatest(DefinitionSet set, Definition definition) =>
        set.Latest(definition.DefinitionId)?.Version == definition.Version;

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

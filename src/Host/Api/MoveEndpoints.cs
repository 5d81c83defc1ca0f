using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Workflows.Engine;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <summary>Activity id in the version that they go to, by activity id where they stand.</summary>
public sealed record MoveAnswers(IReadOnlyDictionary<string, string>? Answers);

public sealed record MoveRequest(
    IReadOnlyDictionary<string, string>? Answers,
    string? Reason,
    IReadOnlyList<SeenCase>? Cases
);

/// <param name="Fate"><c>stays</c>, <c>reopens</c> or <c>asks</c>.</param>
/// <param name="Why">Why it asks: <c>gone</c>, <c>other</c>, <c>unreached</c>, <c>enclosed</c>, <c>order</c> or <c>answer</c>.</param>
public sealed record MovePlaceAnswer(string From, string? To, string Fate, string? Why);

/// <param name="Possible">Nothing needs an answer, and every variable fits.</param>
/// <param name="Asked">Activities of which somebody else would be asked, or other outcomes offered.</param>
public sealed record MoveCaseAnswer(
    Guid CaseId,
    string Kind,
    string? Number,
    long Version,
    IReadOnlyList<int> From,
    bool Possible,
    IReadOnlyList<MovePlaceAnswer> Places,
    IReadOnlyList<ClockChange> Clocks,
    IReadOnlyList<string> Asked,
    IReadOnlyList<string> Misfits,
    string? Refused
);

/// <summary>Cases that stand at the same places.</summary>
public sealed record MoveGroupAnswer(IReadOnlyList<MovePlaceAnswer> Places, IReadOnlyList<MoveCaseAnswer> Cases);

/// <param name="Open">Activities that need an answer, or were given one.</param>
/// <param name="More">There are more running cases than were looked at.</param>
public sealed record MovePreviewAnswer(IReadOnlyList<MoveGroupAnswer> Groups, IReadOnlyList<string> Open, bool More);

/// <param name="Code">Why it was not moved; null when it was.</param>
public sealed record MoveResultAnswer(Guid CaseId, bool Ok, long? Version, string? Code, string? Title);

/// <summary>Running cases go over to another version of their definition, step by step, and back.</summary>
public static class MoveEndpoints
{
    private const int Shown = 100;

    public static RouteGroupBuilder MapMoveEndpoints(this RouteGroupBuilder api)
    {
        var moves = api.MapGroup("/definitions/{id}/{version:int}/moves")
            .RequireAuthorization(Policies.Administrator)
            .WithTags("definitions");
        moves
            .MapPost("/preview", PreviewAsync)
            .WithName("previewMoves")
            .WithSummary("What moving the running cases to this version would do; nothing is changed")
            .Refuses(403, 404, 409, 422);
        moves
            .MapPost("", MoveAsync)
            .WithName("moveCases")
            .WithSummary("Moves cases to this version, each in a commit of its own; a result for each")
            .Refuses(403, 404, 409, 422);
        moves
            .MapGet("", DoneAsync)
            .WithName("moves")
            .WithSummary("The last moves to this version, the latest first")
            .Refuses(403);
        moves
            .MapPost("/{move:guid}/undo", UndoAsync)
            .WithName("undoMove")
            .WithSummary("Takes a move back, as long as nothing else has happened in the case")
            .Refuses(403, 404, 409);
        return api;
    }

    private static async Task<Results<Ok<MovePreviewAnswer>, ProblemHttpResult>> PreviewAsync(
        string id,
        int version,
        MoveAnswers body,
        CaseMoves moves,
        MovePreviews previews,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var order = await moves.OrderAsync(id, version, body.Answers, cancellation);
        if (!order.IsOk)
            return Problems.Of(texts, order.Refusal);
        var preview = await previews.OfAsync(order.Value, cancellation);
        return TypedResults.Ok(
            new MovePreviewAnswer(
                [.. preview.Groups.Select(g => new MoveGroupAnswer(Places(g.Places), [.. g.Cases.Select(Case)]))],
                preview.Open,
                preview.More
            )
        );
    }

    private static async Task<Results<Ok<Slice<MoveResultAnswer>>, ProblemHttpResult>> MoveAsync(
        string id,
        int version,
        MoveRequest body,
        HttpContext http,
        CaseMoves moves,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var order = await moves.OrderAsync(id, version, body.Answers, cancellation);
        if (!order.IsOk)
            return Problems.Of(texts, order.Refusal);
        var done = await moves.MoveAsync(
            order.Value,
            body.Cases ?? [],
            body.Reason,
            Requests.AskerOf(http),
            cancellation
        );
        return done.IsOk
            ? TypedResults.Ok(new Slice<MoveResultAnswer>([.. done.Value.Select(r => Result(r, texts))], null))
            : Problems.Of(texts, done.Refusal);
    }

    private static async Task<Ok<Slice<MoveLine>>> DoneAsync(
        string id,
        int version,
        CaseMoves moves,
        CancellationToken cancellation
    ) => TypedResults.Ok(new Slice<MoveLine>(await moves.DoneAsync(id, version, Shown, cancellation), null));

    private static async Task<Results<Ok<MoveResultAnswer>, ProblemHttpResult>> UndoAsync(
        string id,
        int version,
        Guid move,
        HttpContext http,
        CaseMoves moves,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var done = await moves.UndoAsync(id, version, move, Requests.AskerOf(http), cancellation);
        return done.IsOk
            ? TypedResults.Ok(Result(new MoveResult(done.Value.CaseId, done), texts))
            : Problems.Of(texts, done.Refusal);
    }

    private static MoveResultAnswer Result(MoveResult result, Texts texts) =>
        result.Done.IsOk
            ? new(result.CaseId, true, result.Done.Value.Version, null, null)
            : new(result.CaseId, false, null, result.Done.Refusal.Code, texts.Of(result.Done.Refusal));

    private static MoveCaseAnswer Case(CasePreview preview) =>
        new(
            preview.CaseId,
            preview.Kind,
            preview.Number,
            preview.Version,
            preview.From,
            preview.IsPossible,
            Places(preview.Places),
            preview.Clocks,
            preview.Asked,
            preview.Misfits,
            preview.Refused?.Code
        );

    private static IReadOnlyList<MovePlaceAnswer> Places(IEnumerable<MovedPlace> places) =>
        [
            .. places.Select(p => new MovePlaceAnswer(
                p.From,
                p.To,
                p.Fate.ToString().ToLowerInvariant(),
                p.Trouble?.ToString().ToLowerInvariant()
            )),
        ];
}

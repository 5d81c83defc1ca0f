using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EduUnion.Host.Cases.StepDone>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Api;

public sealed record CopyRequest(IReadOnlyList<Guid>? Members, string? Note);

public sealed record CopyReadRequest(string? Remark);

public sealed record QuestionRequest(Guid? Member, string? Text);

public sealed record BatchedDecision(Guid? TaskId, string? Outcome, string? Comment, JsonElement? Form, int? Version);

public sealed record DecisionsRequest(IReadOnlyList<BatchedDecision>? Decisions);

/// <summary>Why one decision of a batch was refused, as a problem of its own would say it.</summary>
public sealed record DecisionProblem(int Status, string Code, string Title);

public sealed record DecisionRow(Guid TaskId, bool Ok, StepDone? Done, DecisionProblem? Problem);

public sealed record DecisionsAnswer(IReadOnlyList<DecisionRow> Rows);

/// <summary>What is said around a task: urged, copied, asked; and several tasks decided at once.</summary>
public static class ExchangeEndpoints
{
    public static RouteGroupBuilder MapExchangeEndpoints(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").RequireAuthorization(Policies.Member).WithTags("exchange");
        group
            .MapPost(
                "/tasks/{id:guid}/urge",
                (Guid id, HttpContext http, UrgeCommands commands, Texts texts, CancellationToken stop) =>
                    AnswerAsync(commands.UrgeAsync(id, Requests.AskerOf(http), stop), texts)
            )
            .WithName("urgeTask")
            .WithSummary("Asks whoever is asked to do the task, at most once a working day")
            .Refuses(403, 404, 409, 422);
        group
            .MapPost(
                "/tasks/{id:guid}/copy",
                (
                    Guid id,
                    CopyRequest body,
                    HttpContext http,
                    CopyCommands commands,
                    Texts texts,
                    CancellationToken stop
                ) =>
                    AnswerAsync(
                        commands.CopyAsync(id, body.Members ?? [], body.Note, Requests.AskerOf(http), stop),
                        texts
                    )
            )
            .WithName("copyTask")
            .WithSummary("Tells members of the task's case; who gets a copy of a motion may read it")
            .Refuses(403, 404, 409, 422);
        group
            .MapGet("/copies", CopiesAsync)
            .WithName("copies")
            .WithSummary("Copies that the caller got (scope=mine) or sent (scope=sent), the latest first")
            .Refuses(422);
        group
            .MapPost(
                "/copies/{id:guid}/read",
                (
                    Guid id,
                    CopyReadRequest? body,
                    HttpContext http,
                    CopyCommands commands,
                    Texts texts,
                    CancellationToken stop
                ) => AnswerAsync(commands.ReadAsync(id, body?.Remark, Requests.AskerOf(http), stop), texts)
            )
            .WithName("readCopy")
            .WithSummary("Says that the copy was read; whoever sent it sees when")
            .Refuses(404, 409, 422);
        group
            .MapPost(
                "/tasks/{id:guid}/questions",
                (
                    Guid id,
                    QuestionRequest body,
                    HttpContext http,
                    QuestionCommands commands,
                    Texts texts,
                    CancellationToken stop
                ) => AnswerAsync(commands.AskAsync(id, body.Member, body.Text, Requests.AskerOf(http), stop), texts)
            )
            .WithName("askQuestion")
            .WithSummary("Asks a member something about the task; moves neither the task nor its deadline")
            .Refuses(403, 404, 409, 422);
        group
            .MapGet("/tasks/{id:guid}/questions", OfTaskAsync)
            .WithName("taskQuestions")
            .WithSummary("What was asked about a task that the caller may decide or decided")
            .Refuses(404);
        group
            .MapGet("/questions", QuestionsAsync)
            .WithName("questions")
            .WithSummary("Questions put to the caller (scope=mine) or by him (scope=asked), the latest first")
            .Refuses(422);
        group
            .MapPost(
                "/questions/{id:guid}/answer",
                (
                    Guid id,
                    TextRequest body,
                    HttpContext http,
                    QuestionCommands commands,
                    Texts texts,
                    CancellationToken stop
                ) => AnswerAsync(commands.AnswerAsync(id, body.Text, Requests.AskerOf(http), stop), texts)
            )
            .WithName("answerQuestion")
            .WithSummary("Answers a question, once")
            .Refuses(404, 409, 422);
        group
            .MapPost("/tasks/decide", DecideAsync)
            .WithName("decideTasks")
            .WithSummary("Decides up to 100 tasks, each on its own")
            .WithDescription(
                "Each decision is a step with a commit and a key of its own, derived from the request's: one that is "
                    + "refused stops none of the others. The answer is 200 with a row each."
            )
            .Refuses(422);
        return api;
    }

    private static async Task<Changed> AnswerAsync(Task<Outcome<StepDone>> change, Texts texts)
    {
        var done = await change;
        return done.IsOk ? TypedResults.Ok(done.Value) : Problems.Of(texts, done.Refusal);
    }

    private static async Task<Results<Ok<Slice<CopyLine>>, ProblemHttpResult>> CopiesAsync(
        HttpContext http,
        Access access,
        ExchangeBook book,
        Texts texts,
        string? scope,
        int? limit,
        string? after,
        CancellationToken cancellation
    )
    {
        if (scope is not (null or "mine" or "sent"))
            return Problems.Of(texts, Refusal.At("scope", "copy.scope-unknown"));
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return TypedResults.Ok(await book.CopiesAsync(viewer, scope == "sent", length.Value, after, cancellation));
    }

    private static async Task<Results<Ok<Slice<QuestionLine>>, ProblemHttpResult>> QuestionsAsync(
        HttpContext http,
        Access access,
        ExchangeBook book,
        Texts texts,
        string? scope,
        int? limit,
        string? after,
        CancellationToken cancellation
    )
    {
        if (scope is not (null or "mine" or "asked"))
            return Problems.Of(texts, Refusal.At("scope", "question.scope-unknown"));
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return TypedResults.Ok(await book.QuestionsAsync(viewer, scope == "asked", length.Value, after, cancellation));
    }

    private static async Task<Results<Ok<IReadOnlyList<QuestionLine>>, ProblemHttpResult>> OfTaskAsync(
        Guid id,
        HttpContext http,
        Access access,
        TaskFrame frame,
        ExchangeBook book,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return await frame.HoldsAsync(id, viewer, cancellation)
            ? TypedResults.Ok(await book.OfTaskAsync(id, viewer, cancellation))
            : Problems.Of(texts, Refusal.Missing("task.unknown"));
    }

    private static async Task<Results<Ok<DecisionsAnswer>, ProblemHttpResult>> DecideAsync(
        DecisionsRequest body,
        HttpContext http,
        BatchDecisions batch,
        Access access,
        TaskDetails tasks,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var asker = Requests.AskerOf(http);
        if (body.Decisions?.Any(d => d?.TaskId is null || string.IsNullOrEmpty(d.Outcome)) == true)
            return Problems.Of(texts, Refusal.At("decisions", "form.unreadable"));
        var decided = await batch.DecideAsync(
            [
                .. (body.Decisions ?? []).Select(d => new Decision(
                    d.TaskId!.Value,
                    d.Outcome!,
                    d.Comment,
                    d.Form,
                    d.Version
                )),
            ],
            asker,
            cancellation
        );
        if (!decided.IsOk)
            return Problems.Of(texts, decided.Refusal);
        var viewer = await access.ViewerAsync(asker.MemberId, cancellation);
        var rows = new List<DecisionRow>();
        foreach (var result in decided.Value)
        {
            var refusal = result.Refusal is { } refused
                ? await tasks.AsKnownAsync(result.TaskId, viewer, refused, cancellation)
                : null;
            rows.Add(
                new DecisionRow(
                    result.TaskId,
                    refusal is null,
                    result.Done,
                    refusal is null
                        ? null
                        : new DecisionProblem(Problems.StatusOf(refusal.Kind), refusal.Code, texts.Of(refusal))
                )
            );
        }
        return TypedResults.Ok(new DecisionsAnswer(rows));
    }
}

using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <summary>Work lists, and the one way in which a human step is done.</summary>
public static class TaskEndpoints
{
    public static RouteGroupBuilder MapTaskEndpoints(this RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("").RequireAuthorization(Policies.Member).WithTags("tasks");
        tasks
            .MapGet("/tasks", ListAsync)
            .WithName("tasks")
            .WithSummary("The caller's work list, what is due first first")
            .WithDescription(
                "scope: mine (default), available (any holder of an office of yours may take it), done (what you "
                    + "decided, the latest first), attention (overdue or due within one working day)."
            )
            .Refuses(422);
        tasks
            .MapGet("/tasks/{id:guid}", FindAsync)
            .WithName("task")
            .WithSummary("A task with its case, its deadline and the form of each outcome")
            .Refuses(404);
        tasks
            .MapPost("/tasks/{id:guid}/decide", DecideAsync)
            .WithName("decide")
            .WithSummary("Decides a task")
            .WithDescription(
                "Give the version that you saw: if what is asked has changed since, the answer is 412. Somebody else "
                    + "was first: 409, the title says who and when."
            )
            .Refuses(403, 404, 409, 412, 422);
        return api;
    }

    private static async Task<Results<Ok<Slice<TaskItem>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        Access access,
        TaskLists lists,
        Texts texts,
        string? scope,
        int? limit,
        string? after,
        CancellationToken cancellation
    )
    {
        TaskScope? which = scope switch
        {
            null or "mine" => TaskScope.Mine,
            "available" => TaskScope.Available,
            "done" => TaskScope.Done,
            "attention" => TaskScope.Attention,
            _ => null,
        };
        if (which is null)
            return Problems.Of(texts, Refusal.At("scope", "list.scope-unknown"));
        var length = Listing.Limit(limit);
        if (!length.IsOk)
            return Problems.Of(texts, length.Refusal);
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return TypedResults.Ok(
            await lists.ListAsync(viewer, which.Value, new TaskFilter(), length.Value, after, cancellation)
        );
    }

    private static async Task<Results<Ok<TaskAnswer>, ProblemHttpResult>> FindAsync(
        Guid id,
        HttpContext http,
        Access access,
        TaskDetails tasks,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        return await tasks.FindAsync(id, viewer, cancellation) is { } task
            ? TypedResults.Ok(task)
            : Problems.Of(texts, Refusal.Missing("task.unknown"));
    }

    private static async Task<Results<Ok<StepDone>, ProblemHttpResult>> DecideAsync(
        Guid id,
        DecideRequest request,
        HttpContext http,
        CaseSteps steps,
        Access access,
        TaskDetails tasks,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrEmpty(request.Outcome))
            return Problems.Of(texts, Refusal.At("outcome", "form.required"));
        var asker = Requests.AskerOf(http);
        var done = await steps.DecideAsync(
            new Decision(id, request.Outcome, request.Comment, request.Form, request.Version),
            asker,
            cancellation
        );
        if (done.IsOk)
            return TypedResults.Ok(done.Value);
        var viewer = await access.ViewerAsync(asker.MemberId, cancellation);
        return Problems.Of(texts, await tasks.AsKnownAsync(id, viewer, done.Refusal, cancellation));
    }
}

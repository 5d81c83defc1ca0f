using EduUnion.Host.Cases;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <param name="To"><c>starter</c>, <c>previous</c>, or the name of an earlier step.</param>
/// <param name="Straight">After the fix it comes straight back to the caller.</param>
/// <param name="Version">The task's version as the caller saw it; null = he did not look.</param>
public sealed record ReturnRequest(string? To, string? Reason, bool? Straight, int? Version);

public static class ReturnEndpoints
{
    public static RouteGroupBuilder MapReturnEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/tasks/{id:guid}/return", ReturnAsync)
            .RequireAuthorization(Policies.Member)
            .WithTags("tasks")
            .WithName("returnTask")
            .WithSummary("Sends a task back: to the starter, to the previous step, or to any earlier one")
            .WithDescription(
                "Only where the definition allows it. The step to which it goes has a new deadline and its reminders; "
                    + "the period of the whole handling runs on."
            )
            .Refuses(403, 404, 409, 412, 422);
        return api;
    }

    private static Task<Results<Ok<StepDone>, ProblemHttpResult>> ReturnAsync(
        Guid id,
        ReturnRequest request,
        HttpContext http,
        CaseSteps steps,
        TaskActs acts,
        CancellationToken cancellation
    )
    {
        var asker = Requests.AskerOf(http);
        var asked = new Return(id, request.To?.Trim() ?? "", request.Reason, request.Straight == true, request.Version);
        return acts.AnswerAsync(id, asker, steps.ReturnAsync(asked, asker, cancellation), cancellation);
    }
}

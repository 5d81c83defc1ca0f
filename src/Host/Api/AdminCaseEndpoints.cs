using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Done = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EduUnion.Host.Cases.StepDone>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Api;

/// <param name="Step">Name of the step at which the case goes on.</param>
/// <param name="Part">Which host's part, where several have this step.</param>
public sealed record JumpRequest(string? Step, Guid? Part, string? Reason);

/// <param name="Step">Name of the step at which the case goes on.</param>
public sealed record WakeRequest(string? Step, string? Reason);

/// <summary>What an administrator may do to a case, with a reason; he reads nothing of it.</summary>
public static class AdminCaseEndpoints
{
    public static RouteGroupBuilder MapAdminCaseEndpoints(this RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases").RequireAuthorization(Policies.Administrator).WithTags("cases");
        cases
            .MapGet("", (string? find, AdminCaseBook book, CancellationToken stop) => book.FindAsync(find, stop))
            .WithName("cases")
            .WithSummary("Cases by number, receipt or id: what is open, and where they could go on");
        cases
            .MapPost(
                "/{id:guid}/jump",
                (
                    Guid id,
                    JumpRequest body,
                    HttpContext http,
                    AdminCaseCommands commands,
                    Texts texts,
                    CancellationToken stop
                ) =>
                    AnswerAsync(
                        commands.JumpAsync(id, body.Step ?? "", body.Part, body.Reason, Requests.AskerOf(http), stop),
                        texts
                    )
            )
            .WithName("jumpCase")
            .WithSummary("Lets a case go on at another step")
            .WithDescription(
                "Never past a signature, a notice or money: the steps that are possible come with the case."
            )
            .Refuses(404, 409, 422);
        cases
            .MapPost(
                "/{id:guid}/terminate",
                (
                    Guid id,
                    ReasonRequest body,
                    HttpContext http,
                    AdminCaseCommands commands,
                    Texts texts,
                    CancellationToken stop
                ) => AnswerAsync(commands.TerminateAsync(id, body.Reason, Requests.AskerOf(http), stop), texts)
            )
            .WithName("terminateCase")
            .WithSummary("Ends a case; money that is reserved goes back, money that was sent refuses it")
            .Refuses(404, 409, 422);
        cases
            .MapPost(
                "/{id:guid}/wake",
                (
                    Guid id,
                    WakeRequest body,
                    HttpContext http,
                    AdminCaseCommands commands,
                    Texts texts,
                    CancellationToken stop
                ) =>
                    AnswerAsync(
                        commands.WakeAsync(id, body.Step ?? "", body.Reason, Requests.AskerOf(http), stop),
                        texts
                    )
            )
            .WithName("wakeCase")
            .WithSummary("Wakes a case that was terminated")
            .Refuses(404, 409, 422);
        return api;
    }

    private static async Task<Done> AnswerAsync(Task<Outcome<StepDone>> done, Texts texts) =>
        (await done).Match<Done>(ok => TypedResults.Ok(ok), refused => Problems.Of(texts, refused));
}

using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EduUnion.Host.Api.MotionDone>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Api;

public sealed record ReasonRequest(string? Reason);

/// <param name="Manner"><c>Satisfied</c>, <c>Basic</c> or <c>Dissatisfied</c>, for the manner of handling.</param>
/// <param name="Result">The same for the result.</param>
public sealed record RatingRequest(Satisfaction? Manner, Satisfaction? Result, string? Comment);

public sealed record TextRequest(string? Text);

public sealed record SupervisionRequest(DateOnly? DueOn, string? Text);

public sealed record SponsorRequest(Guid? MemberId);

public sealed record VoteCountRequest(
    string? Outcome,
    int? For,
    int? Against,
    int? Abstained,
    DateOnly? MetOn,
    string? ReasonCode,
    string? Reason
);

public sealed record Archived(int Count);

/// <summary>The rights and acts around a motion that are not tasks: appeal, correction, promises, the committee's acts.</summary>
public static class FollowUpEndpoints
{
    public static RouteGroupBuilder MapFollowUpEndpoints(this RouteGroupBuilder api)
    {
        var motion = api.MapGroup("/motions/{id:guid}").RequireAuthorization(Policies.Member).WithTags("motions");
        Map<ReasonRequest, FollowUpCommands>(
            "/appeal",
            "appealMotion",
            "The one appeal against not filing",
            (id, body, by, commands, stop) => commands.AppealAsync(id, body.Reason, by, stop)
        );
        Map<RatingRequest, FollowUpCommands>(
            "/feedback/correct",
            "correctFeedback",
            "Corrects the latest feedback, once and within its period",
            (id, body, by, commands, stop) =>
                body is { Manner: { } manner, Result: { } result }
                    ? commands.CorrectFeedbackAsync(id, manner, result, body.Comment, by, stop)
                    : Refused(body.Manner is null ? "manner" : "result", "form.required")
        );
        Map<VoteCountRequest, CommitteeCommands>(
            "/vote-count",
            "countVote",
            "Enters the committee's vote as it was counted at a meeting",
            (id, body, by, commands, stop) =>
                body is { Outcome: { } outcome, For: { } yes, MetOn: { } metOn }
                    ? commands.CountVoteAsync(
                        id,
                        new(outcome, yes, body.Against ?? 0, body.Abstained ?? 0, metOn, body.ReasonCode, body.Reason),
                        by,
                        stop
                    )
                    : Refused(
                        body.Outcome is null ? "outcome"
                            : body.For is null ? "for"
                            : "metOn",
                        "form.required"
                    )
        );
        motion
            .MapPost(
                "/unmerge",
                (
                    Guid id,
                    HttpContext http,
                    CommitteeCommands commands,
                    CaseRefusals refusals,
                    CancellationToken stop
                ) =>
                    MotionEndpoints.AnswerAsync(
                        id,
                        http,
                        refusals,
                        commands.UnmergeAsync(id, Requests.AskerOf(http), stop),
                        stop
                    )
            )
            .WithName("unmergeMotion")
            .WithSummary("Takes a motion out of its group, until the main motion is answered")
            .Refuses(403, 404, 409, 422);
        Map<SponsorRequest, CommitteeCommands>(
            "/sponsor",
            "nameSponsor",
            "Names the committee member who looks after the motion; null = nobody",
            (id, body, by, commands, stop) => commands.NameSponsorAsync(id, body.MemberId, by, stop)
        );
        MapItem<TextRequest, FollowUpCommands>(
            "/progress",
            "reportProgress",
            "The host reports how far a promise is",
            (id, item, body, by, commands, stop) => commands.ReportProgressAsync(id, item, body.Text, by, stop)
        );
        MapItem<TextRequest, FollowUpCommands>(
            "/remark",
            "remarkOnCommitment",
            "The lead proposer remarks on a promise",
            (id, item, body, by, commands, stop) => commands.RemarkAsync(id, item, body.Text, by, stop)
        );
        MapItem<SupervisionRequest, CommitteeCommands>(
            "/supervise",
            "superviseCommitment",
            "The committee's chair signs a supervision notice with a new deadline",
            (id, item, body, by, commands, stop) =>
                body.DueOn is { } due
                    ? commands.SuperviseAsync(id, item, due, body.Text, by, stop)
                    : Refused("dueOn", "form.required")
        );
        api.MapPost("/sessions/{id:guid}/archive", ArchiveAsync)
            .RequireAuthorization(Policies.Member)
            .WithTags("sessions")
            .WithName("archiveSession")
            .WithSummary("Archives what is closed of a session; doing it again archives what has closed since")
            .Refuses(403, 404);
        return api;

        // "class", since a body of a type that may be anything counts as optional: without one it would be null here.
        void Map<TBody, TCommands>(
            string route,
            string name,
            string summary,
            Func<Guid, TBody, Asker, TCommands, CancellationToken, Task<Outcome<StepDone>>> act
        )
            where TBody : class
            where TCommands : notnull =>
            motion
                .MapPost(
                    route,
                    (Guid id, HttpContext http, CaseRefusals refusals, CancellationToken stop) =>
                        MotionEndpoints.AnswerAsync(
                            id,
                            http,
                            refusals,
                            Requests.WithBodyAsync(
                                http,
                                (TBody body) => act(id, body, Requests.AskerOf(http), Commands<TCommands>(http), stop)
                            ),
                            stop
                        )
                )
                .Accepts<TBody>("application/json")
                .WithName(name)
                .WithSummary(summary)
                .Refuses(403, 404, 409, 412, 422);

        void MapItem<TBody, TCommands>(
            string route,
            string name,
            string summary,
            Func<Guid, Guid, TBody, Asker, TCommands, CancellationToken, Task<Outcome<StepDone>>> act
        )
            where TBody : class
            where TCommands : notnull =>
            motion
                .MapPost(
                    "/commitments/{item:guid}" + route,
                    (Guid id, Guid item, HttpContext http, CaseRefusals refusals, CancellationToken stop) =>
                        MotionEndpoints.AnswerAsync(
                            id,
                            http,
                            refusals,
                            Requests.WithBodyAsync(
                                http,
                                (TBody body) =>
                                    act(id, item, body, Requests.AskerOf(http), Commands<TCommands>(http), stop)
                            ),
                            stop
                        )
                )
                .Accepts<TBody>("application/json")
                .WithName(name)
                .WithSummary(summary)
                .Refuses(403, 404, 422);
    }

    private static TCommands Commands<TCommands>(HttpContext http)
        where TCommands : notnull => http.RequestServices.GetRequiredService<TCommands>();

    private static Task<Outcome<StepDone>> Refused(string field, string code) =>
        Task.FromResult<Outcome<StepDone>>(Refusal.At(field, code));

    private static async Task<Results<Ok<Archived>, ProblemHttpResult>> ArchiveAsync(
        Guid id,
        HttpContext http,
        CommitteeCommands commands,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var done = await commands.ArchiveAsync(id, Requests.AskerOf(http), cancellation);
        return done.IsOk ? TypedResults.Ok(new Archived(done.Value)) : Problems.Of(texts, done.Refusal);
    }
}

using EduUnion.Domain;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.People;

namespace EduUnion.Host.Api;

/// <summary>What happens to people while their application runs, and to a notice: by the school union's chair or the district.</summary>
public static class AidActEndpoints
{
    public static RouteGroupBuilder MapAidActEndpoints(this RouteGroupBuilder api)
    {
        var aid = api.MapGroup("/aid/applications/{id:guid}").RequireAuthorization(Policies.Member).WithTags("aid");
        Map<CancelRequest>(
            "cancel",
            "cancelAid",
            "Ends it because its applicant died, left the district, or showed false papers",
            (id, body, by, life, stop) =>
                body.Why is { } why ? life.CancelAsync(id, why, body.Reason, by, stop) : Refused("why", "form.required")
        );
        Map<MoveSchoolRequest>(
            "move",
            "moveAidSchool",
            "The applicant goes to another school of the district; case and file follow him",
            (id, body, by, life, stop) =>
                body.SchoolId is { } school
                    ? life.MoveSchoolAsync(id, school, by, stop)
                    : Refused("schoolId", "form.required")
        );
        Map<InterruptionRequest>(
            "notice/interruptions",
            "interruptAidNotice",
            "The notice could not be seen for so many working days and lasts that much longer",
            (id, body, by, life, stop) =>
                body.Workdays is { } days
                    ? life.InterruptNoticeAsync(id, days, body.Reason, by, stop)
                    : Refused("workdays", "form.required")
        );
        aid.MapPost(
                "survey/replacements",
                (
                    Guid id,
                    ReplaceRequest body,
                    HttpContext http,
                    ReplacementCommands replacements,
                    CaseRefusals refusals,
                    CancellationToken stop
                ) =>
                    AidEndpoints.AnswerAsync(
                        id,
                        http,
                        refusals,
                        body.MemberId is { } member
                            ? replacements.ReplaceSurveyorAsync(id, member, body.Reason, Requests.AskerOf(http), stop)
                            : Refused("memberId", "form.required"),
                        stop
                    )
            )
            .WithName("replaceSurveyor")
            .WithSummary("Takes a surveyor off who cannot go on; surveyors are appointed anew")
            .Refuses(403, 404, 409, 422);
        return api;

        void Map<TBody>(
            string route,
            string name,
            string summary,
            Func<Guid, TBody, Asker, AidLifeCommands, CancellationToken, Task<Outcome<StepDone>>> act
        )
            where TBody : class =>
            aid.MapPost(
                    route,
                    (Guid id, HttpContext http, AidLifeCommands life, CaseRefusals refusals, CancellationToken stop) =>
                        AidEndpoints.AnswerAsync(
                            id,
                            http,
                            refusals,
                            Requests.WithBodyAsync(
                                http,
                                (TBody body) => act(id, body, Requests.AskerOf(http), life, stop)
                            ),
                            stop
                        )
                )
                .Accepts<TBody>("application/json")
                .WithName(name)
                .WithSummary(summary)
                .Refuses(403, 404, 409, 422);
    }

    private static Task<Outcome<StepDone>> Refused(string field, string code) =>
        Task.FromResult<Outcome<StepDone>>(Refusal.At(field, code));
}

using EduUnion.Domain;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <param name="Collecting">Whether motions can be filed at this moment.</param>
/// <param name="MinimumCosigners">How many must have co-signed before a motion is submitted.</param>
public sealed record SessionAnswer(
    Guid Id,
    Guid SchoolId,
    string School,
    int Term,
    int Number,
    DateOnly OpensOn,
    DateTimeOffset CollectionOpensAt,
    DateTimeOffset CollectionClosesAt,
    bool Collecting,
    int MinimumCosigners
);

public sealed record DepartmentAnswer(Guid Id, string Code, string Name);

/// <summary>What is needed to fill in the forms: the running session, who may co-sign, who may host.</summary>
public static class SessionEndpoints
{
    public static RouteGroupBuilder MapSessionEndpoints(this RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("").RequireAuthorization(Policies.Member).WithTags("congress");
        sessions
            .MapGet("/sessions/current", CurrentAsync)
            .WithName("currentSession")
            .WithSummary("The latest session of the caller's school whose collection has opened")
            .Refuses(404);
        sessions
            .MapGet("/sessions/{id:guid}/representatives", RepresentativesAsync)
            .WithName("representatives")
            .WithSummary("Who may co-sign: the formal representatives of the session's term, by name")
            .Refuses(404);
        sessions
            .MapGet("/schools/{id:guid}/departments", Departments)
            .WithName("departments")
            .WithSummary("Who may host: the departments of a school, by code")
            .Refuses(404);
        return api;
    }

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> CurrentAsync(
        HttpContext http,
        Access access,
        MemberBook members,
        OrganisationBook organisations,
        CongressBook congresses,
        RuleBook rules,
        TimeProvider time,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var member = (await members.FindAsync(viewer.MemberId, cancellation))!;
        var school =
            viewer.Represents.Count > 0
                ? organisations.Find(viewer.Represents[0])
                : organisations.SchoolOf(member.OrganisationId);
        if (school is null || await congresses.CurrentSessionAsync(school.Id, now, cancellation) is not { } session)
            return Problems.Of(texts, Refusal.Missing("session.none"));
        var ruled = await rules.ForAsync(school.Id, now, cancellation);
        return TypedResults.Ok(
            new SessionAnswer(
                session.Id,
                school.Id,
                school.Name,
                session.TermNumber,
                session.Number,
                session.OpensOn,
                session.CollectionOpensAt,
                session.CollectionClosesAt,
                session.IsCollecting(now),
                ruled.Number("motion.min_cosigners")
            )
        );
    }

    private static async Task<Results<Ok<Slice<RepresentativeName>>, ProblemHttpResult>> RepresentativesAsync(
        Guid id,
        HttpContext http,
        Access access,
        MemberBook members,
        OrganisationBook organisations,
        CongressBook congresses,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        if (
            await congresses.FindSessionAsync(id, cancellation) is not { } session
            || !await KnowsAsync(viewer, session, members, organisations, cancellation)
        )
            return Problems.Of(texts, Refusal.Missing("motion.session-unknown"));
        return TypedResults.Ok(
            new Slice<RepresentativeName>(
                await congresses.RepresentativesAsync(session.TermId, viewer.Today, cancellation),
                null
            )
        );
    }

    private static Results<Ok<Slice<DepartmentAnswer>>, ProblemHttpResult> Departments(
        Guid id,
        OrganisationBook organisations,
        Texts texts
    ) =>
        organisations.Find(id) is { Kind: OrganisationKind.School }
            ? TypedResults.Ok(
                new Slice<DepartmentAnswer>(
                    [.. organisations.Departments(id).Select(d => new DepartmentAnswer(d.Id, d.Code, d.Name))],
                    null
                )
            )
            : Problems.Of(texts, Refusal.Missing("organisation.unknown"));

    /// <summary>Names of people are for the school's own members, and for the district.</summary>
    private static async Task<bool> KnowsAsync(
        Viewer viewer,
        CongressSession session,
        MemberBook members,
        OrganisationBook organisations,
        CancellationToken cancellation
    ) =>
        viewer.Represents.Contains(session.SchoolId)
        || viewer.At(Office.DistrictOfficer, Office.DistrictChair).Count > 0
        || organisations.SchoolOf((await members.FindAsync(viewer.MemberId, cancellation))!.OrganisationId)?.Id
            == session.SchoolId;
}

using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Api;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.People;

public sealed record TokenRequest(string? UserName, string? Password);

/// <param name="ExpiresIn">Seconds.</param>
public sealed record TokenAnswer(string AccessToken, int ExpiresIn);

public sealed record Me(MeMember Member, MeOrganisation Organisation, IReadOnlyList<MeRole> Roles);

public sealed record MeMember(Guid Id, string Name, string UserName, string Language);

/// <param name="Kind"><c>district</c>, <c>school</c> or <c>department</c>.</param>
public sealed record MeOrganisation(Guid Id, string Kind, string Code, string Name);

/// <param name="Role">An office (<c>MotionSecretary</c>) or <c>Representative</c>.</param>
public sealed record MeRole(string Role, Guid OrganisationId, string Organisation);

public static class AccountEndpoints
{
    public static RouteGroupBuilder MapAccountEndpoints(this RouteGroupBuilder api)
    {
        api.MapPost("/auth/token", TokenAsync)
            .AllowAnonymous()
            .WithTags("account")
            .WithName("token")
            .WithSummary("Signs in; the token is for Authorization: Bearer, for twelve hours")
            .WithDescription("Five wrong tries lock the account for fifteen minutes (423, Retry-After).")
            .Refuses(401, 423);
        api.MapGet("/me", MeAsync)
            .RequireAuthorization(Policies.Member)
            .WithTags("account")
            .WithName("me")
            .WithSummary("The caller, his organisation and what he is");
        return api;
    }

    private static async Task<Results<Ok<TokenAnswer>, ProblemHttpResult>> TokenAsync(
        TokenRequest request,
        HttpContext http,
        Accounts accounts,
        Texts texts,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var signedIn = await accounts.SignInAsync(request.UserName ?? "", request.Password ?? "", cancellation);
        http.Response.Headers.CacheControl = "no-store";
        if (signedIn.IsOk)
            return TypedResults.Ok(
                new TokenAnswer(Sessions.Token(http, signedIn.Value), (int)Sessions.Longest.TotalSeconds)
            );
        if (signedIn.Refusal is not { Code: "auth.locked-out" } locked)
            return Problems.Of(texts, StatusCodes.Status401Unauthorized, signedIn.Refusal);
        var wait = (DateTimeOffset)locked.Arguments[0] - time.GetUtcNow();
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(
            System.Globalization.CultureInfo.InvariantCulture
        );
        return Problems.Of(texts, StatusCodes.Status423Locked, locked);
    }

    private static async Task<Ok<Me>> MeAsync(
        HttpContext http,
        MemberBook members,
        OrganisationBook organisations,
        OfficeBook offices,
        CongressBook congresses,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var id = http.User.MemberId();
        var member = (await members.FindAsync(id, cancellation))!;
        var home = organisations.Find(member.OrganisationId)!;
        var held = await offices.OfAsync(id, today, cancellation);
        var represented = await congresses.SchoolsRepresentedAsync(id, today, cancellation);
        return TypedResults.Ok(
            new Me(
                new MeMember(id, member.Name, http.User.Identity!.Name!, member.Language),
                new MeOrganisation(home.Id, Kind(home.Kind), home.Code, home.Name),
                [
                    .. held.Select(h => Role(h.Office.ToString(), h.Organisation)),
                    .. represented.Select(school => Role("Representative", school)),
                ]
            )
        );

        MeRole Role(string role, Guid at) => new(role, at, organisations.Find(at)?.Name ?? "");
    }

    private static string Kind(OrganisationKind kind) => kind.ToString().ToLowerInvariant();
}

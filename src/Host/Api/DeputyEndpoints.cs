using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Deputies;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<EduUnion.Host.Deputies.DeputyDone>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace EduUnion.Host.Api;

/// <param name="From">First day; null = today.</param>
/// <param name="Until">Last day, included.</param>
/// <param name="Kinds"><c>motion</c>, <c>aid</c>, <c>objection</c>, <c>verification</c>; none = all that he may see.</param>
/// <param name="Confidential">He may act in cases of hardship, too.</param>
public sealed record DeputyNamedRequest(
    Guid? DeputyId,
    DateOnly? From,
    DateOnly? Until,
    IReadOnlyList<string>? Kinds,
    bool? Confidential
);

/// <param name="Named">By the caller.</param>
/// <param name="Naming">The caller.</param>
public sealed record DeputiesAnswer(IReadOnlyList<DeputyLine> Named, IReadOnlyList<DeputyLine> Naming);

/// <summary>委托代理: who acts for the caller, and for whom he acts.</summary>
public static class DeputyEndpoints
{
    public static RouteGroupBuilder MapDeputyEndpoints(this RouteGroupBuilder api)
    {
        var deputies = api.MapGroup("/deputies").RequireAuthorization(Policies.Member).WithTags("deputies");
        deputies
            .MapGet("", ListAsync)
            .WithName("deputies")
            .WithSummary("Who acts for the caller, and for whom he acts, the latest first");
        deputies
            .MapPost("", NameAsync)
            .WithName("nameDeputy")
            .WithSummary("Names a deputy for so many days")
            .Refuses(409, 422);
        deputies
            .MapPost("/{id:guid}/revoke", RevokeAsync)
            .WithName("revokeDeputy")
            .WithSummary("Ends it at once")
            .Refuses(404, 422);
        return api;
    }

    private static async Task<Ok<DeputiesAnswer>> ListAsync(
        HttpContext http,
        DeputyBook book,
        CancellationToken cancellation
    )
    {
        var member = http.User.MemberId();
        return TypedResults.Ok(
            new DeputiesAnswer(
                await book.NamedByAsync(member, cancellation),
                await book.NamingAsync(member, cancellation)
            )
        );
    }

    private static async Task<Changed> NameAsync(
        DeputyNamedRequest body,
        HttpContext http,
        DeputyChanges changes,
        TimeProvider time,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (body.DeputyId is not { } deputy)
            return Problems.Of(texts, Refusal.At("deputyId", "form.required"));
        if (body.Until is not { } until)
            return Problems.Of(texts, Refusal.At("until", "form.required"));
        var from = body.From ?? Dates.Of(time.GetUtcNow());
        var request = new NewDeputy(deputy, from, until, body.Kinds ?? [], body.Confidential == true);
        return Answer(await changes.NameAsync(request, Requests.AskerOf(http), cancellation), texts);
    }

    private static async Task<Changed> RevokeAsync(
        Guid id,
        HttpContext http,
        DeputyChanges changes,
        Texts texts,
        CancellationToken cancellation
    ) => Answer(await changes.RevokeAsync(id, Requests.AskerOf(http), cancellation), texts);

    private static Changed Answer(Outcome<DeputyDone> done, Texts texts) =>
        done.IsOk ? TypedResults.Ok(done.Value) : Problems.Of(texts, done.Refusal);
}

using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

public sealed record VerificationRequest(Guid? SchoolId);

/// <summary>A school's yearly re-verification; of nobody by name.</summary>
/// <param name="ToAsk">Files whose holders are to be asked this year and are not yet.</param>
/// <param name="States">How many are where, by state.</param>
public sealed record VerificationAnswer(
    Named School,
    int Year,
    int ToAsk,
    IReadOnlyDictionary<VerificationState, int> States
);

/// <summary>The yearly re-verification (年度复核) of hardship files: by the school union's chair or the district.</summary>
public static class VerificationEndpoints
{
    public static RouteGroupBuilder MapVerificationEndpoints(this RouteGroupBuilder api)
    {
        var verifications = api.MapGroup("/aid/verifications").RequireAuthorization(Policies.Member).WithTags("aid");
        verifications
            .MapGet("", ListAsync)
            .WithName("aidVerifications")
            .WithSummary("How far this year's re-verification is, school by school, where the caller keeps the files");
        verifications
            .MapPost("", StartAsync)
            .WithName("startAidVerification")
            .WithSummary("Asks every holder of the school who is to be asked; nobody is asked twice a year")
            .Refuses(403, 422);
        return api;
    }

    private static async Task<Ok<Slice<VerificationAnswer>>> ListAsync(
        HttpContext http,
        Access access,
        VerificationCommands commands,
        OrganisationBook organisations,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var answers = new List<VerificationAnswer>();
        foreach (var school in commands.Schools(viewer))
            answers.Add(await OfAsync(school, viewer, commands, organisations, cancellation));
        return TypedResults.Ok(new Slice<VerificationAnswer>(answers, null));
    }

    private static async Task<Results<Ok<VerificationAnswer>, ProblemHttpResult>> StartAsync(
        VerificationRequest request,
        HttpContext http,
        Access access,
        VerificationCommands commands,
        OrganisationBook organisations,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (request.SchoolId is not { } school)
            return Problems.Of(texts, Refusal.At("schoolId", "form.required"));
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var started = await commands.StartAsync(school, viewer, cancellation);
        return started.IsOk
            ? TypedResults.Ok(await OfAsync(school, viewer, commands, organisations, cancellation))
            : Problems.Of(texts, started.Refusal);
    }

    private static async Task<VerificationAnswer> OfAsync(
        Guid school,
        Viewer viewer,
        VerificationCommands commands,
        OrganisationBook organisations,
        CancellationToken cancellation
    )
    {
        var progress = await commands.ProgressAsync(school, viewer.Today.Year, cancellation);
        return new(
            new(school, organisations.Find(school)?.Name ?? ""),
            viewer.Today.Year,
            progress.ToAsk,
            progress.States
        );
    }
}

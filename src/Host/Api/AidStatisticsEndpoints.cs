using System.Globalization;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <summary>Statistics of hardship aid.</summary>
public static class AidStatisticsEndpoints
{
    public static RouteGroupBuilder MapAidStatisticsEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/statistics/aid", FindAsync)
            .RequireAuthorization(Policies.Member)
            .WithTags("statistics")
            .WithName("aidStatistics")
            .WithSummary(
                "Persons, times and amounts of a year by fund, cause, category and school, each with its definition"
            )
            .WithDescription(
                "year: the calendar year, else this one; school: an id, else every school that the caller sees."
            )
            .Refuses(403, 404, 422);
        return api;
    }

    // Texts, so that a value that is none is refused at its field and in the caller's language.
    private static async Task<Results<Ok<AidFigures>, ProblemHttpResult>> FindAsync(
        HttpContext http,
        Access access,
        AidStatisticsBook book,
        Texts texts,
        string? year,
        string? school,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var (asked, of) = (default(int?), default(Guid?));
        if (!string.IsNullOrEmpty(year))
            if (
                int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 2000 and <= 2999
            )
                asked = number;
            else
                return Problems.Of(texts, Refusal.At("year", "form.unreadable"));
        if (!string.IsNullOrEmpty(school))
            if (Guid.TryParse(school, out var id))
                of = id;
            else
                return Problems.Of(texts, Refusal.At("school", "form.unreadable"));
        var scope = book.Scope(viewer, asked, of);
        if (!scope.IsOk)
            return Problems.Of(texts, scope.Refusal);
        var counted = await book.CountAsync(scope.Value, cancellation);
        var funds = await book.FundsAsync(counted, cancellation);
        return TypedResults.Ok(AidFigures.Of(scope.Value, counted, funds, book.SchoolName, texts));
    }
}

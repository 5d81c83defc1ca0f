using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <summary>What was counted, everything that was left out filled in.</summary>
/// <param name="Year">School year, by the year in which it begins.</param>
public sealed record StatisticsScopeAnswer(
    Guid? Session,
    IReadOnlyList<Guid> Sessions,
    IReadOnlyList<Guid> Schools,
    int? Year,
    Guid? Department,
    string? Category
);

/// <summary>One figure.</summary>
/// <param name="Value">As printed: one decimal, rounded half up; — when the denominator is zero.</param>
/// <param name="Cases">Where the cases of the numerator and of the denominator are listed; null where people are counted.</param>
public sealed record FigureAnswer(
    string Key,
    string Name,
    int Numerator,
    int Denominator,
    string Value,
    string Definition,
    FigureCasesAnswer Cases
);

public sealed record FigureCasesAnswer(string Numerator, string? Denominator);

/// <summary>A number beside the rates.</summary>
public sealed record TallyAnswer(string Key, string Name, int Count, string Cases);

/// <summary>The same of one school, department, category or session.</summary>
public sealed record StatisticsGroupAnswer(
    string Key,
    string Name,
    IReadOnlyList<FigureAnswer> Figures,
    IReadOnlyList<TallyAnswer> Tallies
);

public sealed record MotionStatisticsAnswer(
    DateOnly AsOf,
    StatisticsScopeAnswer Scope,
    IReadOnlyList<FigureAnswer> Figures,
    IReadOnlyList<TallyAnswer> Tallies,
    string? By,
    IReadOnlyList<StatisticsGroupAnswer> Groups
);

/// <summary>Statistics of domain §2.10.</summary>
public static class StatisticsEndpoints
{
    public static RouteGroupBuilder MapStatisticsEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/statistics/motions", MotionsAsync)
            .RequireAuthorization(Policies.Member)
            .WithTags("statistics")
            .WithName("motionStatistics")
            .WithSummary("Every rate of the motions with numerator, denominator and definition")
            .WithDescription(
                "session, school, department: ids; year: the school year by its first year (2025 = September 2025 to August "
                    + "2026); category: a code; asOf: YYYY-MM-DD, else today; by: school, department, category or session, "
                    + "for one school all its sessions. Left out: the current session, or for several schools the school "
                    + "year of the latest one. A case with several hosts is in each one's figures, by its own part."
            )
            .Refuses(403, 404, 422);
        return api;
    }

    // Texts, so that a value that is none is refused at its field and in the caller's language.
    private static async Task<Results<Ok<MotionStatisticsAnswer>, ProblemHttpResult>> MotionsAsync(
        HttpContext http,
        Access access,
        StatisticsScopes scopes,
        StatisticsBook book,
        Breakdowns breakdowns,
        Texts texts,
        string? session,
        string? school,
        string? year,
        string? department,
        string? category,
        string? asOf,
        string? by,
        CancellationToken cancellation
    )
    {
        var found = new List<Refusal>();
        var asked = new StatisticsQuestion(
            Read<Guid>("session", session, Guid.TryParse, found),
            Read<Guid>("school", school, Guid.TryParse, found),
            Read<int>("year", year, Year, found),
            Read<Guid>("department", department, Guid.TryParse, found),
            string.IsNullOrEmpty(category) ? null : category,
            Read<DateOnly>("asOf", asOf, Date, found)
        );
        var grouped = By(by, found);
        if (Refusal.Of(found) is { } unreadable)
            return Problems.Of(texts, unreadable);
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var resolved = await scopes.OfAsync(viewer, asked, cancellation);
        if (!resolved.IsOk)
            return Problems.Of(texts, resolved.Refusal);
        var scope = resolved.Value;
        var sessions = grouped == BreakdownBy.Session && scope.IsOneSchool ? scope.Known : scope.Sessions;
        var counted = await book.CountAsync(sessions, scope.AsOf, cancellation);
        var words = new Wording(texts, (await book.SatisfyingAsync(sessions, cancellation)).Count > 0, scope);
        var total = scope.Of(counted);
        return TypedResults.Ok(
            new MotionStatisticsAnswer(
                scope.AsOf,
                new(
                    scope.Session,
                    [.. scope.Sessions.Select(s => s.Id)],
                    scope.Schools,
                    scope.Year,
                    scope.Department,
                    scope.Category
                ),
                words.Figures(total),
                words.Tallies(total),
                grouped is null ? null : by,
                grouped is { } kind
                    ?
                    [
                        .. breakdowns
                            .Of(scope, counted, kind)
                            .Select(l => new StatisticsGroupAnswer(
                                l.Key,
                                l.Name,
                                words.Figures(l.Counted, scope.Differing(kind, l.Key)),
                                words.Tallies(l.Counted, scope.Differing(kind, l.Key))
                            )),
                    ]
                    : []
            )
        );
    }

    private sealed record Wording(Texts Texts, bool LapseSatisfies, StatisticsScope Scope)
    {
        public IReadOnlyList<FigureAnswer> Figures(
            MotionStatistics counted,
            params IReadOnlyList<(string, string?)> differing
        ) =>
            [
                .. counted.Figures.Select(f => new FigureAnswer(
                    FigureWords.Key(f.Kind),
                    FigureWords.Name(Texts, f.Kind),
                    f.Numerator.Count,
                    f.Denominator.Count,
                    f.Value,
                    FigureWords.Definition(Texts, f.Kind, LapseSatisfies),
                    new(
                        Scope.CasesOf(f.Kind, denominator: false, differing),
                        f.CountsPeople ? null : Scope.CasesOf(f.Kind, denominator: true, differing)
                    )
                )),
            ];

        public IReadOnlyList<TallyAnswer> Tallies(
            MotionStatistics counted,
            params IReadOnlyList<(string, string?)> differing
        ) =>
            [
                .. counted.Tallies.Select(t => new TallyAnswer(
                    FigureWords.Key(t.Kind),
                    FigureWords.Name(Texts, t.Kind),
                    t.Sample.Count,
                    Scope.CasesOf(t.Kind, differing)
                )),
            ];
    }

    private delegate bool Reader<T>(string text, out T value);

    private static T? Read<T>(string field, string? text, Reader<T> reader, List<Refusal> found)
        where T : struct
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (reader(text, out var value))
            return value;
        found.Add(Refusal.At(field, "form.unreadable"));
        return null;
    }

    private static bool Year(string text, out int year) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year) && year is >= 2000 and <= 2099;

    private static bool Date(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static BreakdownBy? By(string? text, List<Refusal> found)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        foreach (var by in Enum.GetValues<BreakdownBy>())
            if (by.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
                return by;
        found.Add(Refusal.At("by", "statistics.by-unknown"));
        return null;
    }
}

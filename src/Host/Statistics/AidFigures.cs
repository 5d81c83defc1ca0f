using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Statistics;

public sealed record AidRateFigure(
    string Key,
    string Name,
    int Numerator,
    int Denominator,
    string Value,
    string Definition
);

public sealed record AidTallyFigure(string Key, string Name, int Count, string Definition);

/// <summary>What was paid: persons (each once), times (one a payment), and fen.</summary>
public sealed record AidSumFigure(string Key, string Name, int Persons, int Times, long AmountFen);

/// <summary>A table whose times and amounts add up to the whole.</summary>
public sealed record AidTable(string Key, string Name, IReadOnlyList<AidSumFigure> Rows);

/// <param name="SumDefinitions">What persons, times and amount are.</param>
public sealed record AidFigures(
    int Year,
    DateOnly From,
    DateOnly Through,
    IReadOnlyList<AidTallyFigure> Tallies,
    IReadOnlyList<AidRateFigure> Rates,
    AidSumFigure Paid,
    IReadOnlyDictionary<string, string> SumDefinitions,
    IReadOnlyList<AidTable> Tables,
    IReadOnlyList<AidTallyFigure> FilesByCategory
)
{
    public static AidFigures Of(
        AidScope scope,
        AidStatistics counted,
        IReadOnlyDictionary<Guid, string> funds,
        Func<Guid, string> school,
        Texts texts
    )
    {
        return new(
            scope.Year,
            scope.From,
            scope.Through,
            [
                .. counted.Tallies.Select(t => new AidTallyFigure(
                    Camel(t.Kind),
                    texts[$"aid.tally.{t.Kind}"],
                    t.Count,
                    texts[$"aid.tally.{t.Kind}.definition"]
                )),
            ],
            [
                .. counted.Rates.Select(r => new AidRateFigure(
                    Camel(r.Kind),
                    texts[$"aid.rate.{r.Kind}"],
                    r.Numerator,
                    r.Denominator,
                    r.Value,
                    texts[$"aid.rate.{r.Kind}.definition"]
                )),
            ],
            Sum("paid", texts["aid.sum.paid"], counted.Paid),
            new[] { "persons", "times", "amount" }.ToDictionary(k => k, k => texts[$"aid.sum.{k}.definition"]),
            [
                new(
                    "fund",
                    texts["aid.by.fund"],
                    [.. counted.ByFund.Select(f => Sum(f.Key.ToString(), funds.GetValueOrDefault(f.Key, ""), f.Value))]
                ),
                new(
                    "cause",
                    texts["aid.by.cause"],
                    [.. counted.ByCause.Select(c => Sum(Camel(c.Key), texts.Term<CauseGroup>(c.Key), c.Value))]
                ),
                new(
                    "category",
                    texts["aid.by.category"],
                    [.. counted.ByCategory.Select(c => Sum(Camel(c.Key), texts.Term<AidCategory>(c.Key), c.Value))]
                ),
                new(
                    "school",
                    texts["aid.by.school"],
                    [.. counted.BySchool.Select(s => Sum(s.Key.ToString(), school(s.Key), s.Value))]
                ),
            ],
            [
                .. counted.FilesByCategory.Select(c => new AidTallyFigure(
                    Camel(c.Key),
                    texts.Term<AidCategory>(c.Key),
                    c.Value,
                    texts["aid.tally.FilesOpen.definition"]
                )),
            ]
        );

        static AidSumFigure Sum(string key, string name, AidSum sum) =>
            new(key, name, sum.Persons, sum.Times, sum.Amount.Fen);
    }

    private static string Camel<T>(T kind)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}

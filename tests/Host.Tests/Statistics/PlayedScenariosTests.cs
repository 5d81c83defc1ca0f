using EduUnion.Domain.Congresses;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Statistics;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using EduUnion.Host.Tour.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Statistics;

/// <summary>The scenarios of domain §8 played to their end by the processes, and what they count.</summary>
public sealed class PlayedScenariosTests
{
    [Theory]
    [InlineData(
        1,
        "Cases 1",
        "OnTime 1/1",
        "OnTimeOriginal 1/1",
        "Satisfaction 1/1",
        "Implementation 1/1",
        "Closing 1/1"
    )]
    [InlineData(2, "Submitted 0", "Cases 0", "Opinions 0", "Filing 0/0", "Conversion 0/0", "Reply 0/0", "OnTime 0/0")]
    [InlineData(3, "Cases 1", "Filed 2", "Merging 1/2", "Feedback 2/2", "Satisfaction 1/2", "Rehandling 1/1")]
    [InlineData(5, "OnTime 2/2", "OnTimeOriginal 1/2")]
    [InlineData(6, "Closing 1/1", "Dissent 1", "Rehandling 1/1", "Satisfaction 0/1", "Adoption 0/1", "OnTime 1/1")]
    [InlineData(
        8,
        "Filed 2",
        "Cases 1",
        "WithdrawnAfterFiling 1",
        "WithdrawnBeforeFiling 0",
        "Filing 2/2",
        "Merging 0/2"
    )]
    public async Task Scenario_CountsAsWritten(int number, params string[] expected)
    {
        var scenario = All.Scenarios.Single(s => s.Number == number);
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        await using var stage = await Theatre.OpenAsync(
            scenario.Opens,
            new ConfigurationBuilder().Build(),
            database.DataDirectory,
            TextWriter.Null,
            TestContext.Current.CancellationToken
        );
        await scenario.PlayAsync(stage, TestContext.Current.CancellationToken);

        var counted = await stage.WithAsync<IServiceProvider, MotionStatistics>(async services =>
        {
            var db = services.GetRequiredService<EduUnionDb>();
            var book = new StatisticsBook(db, services.GetRequiredService<RuleBook>(), stage.Time);
            return await book.CountAsync(await db.Set<CongressSession>().ToListAsync(), stage.Today, default);
        });

        Assert.Equal(expected, expected.Select(e => Says(counted, e.Split(' ')[0])));
    }

    private static string Says(MotionStatistics counted, string kind)
    {
        if (Enum.TryParse<TallyKind>(kind, out var tally))
            return $"{kind} {counted[tally].Count}";
        var figure = counted[Enum.Parse<FigureKind>(kind)];
        return $"{kind} {figure.Numerator.Count}/{figure.Denominator.Count}";
    }
}

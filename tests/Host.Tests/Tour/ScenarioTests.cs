using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using EduUnion.Host.Tour.Scenarios;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Tour;

/// <summary>
/// The domain's scenarios, with a restart between any two steps, on both databases; and every row of every step as EF would
/// have written it.
/// </summary>
public sealed class ScenarioTests(ITestOutputHelper output)
{
    public static TheoryData<int, Provider> Everywhere()
    {
        var data = new TheoryData<int, Provider>();
        foreach (var scenario in All.Scenarios)
        foreach (var provider in Enum.GetValues<Provider>())
            data.Add(scenario.Number, provider);
        return data;
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task Scenario_EndsAsWritten(int number, Provider provider)
    {
        var scenario = All.Scenarios.Single(s => s.Number == number);
        await using var database = await TestDatabase.MigratedAsync(provider);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        using var script = new StringWriter();
        var (time, seen) = (new SimulatedTime(scenario.Opens), new ComparedWriter.Seen());
        await using var stage = new Stage(
            () =>
            {
                var parts = Theatre.Parts(settings, database.DataDirectory, time);
                ComparedWriter.StandIn(parts, seen);
                return parts.BuildServiceProvider(validateScopes: true);
            },
            time,
            Path.Combine(database.DataDirectory, "mail"),
            script
        );
        try
        {
            await scenario.PlayAsync(stage, TestContext.Current.CancellationToken);
        }
        finally
        {
            output.WriteLine(script.ToString());
        }
        Assert.Empty(seen.Different);
        Assert.Contains("Modified CaseRow", seen.Written);
    }
}

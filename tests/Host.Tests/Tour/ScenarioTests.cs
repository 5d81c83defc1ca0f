using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using EduUnion.Host.Tour.Scenarios;
using Microsoft.Extensions.Configuration;

namespace EduUnion.Host.Tests.Tour;

/// <summary>The domain's scenarios, with a restart between any two steps, on both databases.</summary>
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
        await using var stage = await Theatre.OpenAsync(
            scenario.Opens,
            settings,
            database.DataDirectory,
            script,
            TestContext.Current.CancellationToken
        );
        try
        {
            await scenario.PlayAsync(stage, TestContext.Current.CancellationToken);
        }
        finally
        {
            output.WriteLine(script.ToString());
        }
    }
}

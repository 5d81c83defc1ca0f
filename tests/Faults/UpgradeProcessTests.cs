using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Faults;

/// <summary>
/// The previous release as it really was, built from its commit (docs/faults.md): three processes of it serve, and one after
/// the other is replaced by this program while people work. Runs only when it is asked for.
/// </summary>
public sealed class UpgradeProcessTests(ITestOutputHelper output)
{
    private const string Variable = "EDUUNION_FAULTS_PREVIOUS";
    private const int Nodes = 3;
    private const int AnswersBetween = 150;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task NodesOfThePreviousRelease_AreReplacedOneByOne_WhilePeopleWork()
    {
        var directory =
            Environment.GetEnvironmentVariable(Variable)
            ?? throw new InvalidOperationException($"{Variable} does not name the previous release: docs/faults.md.");
        var previous = Path.Combine(directory, "EduUnion.Host.dll");
        var chance = Form.Chance(output);
        await using var database = await TestDatabase.EmptyAsync(Provider.Postgres);
        await using var fleet = await Fleet.StartAsync(database, Nodes, Cancelled, previous);
        using var acknowledged = new Acknowledgements(Path.Combine(database.DataDirectory, "acknowledged.jsonl"));
        using var crowd = new Crowd(fleet.Any, acknowledged, new Random(chance.Next()));
        var work = crowd.WorkAsync(atOnce: 6);
        for (var node = 0; node < Nodes; node++)
        {
            await HeardAsync(acknowledged, crowd);
            Assert.Equal(0, await fleet.StopAsync(node));
            await fleet.StartAsync(node, Cancelled);
        }
        await HeardAsync(acknowledged, crowd);
        crowd.Stop();
        await work;

        Assert.Empty(crowd.Complaints);
        output.WriteLine($"{acknowledged.Count} answers to {crowd.Motions} motions, {crowd.Retries} asked again");
        Assert.Equal("", string.Join('\n', await Checker.ViolationsAsync(database, null, acknowledged.Path)));
        var (code, said) = await HostProcess.RunAsync(database.Settings, database.DataDirectory, "journal", "verify");
        Assert.True(code == 0, said);
    }

    private static async Task HeardAsync(Acknowledgements acknowledged, Crowd crowd)
    {
        var enough = acknowledged.Count + AnswersBetween;
        while (acknowledged.Count < enough && crowd.Complaints.IsEmpty)
            await Task.Delay(20, Cancelled);
    }
}

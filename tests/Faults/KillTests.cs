using System.Diagnostics;
using EduUnion.Host.Tests.Persistence;
using Npgsql;

namespace EduUnion.Faults;

/// <summary>
/// Three programs on one database, and again and again one of them is killed while many people work. Nothing that was
/// acknowledged is lost, nothing is done twice, every mail has left, every deadline has had its one effect, and what a dead
/// node was about to do another does within a minute.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(60);
    private readonly int _kills = Form.Of(5, 1_000);
    private readonly int _answersAKill = Form.Of(40, 100);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_AgainAndAgain_NothingIsLostAndNothingIsDoneTwice()
    {
        var chance = Form.Chance(output);
        await using var database = await TestDatabase.MigratedAsync(Provider.Postgres);
        await using var direct = (NpgsqlConnection)Checker.Connection(database);
        await direct.OpenAsync(Cancelled);
        await using var fleet = await Fleet.StartAsync(database, Nodes, Cancelled);
        using var acknowledged = new Acknowledgements(Path.Combine(database.DataDirectory, "acknowledged.jsonl"));
        using var crowd = new Crowd(fleet.Any, acknowledged, new Random(chance.Next()));
        var started = Stopwatch.GetTimestamp();
        var work = crowd.WorkAsync(atOnce: 6);

        for (var kill = 1; kill < _kills; kill++)
        {
            // At a number of answers and not at a time, so that a slow machine is cut as deep as a fast one.
            await HeardAsync(acknowledged, crowd, acknowledged.Count + chance.Next(1, 2 * _answersAKill));
            await ExpireAsync(direct, crowd, all: false);
            var node = chance.Next(Nodes);
            await fleet.KillAsync(node);
            await fleet.StartAsync(node, Cancelled);
        }
        crowd.Stop();
        await work;
        Assert.Empty(crowd.Complaints);
        await using var trap = await TrapAsync(database, direct, crowd);
        var took = await trap.KillWhoeverIsInItAsync(fleet);
        output.WriteLine(
            $"{_kills} kills, {acknowledged.Count} answers to {crowd.Motions} motions in "
                + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {crowd.Retries} asked again; "
                + $"another node took over after {took.TotalSeconds:0.0} s"
        );

        await ExpireAsync(direct, crowd, all: true);
        await Rest.ComeAsync(direct, crowd.NudgeAsync, Cancelled);
        var mails = Path.Combine(database.DataDirectory, "mail");
        var violations = await Checker.ViolationsAsync(database, mails, acknowledged.Path);
        Assert.Equal("", string.Join(Environment.NewLine, violations));
        Assert.InRange(took, TimeSpan.Zero, TakeOver);
        var (code, said) = await HostProcess.RunAsync(database.Settings, database.DataDirectory, "journal", "verify");
        Assert.True(code == 0, said);
    }

    private static async Task HeardAsync(Acknowledgements acknowledged, Crowd crowd, int answers)
    {
        while (acknowledged.Count < answers && crowd.Complaints.IsEmpty)
            await Task.Delay(20, Cancelled);
    }

    /// <summary>The invitations that nobody answers are due now; one is kept for later.</summary>
    private static async Task ExpireAsync(NpgsqlConnection direct, Crowd crowd, bool all)
    {
        while ((all || crowd.Silent.Count > 1) && crowd.Silent.TryDequeue(out var id))
            await BringDueAsync(direct, id);
    }

    private static Task BringDueAsync(NpgsqlConnection direct, Guid id) =>
        ExecuteAsync(
            direct,
            $"UPDATE clocks SET next_at = now(), due_at = now() WHERE case_id = '{id}' AND name = 'cosign' AND stopped_at IS NULL"
        );

    private static async Task<Trap> TrapAsync(TestDatabase database, NpgsqlConnection direct, Crowd crowd)
    {
        Assert.True(crowd.Silent.TryDequeue(out var id), "nobody was left without an answer");
        var trap = await Trap.SetAsync(database, direct, id);
        await BringDueAsync(direct, id);
        return trap;
    }

    private static async Task ExecuteAsync(NpgsqlConnection on, string sql)
    {
        await using var command = new NpgsqlCommand(sql, on);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private static async Task<long> CountAsync(NpgsqlConnection on, string sql)
    {
        await using var command = new NpgsqlCommand(sql, on);
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    /// <summary>A case that is locked: the node whose sweep has leased its deadline stands before it, and is killed there.</summary>
    private sealed class Trap(NpgsqlConnection direct, NpgsqlConnection holder, Guid id) : IAsyncDisposable
    {
        public static async Task<Trap> SetAsync(TestDatabase database, NpgsqlConnection direct, Guid id)
        {
            var holder = (NpgsqlConnection)Checker.Connection(database);
            await holder.OpenAsync(Cancelled);
            await ExecuteAsync(holder, $"BEGIN; SELECT 1 FROM cases WHERE id = '{id}' FOR UPDATE");
            return new Trap(direct, holder, id);
        }

        /// <summary>How long from the kill until another node has done what the dead one was about to do.</summary>
        public async Task<TimeSpan> KillWhoeverIsInItAsync(Fleet fleet)
        {
            int node;
            var set = Stopwatch.GetTimestamp();
            while ((node = await CaughtAsync(fleet)) < 0)
            {
                if (Stopwatch.GetElapsedTime(set) > TimeSpan.FromMinutes(7))
                    Assert.Fail("no node came to the deadline");
                await Task.Delay(100, Cancelled);
            }
            var killed = Stopwatch.GetTimestamp();
            await fleet.KillAsync(node);
            await ExecuteAsync(holder, "ROLLBACK");
            while (
                await CountAsync(
                    direct,
                    $"SELECT count(*) FROM clocks WHERE case_id = '{id}' AND name = 'cosign' AND stopped_at IS NULL"
                ) > 0
            )
            {
                if (Stopwatch.GetElapsedTime(killed) > TimeSpan.FromMinutes(7))
                    Assert.Fail("nobody took over");
                await Task.Delay(100, Cancelled);
            }
            return Stopwatch.GetElapsedTime(killed);
        }

        private async Task<int> CaughtAsync(Fleet fleet)
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT application_name FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT 1 FROM cases %'
                """,
                direct
            );
            var name = await command.ExecuteScalarAsync(Cancelled) as string;
            return Enumerable.Range(0, fleet.Count).FirstOrDefault(n => Fleet.NameOf(n) == name, -1);
        }

        public ValueTask DisposeAsync() => holder.DisposeAsync();
    }
}

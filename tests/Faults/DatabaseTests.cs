using System.Diagnostics;
using EduUnion.Host.Tests.Persistence;
using Npgsql;

namespace EduUnion.Faults;

/// <summary>
/// The database is stopped, killed, cut off, worn out, filled and made read-only under a program that serves many people.
/// Whoever asks meanwhile is told when to come again and nothing else, nothing is acknowledged that is not committed, and
/// the program goes on by itself as soon as the database does.
/// </summary>
public sealed class DatabaseTests(ITestOutputHelper output)
{
    private const string Key = "ConnectionStrings:EduUnion";
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);
    private readonly int _rounds = Form.Of(1, 10);
    private readonly int _answers = Form.Of(15, 60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_InEveryTrouble_TellsWhenToComeAgain_AndNothingIsLost()
    {
        var chance = Form.Chance(output);
        await using var server = await OwnPostgres.StartAsync(megabytes: 224);
        await server.ExecuteAsync("CREATE DATABASE eduunion");
        await using var database = await TestDatabase.EmptyAsync(Provider.Postgres);
        database.Settings[Key] = server.ConnectionString("eduunion");
        var settings = new Dictionary<string, string?>(database.Settings);
        // What waits for a lock or for a connection does so for seconds and not for half a minute.
        settings[Key] += ";Maximum Pool Size=12;Timeout=2;Command Timeout=3;Application Name=program";
        await using var host = await HostProcess.StartAsync(settings, database.DataDirectory, Cancelled);
        await SufferAsync(host, database, chance, Troubles(server));

        await using var direct = (NpgsqlConnection)Checker.Connection(database);
        await direct.OpenAsync(Cancelled);
        using var nobody = new Acknowledgements(Path.Combine(database.DataDirectory, "nudges.jsonl"));
        using var nudger = new Crowd(_ => host.Site, nobody, chance);
        await Rest.ComeAsync(direct, nudger.NudgeAsync, Cancelled);
        await CheckAsync(database, Path.Combine(database.DataDirectory, "mail"));
    }

    [Fact]
    public async Task Sqlite_WithoutAByteLeft_TellsWhenToComeAgain_AndNothingIsLost()
    {
        var chance = Form.Chance(output);
        await using var database = await TestDatabase.EmptyAsync(Provider.Sqlite);
        await using var disk = await SmallDisk.MountAsync(48, database.DataDirectory);
        await using var host = await HostProcess.StartAsync(database.Settings, database.DataDirectory, Cancelled);
        await SufferAsync(host, database, chance, [Full(disk, () => Task.CompletedTask)]);
        // Its mails wait for the morning; what has left is looked at by the programmes of the mail.
        await CheckAsync(database, null);
    }

    private static Trouble[] Troubles(OwnPostgres server) =>
        [
            new("stopped fast", () => server.StopAsync("fast"), server.StartAsync),
            new("stopped as by a power cut", () => server.StopAsync("immediate"), server.StartAsync),
            new(
                "backends killed",
                () =>
                    server.ExecuteAsync(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'program'"
                    ),
                () => Task.CompletedTask
            )
            {
                Again = true,
            },
            new(
                "read-only",
                () =>
                    server.ExecuteAsync("ALTER SYSTEM SET default_transaction_read_only = on; SELECT pg_reload_conf()"),
                async () =>
                {
                    await using var writes = new NpgsqlConnection(
                        server.ConnectionString("postgres")
                            + ";Pooling=false;Options=-c default_transaction_read_only=off"
                    );
                    await writes.OpenAsync(Cancelled);
                    foreach (
                        var sql in new[]
                        {
                            "ALTER SYSTEM RESET default_transaction_read_only",
                            "SELECT pg_reload_conf()",
                        }
                    )
                    {
                        await using var command = new NpgsqlCommand(sql, writes);
                        await command.ExecuteNonQueryAsync(Cancelled);
                    }
                }
            ),
            Locked(server),
            Full(
                server.Disk,
                async () =>
                {
                    // The log of changes itself may not have found room: the server ended, and somebody starts it again.
                    if (!await server.IsUpAsync())
                        await server.StartAsync();
                }
            ),
        ];

    private static Trouble Full(SmallDisk disk, Func<Task> after) =>
        new(
            "disk full",
            disk.FillAsync,
            () =>
            {
                disk.Free();
                return after();
            }
        )
        {
            Again = true,
        };

    /// <summary>Somebody holds all requests up until the pool has no connection left.</summary>
    private static Trouble Locked(OwnPostgres server)
    {
        NpgsqlConnection? holder = null;
        return new Trouble(
            "no connection free",
            async () =>
            {
                holder = new NpgsqlConnection(server.ConnectionString("eduunion") + ";Pooling=false");
                await holder.OpenAsync(Cancelled);
                await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE tasks", holder);
                await command.ExecuteNonQueryAsync(Cancelled);
            },
            async () => await holder!.DisposeAsync()
        );
    }

    private async Task SufferAsync(HostProcess host, TestDatabase database, Random chance, Trouble[] troubles)
    {
        using var acknowledged = new Acknowledgements(AcknowledgedBy(database));
        using var crowd = new Crowd(_ => host.Site, acknowledged, new Random(chance.Next()), bears: true);
        using var readers = await Readers.SignInAsync(host.Site, 12);
        var started = Stopwatch.GetTimestamp();
        var work = crowd.WorkAsync(atOnce: 6);
        var reading = readers.ReadAsync();
        for (var round = 0; round < _rounds && Fine(crowd, readers); round++)
        {
            chance.Shuffle(troubles);
            foreach (var trouble in troubles)
            {
                await HeardAsync(acknowledged, crowd, readers, chance.Next(1, 2 * _answers), Recovery);
                await FeltAsync(trouble, crowd, readers);
                var over = Stopwatch.GetTimestamp();
                await HeardAsync(acknowledged, crowd, readers, 1, Recovery);
                output.WriteLine(
                    $"{trouble.Name}: an answer {Stopwatch.GetElapsedTime(over).TotalSeconds:0.0} s after it was over"
                );
            }
        }
        await HeardAsync(acknowledged, crowd, readers, _answers, Recovery);
        crowd.Stop();
        readers.Stop();
        await work;
        await reading;
        var complaints = crowd.Complaints.Concat(readers.Complaints);
        Assert.True(Fine(crowd, readers), string.Join(Environment.NewLine, [.. complaints.Take(5), host.Faults]));
        Assert.Equal(0, crowd.Retries);
        output.WriteLine(
            $"{_rounds * troubles.Length} troubles, {acknowledged.Count} answers, {crowd.Waits} requests and {readers.Waits} pages "
                + $"of {readers.Seen} told to come again, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"
        );
    }

    /// <summary>Until somebody was told to come again, and a moment longer.</summary>
    private static async Task FeltAsync(Trouble trouble, Crowd crowd, Readers readers)
    {
        var before = crowd.Waits;
        var patience = Stopwatch.StartNew();
        await trouble.BeginAsync();
        while (crowd.Waits < before + 4 && Fine(crowd, readers))
        {
            Assert.True(patience.Elapsed < Recovery, $"{trouble.Name}: nobody has felt it");
            await Task.Delay(100, Cancelled);
            if (trouble.Again)
                await trouble.BeginAsync();
        }
        await trouble.EndAsync();
    }

    private static async Task HeardAsync(
        Acknowledgements acknowledged,
        Crowd crowd,
        Readers readers,
        int more,
        TimeSpan within
    )
    {
        var wanted = acknowledged.Count + more;
        var patience = Stopwatch.StartNew();
        while (acknowledged.Count < wanted && Fine(crowd, readers))
        {
            Assert.True(patience.Elapsed < within, "It does not recover by itself.");
            await Task.Delay(20, Cancelled);
        }
    }

    private static bool Fine(Crowd crowd, Readers readers) => crowd.Complaints.IsEmpty && readers.Complaints.IsEmpty;

    private static async Task CheckAsync(TestDatabase database, string? mails)
    {
        var acknowledged = AcknowledgedBy(database);
        var violations = await Checker.ViolationsAsync(database, mails, acknowledged);
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations.Take(20)));
        File.Delete(acknowledged);
    }

    // Not on the small disk.
    private static string AcknowledgedBy(TestDatabase database) =>
        Path.Combine(Path.GetTempPath(), $"{database.Name}.jsonl");

    /// <param name="BeginAsync">Brings it about; repeated while it lasts where <see cref="Again"/> is set.</param>
    private sealed record Trouble(string Name, Func<Task> BeginAsync, Func<Task> EndAsync)
    {
        public bool Again { get; init; }
    }
}

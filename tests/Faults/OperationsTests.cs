using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Data.Sqlite;

namespace EduUnion.Faults;

/// <summary>What the operator sees of a real process: figures without names, for whom they are meant, and an orderly end.</summary>
public sealed partial class OperationsTests
{
    private const string Token = "a-long-secret";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AreTrueAndNotForEverybody_AndAStopFinishesWhatIsInHand()
    {
        await using var database = await TestDatabase.EmptyAsync(Provider.Sqlite);
        var settings = new Dictionary<string, string?>(database.Settings) { ["Metrics:Token"] = Token };
        await using var host = await HostProcess.StartAsync(settings, database.DataDirectory, Stop);
        using var client = await host.ClientOfAsync("daibiao1");
        Assert.Equal(HttpStatusCode.Created, (await FileAsync(client)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(host, proxied: true)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(host, proxied: true, "a-long-secreT")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(host, proxied: true, Token)).StatusCode);
        var text = await (await ReadAsync(host, proxied: false)).Content.ReadAsStringAsync(Stop);
        Assert.Matches("""(?m)^eduunion_steps_seconds_count\{.*entry="start",result="done".*\} 1\b""", text);
        Assert.Matches(@"(?m)^eduunion_database_up(\{.*\})? 1\b", text);
        Assert.Matches(@"(?m)^eduunion_deadlines_lag_seconds(\{.*\})? \d", text);
        Assert.Matches(@"(?m)^eduunion_outbox_age_seconds(\{.*\})? \d", text);
        Assert.Matches(@"(?m)^eduunion_incidents_open(\{.*\})? 0\b", text);
        Assert.DoesNotMatch(Chinese(), text);

        // Somebody else writes: the request waits inside the program while it is told to stop.
        await using var other = new SqliteConnection($"Data Source={database.SqliteFile};Pooling=false");
        await other.OpenAsync(Stop);
        await ExecuteAsync(other, "BEGIN IMMEDIATE");
        var waiting = FileAsync(client);
        await UntilAsync(async () =>
            Held().IsMatch(await (await ReadAsync(host, proxied: false)).Content.ReadAsStringAsync(Stop))
        );
        var ended = host.StopAsync();
        // It takes nothing new any more, so it knows that it is to stop.
        await UntilAsync(async () =>
        {
            try
            {
                await ReadAsync(host, proxied: false);
                return false;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        });
        Assert.False(ended.IsCompleted, "It did not wait for the request in hand.");
        await ExecuteAsync(other, "ROLLBACK");
        Assert.Equal(HttpStatusCode.Created, (await waiting).StatusCode);
        Assert.Equal(0, await ended);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await holds())
            await Task.Delay(50, patience.Token);
    }

    private static Task<HttpResponseMessage> FileAsync(HttpClient client) =>
        client.PostAsJsonAsync(
            "/api/motions",
            new
            {
                sessionId = DemoDistrict.SessionId("YXZX"),
                title = "关于延长图书馆开放时间的提案",
                category = "welfare",
                grounds = new string('因', 60),
                proposals = new[] { new string('议', 60) },
            },
            Stop
        );

    private static async Task<HttpResponseMessage> ReadAsync(HostProcess host, bool proxied, string? token = null)
    {
        using var client = new HttpClient { BaseAddress = host.Site };
        if (proxied)
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetAsync("/metrics", Stop);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    /// <summary>A request that changes something is in the program's hands.</summary>
    [GeneratedRegex("""(?m)^http_server_active_requests\{.*http_request_method="POST".*\} 1\b""")]
    private static partial Regex Held();
}

using System.Net;
using System.Net.Http.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Host.Tests.Operations;

/// <summary>The database is taken away from a program that serves: nobody gets a false yes, and it recovers by itself.</summary>
public sealed class DatabaseAwayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Away_ThenReadOnly_ThenBack_AnswersWithRetryAfter_AndRecovers()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Postgres);
        await using var running = new Running(database: database);
        var page = await running.BrowserOfAsync("daibiao1");
        var client = await running.ClientOfAsync("daibiao1");
        var anybody = running.Browser();
        Assert.Equal(HttpStatusCode.OK, (await page.GetAsync("/motions", Stop)).StatusCode);

        await PostgresServer.ExecuteAsync($"ALTER DATABASE {database.Name} ALLOW_CONNECTIONS false");
        await CutAsync();
        var away = await page.GetAsync("/motions", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), away.Headers.RetryAfter?.Delta);
        Assert.Contains("系统暂时无法使用", await away.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        await AssertRefusedAsync(await FileAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await anybody.GetAsync("/health/ready", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/live", Stop)).StatusCode);

        await PostgresServer.ExecuteAsync($"ALTER DATABASE {database.Name} ALLOW_CONNECTIONS true");
        await PostgresServer.ExecuteAsync($"ALTER DATABASE {database.Name} SET default_transaction_read_only = on");
        Assert.Equal(HttpStatusCode.OK, (await page.GetAsync("/motions", Stop)).StatusCode);
        await AssertRefusedAsync(await FileAsync());

        await PostgresServer.ExecuteAsync($"ALTER DATABASE {database.Name} RESET default_transaction_read_only");
        await CutAsync();
        // As the answer says: the same again. Each connection that was cut in the pool costs one.
        var filed = await FileAsync();
        for (var again = 0; again < 5 && filed.StatusCode == HttpStatusCode.ServiceUnavailable; again++)
            filed = await FileAsync();
        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/ready", Stop)).StatusCode);

        Task CutAsync() =>
            PostgresServer.ExecuteAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.Name}'"
            );

        async Task<HttpResponseMessage> FileAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/motions")
            {
                Content = JsonContent.Create(
                    new
                    {
                        sessionId = DemoDistrict.SessionId("YXZX"),
                        title = "关于延长图书馆开放时间的提案",
                        category = "welfare",
                        grounds = new string('因', 60),
                        proposals = new[] { new string('议', 60) },
                    }
                ),
            };
            request.Headers.Add("Idempotency-Key", "one");
            return await client.SendAsync(request, Stop);
        }
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("server.database-away", await Running.CodeAsync(answer));
    }
}

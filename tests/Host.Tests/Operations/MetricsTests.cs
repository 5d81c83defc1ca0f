using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.AspNetCore.Hosting;

namespace EduUnion.Host.Tests.Operations;

/// <summary>What the operator watches: counted truly, without anybody's name, and not for everybody.</summary>
public sealed partial class MetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_TellStepsAndLags_ToWhoHasTheToken()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        database.Settings["Metrics:Token"] = "a-long-secret";
        await using var running = new Running(database: database);
        var client = await running.ClientOfAsync("daibiao1");
        var filed = await client.PostAsJsonAsync(
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
        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await running.Browser().GetAsync("/metrics", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("a-long-secreT")).StatusCode);
        var text = await (await GetAsync("a-long-secret")).Content.ReadAsStringAsync(Stop);

        text = string.Join('\n', text.Split('\n').Where(l => l.StartsWith("eduunion", StringComparison.Ordinal)));
        Assert.Matches("""(?m)^eduunion_steps_seconds_count\{.*entry="start",result="done".*\} 1\b""", text);
        Assert.Matches(@"(?m)^eduunion_database_up(\{.*\})? 1\b", text);
        Assert.Matches(@"(?m)^eduunion_deadlines_lag_seconds(\{.*\})? 0\b", text);
        Assert.Matches(@"(?m)^eduunion_outbox_age_seconds(\{.*\})? \d", text);
        Assert.Matches(@"(?m)^eduunion_incidents_open(\{.*\})? 0\b", text);
        Assert.DoesNotMatch(Chinese(), text);

        async Task<HttpResponseMessage> GetAsync(string token)
        {
            var browser = running.Browser();
            browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return await browser.GetAsync("/metrics", Stop);
        }
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>Whatever is sent, the answer is a problem that the client can act on, and nothing has changed.</summary>
public sealed class BadInputTests
{
    private static readonly string[] Bodies =
    [
        "",
        " ",
        "{",
        "null",
        "[]",
        "true",
        "1",
        "\"text\"",
        "{\"title\":1}",
        "{\"title\":{}}",
        "{\"title\":[\"x\"]}",
        "{\"outcome\":[],\"form\":1}",
        "{\"outcome\":\"submit\",\"outcome\":\"abandon\"}",
        "{\"sessionId\":\"not-a-guid\"}",
        "{\"memberIds\":[\"not-a-guid\"]}",
        "{\"memberIds\":\"x\"}",
        "{\"memberIds\":[]}",
        "{\"memberIds\":null}",
        "{\"version\":-1,\"outcome\":\"submit\",\"title\":\"x\",\"memberIds\":[\"00000000-0000-0000-0000-000000000000\"]}",
        "{\"version\":99999999999999999999}",
        "{\"version\":1.5}",
        "{\"workdays\":-5,\"reason\":\"x\"}",
        "{\"workdays\":2147483648}",
        "{\"workdays\":3,\"reason\":\"a\\u0000b\"}",
        "{\"title\":\"a\\u0000b\",\"sessionId\":\"SESSION\"}",
        "{\"title\":\"a\\r\\nb\",\"sessionId\":\"SESSION\"}",
        "{\"title\":\"\\ud800\",\"sessionId\":\"SESSION\"}",
        "{\"title\":\"a\\u200b\\u0007\",\"sessionId\":\"SESSION\"}",
        "{\"proposals\":[null,\"\\u0001\"],\"title\":\"x\",\"sessionId\":\"SESSION\"}",
        "{\"outcome\":\"\\ud800\"}",
        "{\"outcome\":\"submit\\u0000\"}",
        "{\"outcome\":\"propose\"}",
        "{\"outcome\":\"submit\",\"comment\":\"\\u0000\"}",
        "{\"outcome\":\"submit\",\"form\":[]}",
        "{\"outcome\":\"submit\",\"form\":\"x\"}",
        "{\"outcome\":\"submit\",\"form\":{\"\\ud800\":1}}",
        "{\"outcome\":\"submit\",\"form\":{\"no-such-field\":1}}",
        "{\"title\":\"" + "长" + "DEEP\"}",
        "DEEP",
    ];

    private static readonly string[] Checks =
    [
        """{}""",
        """{"recommendation":"\ud800"}""",
        """{"recommendation":1}""",
        """{"recommendation":[]}""",
        """{"recommendation":{"a":1}}""",
        """{"recommendation":"other"}""",
        """{"recommendation":"file","host":1}""",
        """{"recommendation":"file","host":"x"}""",
        """{"recommendation":"file","host":"FOREIGN"}""",
        """{"recommendation":"file","cohandlers":1}""",
        """{"recommendation":"file","cohandlers":{"a":1}}""",
        """{"recommendation":"file","cohandlers":[1]}""",
        """{"recommendation":"file","cohandlers":["FOREIGN"]}""",
        """{"recommendation":"return"}""",
        """{"recommendation":"return","recommendationReason":"a\u0000"}""",
        """{"recommendation":"return","recommendationReason":"\udfff"}""",
        """{"recommendation":"return","recommendationReason":"LONG"}""",
        """{"recommendation":"reject","recommendationReason":"x","reasonCode":"nothing"}""",
    ];

    private static readonly string[] Rejections = ["{}", """{"reasonCode":"other"}""", """{"reasonCode":0}"""];

    private static readonly string[] Assignments =
    [
        """{}""",
        """{"parts":[]}""",
        """{"parts":{}}""",
        """{"parts":"x"}""",
        """{"parts":[1]}""",
        """{"parts":[{}]}""",
        """{"parts":[{"host":null}]}""",
        """{"parts":[{"host":"FOREIGN"}]}""",
        """{"parts":[{"host":"HOST"},{"host":"HOST"}]}""",
        """{"parts":[{"host":"HOST","cohandlers":["HOST"]}]}""",
        """{"parts":[{"host":"HOST","cohandlers":["FOREIGN"]}]}""",
        """{"parts":[{"host":"HOST","cohandlers":[null]}]}""",
        """{"parts":[1,2,3,4,5,6,7]}""",
    ];

    private static readonly string[] Meetings =
    [
        """{"mode":"phone","people":"x","gist":"x"}""",
        """{"metOn":"2026-03-03","mode":"phone","people":"x","gist":"x"}""",
        """{"metOn":"2026-02-27","mode":"phone","people":"x","gist":"x"}""",
        """{"metOn":"2026-02-30","mode":"phone","people":"x","gist":"x"}""",
        """{"metOn":20260302,"mode":"phone","people":"x","gist":"x"}""",
        """{"metOn":"2026-03-02","mode":"letter","people":"x","gist":"x"}""",
        """{"metOn":"2026-03-02","mode":"phone","people":"a\r\nBcc: b","gist":"x"}""",
        """{"metOn":"2026-03-02","mode":"phone","people":"x","gist":"LONG"}""",
    ];

    private static readonly string[] Drafts =
    [
        """{"class":"A","text":"短"}""",
        """{"class":"A","text":"LONG"}""",
        """{"class":"E","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。"}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。"}""",
        """{"class":"C","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。"}""",
        """{"class":"C","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","reconsiderOn":"2026-03-02"}""",
        """{"class":"C","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","reconsiderOn":"9999-12-31"}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","commitments":{}}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","commitments":[1]}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","commitments":[{}]}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","commitments":[{"item":"x","owner":"y","dueOn":null}]}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","commitments":[{"item":"x","owner":"y","dueOn":"9999-12-31"}]}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","commitments":[{"item":"x","owner":"y","dueOn":"2026-01-01"}]}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","commitments":[{"item":"\u0000","owner":"y","dueOn":"2026-08-31"}]}""",
        """{"class":"B","text":"实训楼一层储物间改造为教师午休室，配躺椅二十四张。","commitments":[{"item":1,"owner":"y","dueOn":"2026-08-31"}]}""",
    ];

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task BadBodies_AreRefusedAndChangeNothing(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.DraftAsync();
        var proposer = await district.AsAsync("daibiao1");
        var gather = await proposer.TaskAsync("motion.gather");
        var before = await StateAsync(district);

        foreach (var body in Bodies.Select(b => b.Replace("DEEP", Deep()).Replace("SESSION", $"{District.Session}")))
        foreach (
            var (method, path) in new[]
            {
                (HttpMethod.Post, "/api/motions"),
                (HttpMethod.Put, $"/api/motions/{id}"),
                (HttpMethod.Post, $"/api/motions/{id}/invitations"),
                (HttpMethod.Post, $"/api/motions/{id}/parts/{id}/extension"),
                (HttpMethod.Post, $"/api/tasks/{gather}/decide"),
            }
        )
            await RefusedAsync(
                await SendAsync(proposer, method, path, body),
                $"{method} {path} {body[..Math.Min(80, body.Length)]}"
            );

        Assert.Equal(before, await StateAsync(district));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task BadForms_AreRefusedAtTheirFieldsAndChangeNothing(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.SubmittedAsync();
        await TryAsync("mishu", "motion.check", "propose", Checks);
        await (await district.AsAsync("mishu")).DecideAsync("motion.check", "propose", new { recommendation = "file" });
        await TryAsync("zhuren", "motion.review", "reject", Rejections);
        foreach (var login in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await (await district.AsAsync(login)).DecideAsync("motion.review", "file");
        await TryAsync("mishu", "motion.assign", "assign", Assignments);
        var parts = new[] { new { host = DemoDistrict.OrganisationId("YXZX/ZWC") } };
        await (await district.AsAsync("mishu")).DecideAsync("motion.assign", "assign", new { parts });
        var clerk = await district.AsAsync("zongwuchu");
        await clerk.DecideAsync("handling.accept", "accept");
        await TryAsync("zongwuchu", "handling.meeting", "record", Meetings);
        await clerk.DecideAsync(
            "handling.meeting",
            "record",
            new
            {
                metOn = "2026-03-02",
                mode = "phone",
                people = "提案人",
                gist = "已沟通。",
            }
        );
        await TryAsync("zongwuchu", "handling.draft", "submit", Drafts);

        async Task TryAsync(string login, string task, string outcome, string[] forms)
        {
            var client = await district.AsAsync(login);
            var id = await client.TaskAsync(task);
            var before = await StateAsync(district);
            foreach (var written in forms)
            {
                var form = written
                    .Replace("FOREIGN", $"{DemoDistrict.OrganisationId("YXXX/ZWC")}")
                    .Replace("HOST", $"{DemoDistrict.OrganisationId("YXZX/ZWC")}")
                    .Replace("LONG", new string('长', 20001));
                var answer = await SendAsync(
                    client,
                    HttpMethod.Post,
                    $"/api/tasks/{id}/decide",
                    $"{{\"outcome\":\"{outcome}\",\"comment\":\"理由\",\"form\":{form}}}"
                );
                var problem = await RefusedAsync(answer, $"{task} {written}");
                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
                Assert.True(problem.TryGetProperty("errors", out _), $"{task} {written}");
            }
            Assert.Equal(before, await StateAsync(district));
        }
    }

    [Fact]
    public async Task RequestsThatAreNone_AreRefused()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var proposer = await district.AsAsync("daibiao1");
        var before = await StateAsync(district);

        Assert.Equal(
            (400, "request.body-missing"),
            await RefusalAsync(await SendAsync(proposer, HttpMethod.Post, "/api/motions", ""))
        );
        Assert.Equal(
            (400, "request.unreadable"),
            await RefusalAsync(await SendAsync(proposer, HttpMethod.Post, "/api/motions", "{"))
        );
        Assert.Equal(
            (415, "request.not-json"),
            await RefusalAsync(
                await SendAsync(
                    proposer,
                    HttpMethod.Post,
                    "/api/motions",
                    "title=x",
                    "application/x-www-form-urlencoded"
                )
            )
        );
        Assert.Equal(
            (415, "request.not-json"),
            await RefusalAsync(await SendAsync(proposer, HttpMethod.Post, "/api/motions", "{}", "text/plain"))
        );
        var huge = $"{{\"title\":\"{new string('x', 1024 * 1024)}\"}}";
        Assert.Equal(
            (413, "request.too-large"),
            await RefusalAsync(await SendAsync(proposer, HttpMethod.Post, "/api/motions", huge))
        );
        var unannounced = new HttpRequestMessage(HttpMethod.Post, "/api/motions")
        {
            Content = new StreamContent(new Unannounced(Encoding.UTF8.GetBytes(huge))),
        };
        unannounced.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Assert.Equal((413, "request.too-large"), await RefusalAsync(await proposer.Http.SendAsync(unannounced)));
        var wrongType = await ProblemAsync(
            await SendAsync(proposer, HttpMethod.Post, "/api/motions", "{\"title\":{}}")
        );
        Assert.Equal("title", wrongType.GetProperty("errors").EnumerateObject().Single().Name);
        var notUtf8 = new HttpRequestMessage(HttpMethod.Post, "/api/motions")
        {
            Content = new ByteArrayContent([.. "{\"title\":\""u8, 0xff, 0xfe, .. "\"}"u8]),
        };
        notUtf8.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Assert.Equal((400, "request.unreadable"), await RefusalAsync(await proposer.Http.SendAsync(notUtf8)));

        foreach (
            var path in new[]
            {
                "/api/tasks?limit=0",
                "/api/tasks?limit=-1",
                "/api/tasks?limit=201",
                "/api/tasks?limit=x",
                "/api/tasks?limit=99999999999",
                "/api/tasks?scope=0",
                "/api/tasks?scope=everything",
                "/api/motions?limit=0",
                "/api/motions?q=a%00b",
                "/api/motions?state=a%00b",
                "/api/motions?category=%0D%0A",
                "/api/motions?session=x",
                "/api/motions?own=perhaps",
                $"/api/motions?q={new string('x', 101)}",
                "/api/definitions/nothing/versions",
                "/api/definitions/motion/99/document",
                "/api/definitions/motion/-1/diagram.svg",
                "/api/definitions/motion/x/document",
                "/api/sessions/current/representatives",
                $"/api/schools/{DemoDistrict.OrganisationId("YXZX/ZWC")}/departments",
            }
        )
            await RefusedAsync(await proposer.Http.GetAsync(path), path);
        // A page key that somebody made up leads to the first page.
        foreach (
            var after in new[]
            {
                "x",
                "%00",
                "fHw%3D",
                Uri.EscapeDataString(Convert.ToBase64String("9999999999999999999|x"u8)),
            }
        )
        {
            Assert.Equal(HttpStatusCode.OK, (await proposer.Http.GetAsync($"/api/tasks?after={after}")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await proposer.Http.GetAsync($"/api/motions?after={after}")).StatusCode);
        }
        Assert.Equal(before, await StateAsync(district));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ScriptsAndStrangeLetters_AreTextLikeAnyOther(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        foreach (
            var title in new[]
            {
                "<script>alert(1)</script>",
                "'; DROP TABLE cases; --",
                "{0} {{x}} %s $&",
                "😀𠮷 \u202e RTL",
                "null",
            }
        )
        {
            var id = await district.DraftAsync(title: title);
            var read = await district.MotionAsync(id, "daibiao1");
            Assert.Equal(title.Trim(), read.GetProperty("title").GetString());
        }
        var proposer = await district.AsAsync("daibiao1");
        var raw = await proposer.Http.GetStringAsync("/api/motions");
        Assert.DoesNotContain("<script>", raw);
        Assert.Equal(5, (await proposer.GetAsync("/api/motions")).GetProperty("items").GetArrayLength());
        Assert.Equal(
            1,
            (await proposer.GetAsync("/api/motions?q=%27%3B%20drop")).GetProperty("items").GetArrayLength()
        );
        Assert.Equal(0, (await proposer.GetAsync("/api/motions?q=%25_")).GetProperty("items").GetArrayLength());
    }

    private static async Task<JsonElement> RefusedAsync(HttpResponseMessage answer, string what)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{what}: {answer.StatusCode} {text}");
        Assert.DoesNotContain(" at EduUnion.", text);
        return await ProblemAsync(answer);
    }

    private static Task<HttpResponseMessage> SendAsync(
        Client client,
        HttpMethod method,
        string path,
        string body,
        string type = "application/json"
    ) =>
        client.Http.SendAsync(
            new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, type) }
        );

    private static string Deep() => new string('[', 100_000) + new string(']', 100_000);

    /// <summary>Everything that a step could have changed.</summary>
    private static async Task<string> StateAsync(District district)
    {
        var state = "";
        await district.Running.InDatabaseAsync(async db =>
            state = string.Join(
                ' ',
                await db.Set<CaseRow>().CountAsync(),
                await db.Set<CaseRow>().SumAsync(c => c.Version),
                await db.Set<TaskRow>().SumAsync(t => t.Version),
                await db.Set<JournalLine>().CountAsync(),
                await db.Set<RequestRow>().CountAsync()
            )
        );
        return state;
    }

    /// <summary>A body whose length nobody is told.</summary>
    private sealed class Unannounced(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

using System.Text;
using System.Text.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>The acts beside the tasks: repeated, without right, and with bodies that are none.</summary>
public sealed class FollowUpActTests
{
    private static readonly Guid Nothing = Guid.Parse("0198c0de-0000-7000-8000-00000000dead");

    /// <summary>Bad for every act that reads a body.</summary>
    private static readonly string[] Bodies =
    [
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        """{"reason":1,"text":1,"manner":1,"memberId":1,"for":"x"}""",
        """{"reason":{},"text":[],"manner":{},"memberId":"x","outcome":{}}""",
        """{"reason":"a\u0000b","text":"a\u0000b","manner":"Happy","memberId":"NOTHING","dueOn":"2026-03-30"}""",
        """{"reason":"\ud800","text":"\ud800","manner":"\ud800","memberId":"\ud800","outcome":"\ud800"}""",
        """{"reason":"LONG","text":"LONG","comment":"LONG","manner":"Basic","result":"Basic","memberId":"NOTHING","dueOn":"2026-03-30","outcome":"file","for":3,"against":2,"metOn":"2026-03-09"}""",
        """{"manner":7,"result":7,"memberId":"NOTHING","dueOn":"2026-02-30"}""",
        """{"manner":"7","result":"7","memberId":"NOTHING","dueOn":"9999-12-31"}""",
    ];

    private static readonly string[] Ratings =
    [
        "{}",
        """{"manner":"Basic"}""",
        """{"result":"Basic"}""",
        """{"manner":"Basic","result":"Dissatisfied"}""",
        """{"manner":"Dissatisfied","result":"Basic","comment":"  "}""",
    ];

    private static readonly string[] Votes =
    [
        "{}",
        """{"outcome":"file"}""",
        """{"outcome":"file","for":3}""",
        """{"outcome":"burn","for":5,"metOn":"2026-03-09"}""",
        """{"outcome":"file","for":-1,"metOn":"2026-03-09"}""",
        """{"outcome":"file","for":2147483647,"against":2147483647,"metOn":"2026-03-09"}""",
        """{"outcome":"file","for":6,"metOn":"2026-03-09"}""",
        """{"outcome":"file","for":1,"against":4,"metOn":"2026-03-09"}""",
        """{"outcome":"file","for":5,"metOn":"2026-03-10"}""",
        """{"outcome":"file","for":5,"metOn":"9999-12-31"}""",
        """{"outcome":"reject","for":5,"metOn":"2026-03-09","reason":"x"}""",
        """{"outcome":"reject","for":5,"metOn":"2026-03-09","reasonCode":"nothing","reason":"x"}""",
        """{"outcome":"merge","for":5,"metOn":"2026-03-09"}""",
    ];

    private static readonly string[] Notices =
    [
        "{}",
        """{"text":"请抓紧落实。"}""",
        """{"dueOn":"2026-03-30"}""",
        """{"dueOn":"2026-03-09","text":"请抓紧落实。"}""",
        """{"dueOn":"0001-01-01","text":"请抓紧落实。"}""",
        """{"dueOn":"9999-12-31","text":"请抓紧落实。"}""",
    ];

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task RepeatedWithItsKey_GetsTheFirstAnswer(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        foreach (var act in await ActsAsync(district))
        {
            var client = await district.AsAsync(act.Login);
            var key = act.Path.Split('/')[^1];
            var first = await client.PostAsync(act.Path, act.Body, key);
            var record = await district.RecordAsync();

            Assert.Equal(first.GetRawText(), (await client.PostAsync(act.Path, act.Body, key)).GetRawText());
            Assert.Equal(
                (422, "request.key-reused"),
                await RefusalAsync(await SendAsync(client, act.Path, JsonSerializer.Serialize(act.Body) + " ", key))
            );
            Assert.Equal(record, await district.RecordAsync());
        }
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WithoutRight_IsRefusedAndChangesNothing(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var acts = await ActsAsync(district);
        var before = await district.RecordAsync();
        foreach (var act in acts)
        {
            var stranger = new Client(district.Running.Browser());
            Assert.Equal((401, "auth.required"), await TryAsync(stranger, act));
            foreach (var unseeing in new[] { "jiaowuchu", "admin", "shenqing1" })
                Assert.Equal((404, "case.unknown"), await TryAsync(await district.AsAsync(unseeing), act));
            foreach (var login in act.MayNot)
                Assert.Equal((403, act.Refusal), await TryAsync(await district.AsAsync(login), act));
            Assert.Equal(
                (404, "case.unknown"),
                await TryAsync(await district.AsAsync(act.Login), act with { Path = act.ElsewherePath })
            );
        }
        foreach (var act in acts.Where(a => a.Path.Contains("/commitments/", StringComparison.Ordinal)))
            Assert.Equal(
                (404, "commitment.unknown"),
                await TryAsync(await district.AsAsync(act.Login), act with { Path = act.PathOf(Nothing) })
            );
        var archive = new Act("mishu", $"/api/sessions/{Nothing}/archive", new { }, "", []);
        Assert.Equal((404, "motion.session-unknown"), await TryAsync(await district.AsAsync("mishu"), archive));
        var own = archive with { Path = $"/api/sessions/{District.Session}/archive" };
        foreach (var login in new[] { "daibiao1", "zhuren", "xiaozhuxi", "admin" })
            Assert.Equal((403, "committee.not-yours"), await TryAsync(await district.AsAsync(login), own));
        Assert.Equal(before, await district.RecordAsync());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task BadBodies_AreRefusedAndChangeNothing(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var acts = await ActsAsync(district);
        var before = await district.RecordAsync();
        List<string> accepted = [];
        foreach (var act in acts.Where(a => a.ReadsBody))
        {
            var client = await district.AsAsync(act.Login);
            var own = act.Path.Split('/')[^1] switch
            {
                "correct" => Ratings,
                "vote-count" => Votes,
                "supervise" => Notices,
                "sponsor" => [],
                _ => ["{}", """{"reason":"  ","text":"  "}"""],
            };
            foreach (var body in Bodies.Concat(own).Select(Filled))
            {
                var answer = await SendAsync(client, act.Path, body);
                var status = (int)answer.StatusCode;
                var text = await answer.Content.ReadAsStringAsync();
                var sent = $"{act.Path} {body[..Math.Min(100, body.Length)]}";
                if (status is 400 or 422)
                    await ProblemAsync(answer);
                else
                    accepted.Add($"{sent}: {status} {text}");
            }
        }
        Assert.True(accepted.Count == 0, string.Join("\n", accepted));
        Assert.Equal(before, await district.RecordAsync());

        static string Filled(string body) =>
            body.Replace("LONG", new string('长', 2001)).Replace("NOTHING", $"{Nothing}");
    }

    /// <summary>
    /// Every act on a motion that is ready for it, in an order in which each can still be done after the one before.
    /// </summary>
    private static async Task<IReadOnlyList<Act>> ActsAsync(District district)
    {
        await district.MoveToAsync(new(2026, 3, 3));
        var tracked = await district.AssignedAsync("daibiao1", "改善教师午休场所");
        await district.AnswerAsync(tracked, FollowUpMoves.Promising(new(2026, 3, 4)));
        await district.RateAsync(tracked, "daibiao1", "Satisfied");
        await district.MoveToAsync(new(2026, 3, 9));
        var rejected = await district.SubmittedAsync("daibiao1", "提高全区教师绩效工资标准");
        await district.ReviewAsync(rejected, "reject");
        var rated = await district.AssignedAsync("daibiao1", "新建教职工停车场");
        await district.AnswerAsync(rated);
        await district.RateAsync(rated, "daibiao1", "Satisfied");
        var main = await district.AssignedAsync("daibiao1", "改善教工食堂供餐");
        var merged = await district.SubmittedAsync("daibiao2", "缩短教工食堂排队时间");
        await district.ReviewAsync(merged, "merge", main);
        var reviewed = await district.SubmittedAsync("daibiao2", "统一听课评课记录格式");
        await district.ProposeAsync(reviewed, "file");
        var promise = (await district.MotionAsync(tracked)).GetProperty("commitments")[0].GetProperty("id").GetGuid();
        var item = $"/api/motions/{tracked}/commitments/{promise}";
        string[] representatives = ["fuyi1", "mishu"];
        string[] committee = ["fuyi1", "weiyuan1", "xiaozhuxi"];
        return
        [
            new(
                "daibiao1",
                Of(rejected, "appeal"),
                new { reason = "属于学校职权。" },
                "motion.not-yours",
                representatives
            ),
            new(
                "daibiao1",
                Of(rated, "feedback/correct"),
                new { manner = "Satisfied", result = "Basic" },
                "motion.not-yours",
                representatives
            ),
            new(
                "daibiao1",
                Of(main, "withdraw"),
                new { reason = "学校已另行安排。" },
                "motion.not-yours",
                representatives
            ),
            new(
                "mishu",
                Of(reviewed, "vote-count"),
                new
                {
                    outcome = "file",
                    @for = 3,
                    against = 2,
                    metOn = "2026-03-09",
                },
                "committee.not-yours",
                committee
            ),
            new(
                "mishu",
                Of(merged, "sponsor"),
                new { memberId = DemoDistrict.MemberId("weiyuan1") },
                "committee.not-yours",
                committee
            ),
            new("mishu", Of(merged, "unmerge"), new { }, "committee.not-yours", committee) { ReadsBody = false },
            new("zongwuchu", $"{item}/progress", new { text = "已完成招标。" }, "task.not-yours", ["mishu"]),
            new("daibiao1", $"{item}/remark", new { text = "希望暑假前完成。" }, "motion.not-yours", representatives),
            new(
                "zhuren",
                $"{item}/supervise",
                new { dueOn = "2026-03-30", text = "请抓紧落实。" },
                "committee.not-yours",
                ["mishu", "daibiao1", "zongwuchu"]
            ),
        ];

        static string Of(Guid motion, string act) => $"/api/motions/{motion}/{act}";
    }

    private static async Task<(int, string)> TryAsync(Client client, Act act) =>
        await RefusalAsync(await client.SendAsync(HttpMethod.Post, act.Path, act.Body));

    private static Task<HttpResponseMessage> SendAsync(Client client, string path, string body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.Http.SendAsync(request);
    }

    /// <summary>Who may do it and with what; who sees the motion and may not, and the code they get.</summary>
    private sealed record Act(string Login, string Path, object Body, string Refusal, IReadOnlyList<string> MayNot)
    {
        public bool ReadsBody { get; init; } = true;

        public string ElsewherePath => Path.Replace(Path.Split('/')[3], $"{Nothing}");

        public string PathOf(Guid item) => Path.Replace(Path.Split('/')[5], $"{item}");
    }
}

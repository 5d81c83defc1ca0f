using System.Net;
using System.Text.Json;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Exchange;

/// <summary>What colleagues say around a task: 催办, 抄送 and 已阅, 沟通; the task itself stays where it is.</summary>
public sealed class ExchangeTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Urging_IsToldByMail_AndOnceAWorkday(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.DraftedAsync();
        var task = await (await district.AsAsync("fuzeren")).TaskAsync("handling.sign");
        var path = $"/api/tasks/{task}/urge";
        foreach (
            var (login, refused) in new[] { ("fuzeren", (403, "urge.not-yours")), ("jiaowuchu", (404, "task.unknown")) }
        )
            Assert.Equal(refused, await RefusalAsync(await PostAsync(district, login, path)));

        var proposer = await district.AsAsync("daibiao1");
        var first = await proposer.PostAsync(path, key: "k-1");
        Assert.Equal(first.GetRawText(), (await proposer.PostAsync(path, key: "k-1")).GetRawText());
        Assert.Equal((409, "task.urged-lately"), await RefusalAsync(await PostAsync(district, "mishu", path)));
        await district.SendMailsAsync();
        await district.Running.InDatabaseAsync(async db =>
        {
            var notice = await db.Set<Notice>().SingleAsync(n => n.Kind == "O2.urged");
            Assert.Equal($"/tasks/{task}", notice.LinkPath);
            Assert.Equal(
                DemoDistrict.MemberId("fuzeren"),
                (await db.Set<OutgoingMail>().SingleAsync(m => m.NoticeId == notice.Id)).MemberId
            );
            var row = await db.Set<TaskRow>().SingleAsync(t => t.Id == task);
            Assert.Equal((1, TaskState.Open), (row.Urges, row.State));
        });
        var page = await (await Visitor.OfAsync(district.Running, "daibiao1")).GoAsync($"/motions/{id}");
        Assert.Contains("林晓岚 催办", page.Text("main"));

        district.Wait(TimeSpan.FromDays(1));
        await (await district.AsAsync("mishu")).PostAsync(path);
        await (await district.AsAsync("fuzeren")).DecideAsync("handling.sign", "sign");
        Assert.Equal((409, "task.closed"), await RefusalAsync(await PostAsync(district, "mishu", path)));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Copy_OpensTheMotion_AndIsMarkedAsRead(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.DraftedAsync();
        var task = await (await district.AsAsync("fuzeren")).TaskAsync("handling.sign");
        var reader = await district.AsAsync("jiaowuchu");
        Assert.Equal(HttpStatusCode.NotFound, (await reader.Http.GetAsync($"/api/motions/{id}")).StatusCode);
        var body = new { members = new[] { DemoDistrict.MemberId("jiaowuchu") }, note = "请知悉，下月配合搬迁。" };
        Assert.Equal(
            (403, "copy.not-yours"),
            await RefusalAsync(await PostAsync(district, "daibiao1", $"/api/tasks/{task}/copy", body))
        );
        foreach (
            var (wrong, code) in new (object, string)[]
            {
                (new { members = Array.Empty<Guid>() }, "form.required"),
                (new { members = new[] { DemoDistrict.MemberId("fuzeren") } }, "copy.self"),
                (new { members = new[] { DemoDistrict.MemberId("jiaowuchu"), Guid.NewGuid() } }, "member.unknown-here"),
            }
        )
            Assert.Equal(
                (422, code),
                await RefusalAsync(await PostAsync(district, "fuzeren", $"/api/tasks/{task}/copy", wrong))
            );

        await (await district.AsAsync("fuzeren")).PostAsync($"/api/tasks/{task}/copy", body, "k-1");
        await (await district.AsAsync("fuzeren")).PostAsync($"/api/tasks/{task}/copy", body, "k-1");

        var seen = await reader.GetAsync($"/api/motions/{id}");
        Assert.Equal("改善教师午休场所", seen.GetProperty("title").GetString());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("parts")[0].GetProperty("answer").ValueKind);
        var copy = (await reader.GetAsync("/api/copies")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal("请知悉，下月配合搬迁。", copy.GetProperty("note").GetString());
        var read = $"/api/copies/{copy.GetProperty("id")}/read";
        Assert.Equal((404, "copy.unknown"), await RefusalAsync(await PostAsync(district, "mishu", read)));
        var visitor = await (await Visitor.OfAsync(district.Running, "jiaowuchu")).GoAsync("/copies");
        await visitor.PressAsync("已阅 改善教师午休场所", ("remark", "已安排。"));
        Assert.Contains("已安排。", visitor.Text("main"));
        Assert.Equal((409, "copy.already-read"), await RefusalAsync(await PostAsync(district, "jiaowuchu", read)));
        var sent = (await (await district.AsAsync("fuzeren")).GetAsync("/api/copies?scope=sent")).GetProperty("items")[
            0
        ];
        Assert.Equal("已安排。", sent.GetProperty("remark").GetString());
        Assert.NotEqual(JsonValueKind.Null, sent.GetProperty("readAt").ValueKind);
        // What is written with it is between the two: neither in the clear nor in the record.
        await district.Running.InDatabaseAsync(async db =>
            Assert.StartsWith("v1.", (await db.Set<CopyRow>().SingleAsync()).Note, StringComparison.Ordinal)
        );
        var record = (await (await district.AsAsync("mishu")).GetAsync($"/api/motions/{id}/timeline")).ToString();
        Assert.Contains("copy.read", record);
        Assert.DoesNotContain("下月配合搬迁", record);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Question_IsAnswered_WithoutMovingTheTask(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.DraftedAsync();
        var head = await district.AsAsync("fuzeren");
        var task = await head.TaskAsync("handling.sign");
        var path = $"/api/tasks/{task}/questions";
        var before = await ClockAsync();
        Assert.Equal(
            (403, "question.not-yours"),
            await RefusalAsync(
                await PostAsync(
                    district,
                    "daibiao1",
                    path,
                    new { member = DemoDistrict.MemberId("xinxi"), text = "可以吗？" }
                )
            )
        );
        foreach (
            var (wrong, code) in new (object, string)[]
            {
                (new { text = "可以吗？" }, "form.required"),
                (new { member = DemoDistrict.MemberId("xinxi"), text = " " }, "form.required"),
                (new { member = DemoDistrict.MemberId("fuzeren"), text = "可以吗？" }, "question.self"),
            }
        )
            Assert.Equal((422, code), await RefusalAsync(await PostAsync(district, "fuzeren", path, wrong)));
        await head.PostAsync(path, new { member = DemoDistrict.MemberId("xinxi"), text = "网线何时能接通？" });

        var asked = await district.AsAsync("xinxi");
        var question = (await asked.GetAsync("/api/questions")).GetProperty("items").EnumerateArray().Single();
        Assert.False(question.GetProperty("seesCase").GetBoolean());
        Assert.Equal("改善教师午休场所", question.GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await asked.Http.GetAsync($"/api/motions/{id}")).StatusCode);
        var answer = $"/api/questions/{question.GetProperty("id")}/answer";
        Assert.Equal(
            (404, "question.unknown"),
            await RefusalAsync(await PostAsync(district, "mishu", answer, new { text = "四月" }))
        );
        var visitor = await (await Visitor.OfAsync(district.Running, "xinxi")).GoAsync("/questions");
        await visitor.PressAsync("发送答复 改善教师午休场所");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        await visitor.PressAsync("发送答复 改善教师午休场所", ("text", "四月底前接通。"));
        Assert.Equal(
            (409, "question.answered"),
            await RefusalAsync(await PostAsync(district, "xinxi", answer, new { text = "五月" }))
        );
        var seen = await (await Visitor.OfAsync(district.Running, "fuzeren")).GoAsync($"/tasks/{task}");
        Assert.Contains("四月底前接通。", seen.Text("main"));
        Assert.Equal(before, await ClockAsync());
        await district.Running.InDatabaseAsync(async db =>
        {
            Assert.Equal(
                ["O4.answered", "O4.asked"],
                await db.Set<Notice>().Where(n => n.Kind.StartsWith("O4")).Select(n => n.Kind).Order().ToListAsync()
            );
            Assert.DoesNotContain(
                "网线",
                string.Concat(await db.Set<Notice>().Select(n => EF.Property<string>(n, "ArgsJson")).ToListAsync())
            );
        });

        async Task<string> ClockAsync()
        {
            var found = "";
            await district.Running.InDatabaseAsync(async db =>
                found = string.Join(
                    ',',
                    await db.Set<ClockRow>()
                        .Where(c => c.CaseId == id)
                        .OrderBy(c => c.Id)
                        .Select(c => c.DueAt)
                        .ToListAsync()
                )
            );
            return found;
        }
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Hardship_IsCopiedAndAskedOnlyToWhomItMayBeKnown(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.PrepareAsync();
        var id = await district.ApplyAsync(AidMoves.Applicant, AidMoves.Content("伊若男"));
        await (await district.AsAsync(AidMoves.Applicant)).PostAsync($"/api/aid/applications/{id}/submit");
        var task = await (await district.AsAsync(AidMoves.Chair)).TaskAsync("aid.formcheck");
        foreach (var stranger in new[] { "yey-pingwei1", "mishu" })
        {
            var member = DemoDistrict.MemberId(stranger);
            Assert.Equal(
                (422, "copy.not-visible"),
                await RefusalAsync(
                    await PostAsync(
                        district,
                        AidMoves.Chair,
                        $"/api/tasks/{task}/copy",
                        new { members = new[] { member } }
                    )
                )
            );
            Assert.Equal(
                (422, "question.not-visible"),
                await RefusalAsync(
                    await PostAsync(
                        district,
                        AidMoves.Chair,
                        $"/api/tasks/{task}/questions",
                        new { member, text = "情况属实吗？" }
                    )
                )
            );
        }
        await (await district.AsAsync(AidMoves.Applicant)).PostAsync($"/api/tasks/{task}/urge");
        await district.Running.InDatabaseAsync(async db =>
        {
            var notice = await db.Set<Notice>().SingleAsync(n => n.Kind == "O2.case");
            Assert.StartsWith("BF-", notice.Args["case"], StringComparison.Ordinal);
        });
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Batch_DecidesEachOnItsOwn(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var clerk = await district.AsAsync("zongwuchu");
        foreach (var title in new[] { "改善教师午休场所", "增设教工停车位", "更新办公电脑" })
            await FollowUpMoves.AssignedAsync(district, "daibiao1", title);
        var tasks = (await clerk.GetAsync("/api/tasks"))
            .GetProperty("items")
            .EnumerateArray()
            .Select(t => t.GetProperty("id").GetGuid())
            .ToList();
        Assert.Equal(3, tasks.Count);
        foreach (
            var (wrong, code) in new (object, string)[]
            {
                (new { decisions = Array.Empty<object>() }, "form.required"),
                (new { decisions = new[] { new { outcome = "accept" } } }, "form.unreadable"),
                (
                    new { decisions = Enumerable.Repeat(new { taskId = tasks[0], outcome = "accept" }, 101) },
                    "form.too-many"
                ),
            }
        )
            Assert.Equal(
                (422, code),
                await RefusalAsync(await PostAsync(district, "zongwuchu", "/api/tasks/decide", wrong))
            );
        var batch = new
        {
            decisions = new[]
            {
                new { taskId = tasks[0], outcome = "accept" },
                new { taskId = tasks[1], outcome = "sing" },
                new { taskId = Guid.NewGuid(), outcome = "accept" },
            },
        };

        var answer = await clerk.PostAsync("/api/tasks/decide", batch, "k-1");
        var rows = answer.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal([true, false, false], rows.Select(r => r.GetProperty("ok").GetBoolean()));
        Assert.Equal("task.outcome-unknown", rows[1].GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal("task.unknown", rows[2].GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal(answer.GetRawText(), (await clerk.PostAsync("/api/tasks/decide", batch, "k-1")).GetRawText());

        // The others on the page, ticked in the work list.
        var visitor = await (await Visitor.OfAsync(district.Running, "zongwuchu")).GoAsync("/?step=handling.accept");
        Assert.Equal(2, visitor.Page.QuerySelectorAll("input[name=task]").Length);
        await visitor.GoAsync($"/tasks/batch?task={tasks[1]}&task={tasks[2]}");
        await visitor.PressAsync("办理这 2 项");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        await visitor.PressAsync("办理这 2 项", ("outcome", "accept"));
        Assert.Contains("办理完成 2 项，共 2 项", visitor.Text("main"));
        Assert.Empty(RawKeys.In(visitor.Text("main")));
    }

    private static async Task<HttpResponseMessage> PostAsync(
        District district,
        string login,
        string path,
        object? body = null
    ) => await (await district.AsAsync(login)).SendAsync(HttpMethod.Post, path, body);
}

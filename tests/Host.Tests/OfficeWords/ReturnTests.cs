using System.Text.Json;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>退回: to any earlier step, to the previous, to the proposer, straight back; and the mistakes that others make with it.</summary>
public sealed class ReturnTests(ReturnBench bench) : IClassFixture<ReturnBench>
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Return_ToPreviousAndToAnyEarlierStep(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "handling.formcheck");
        var check = await district.TaskAsync(id, "mishu", "handling.formcheck");

        Assert.Equal(
            (422, "form.reason-missing"),
            await district.RefusedReturnAsync(check, "mishu", new { to = "previous" })
        );
        Assert.Equal(
            (422, "task.return-not-here"),
            await district.RefusedReturnAsync(check, "mishu", new { to = "starter", reason = "退给提案人。" })
        );
        Assert.Equal(
            (412, "task.stale"),
            await district.RefusedReturnAsync(
                check,
                "mishu",
                new
                {
                    to = "previous",
                    reason = "附件未审。",
                    version = 9,
                }
            )
        );
        Assert.Equal(
            (403, "task.not-yours"),
            await district.RefusedReturnAsync(check, "zhuren", new { to = "previous", reason = "附件未审。" })
        );
        var secretary = await district.AsAsync("mishu");
        var body = new { to = "previous", reason = "附件未审。" };
        var done = await secretary.PostAsync($"/api/tasks/{check}/return", body, "return-1" + provider);
        var again = await secretary.PostAsync($"/api/tasks/{check}/return", body, "return-1" + provider);
        Assert.Equal(done.GetProperty("version").GetInt64(), again.GetProperty("version").GetInt64());
        Assert.Equal("handling.leader", await district.MineAsync(id, "fenguan"));
        Assert.Equal("", await district.MineAsync(id, "mishu"));
        // Somebody who looks at the old screen is told that it is over.
        Assert.Equal(
            (409, "task.already-decided"),
            await district.RefusedReturnAsync(check, "mishu", new { to = "handling.draft", reason = "再退。" })
        );

        await district.ReturnAsync(id, "fenguan", "handling.leader", "handling.draft");
        Assert.Equal("handling.draft", await district.MineAsync(id, "zongwuchu"));
        var part = (await district.MotionAsync(id)).GetProperty("parts")[0];
        Assert.Equal("Handling", part.GetProperty("state").GetString());
        var drafting = await district.TaskAsync(id, "zongwuchu", "handling.draft");
        Assert.Equal(
            (422, "task.not-allowed"),
            await district.RefusedReturnAsync(drafting, "zongwuchu", new { to = "previous", reason = "不办。" })
        );

        var page = (
            await Running.PageAsync(await (await district.Running.BrowserOfAsync("mishu")).GetAsync($"/motions/{id}"))
        )
            .QuerySelector(".timeline")!
            .TextContent;
        Assert.Contains("从「秘书核对」退回到「分管领导审阅」", page, StringComparison.Ordinal);
        Assert.Contains("附件未审。", page, StringComparison.Ordinal);
        // What passed between the department and the secretary is not the co-signer's to read.
        Assert.DoesNotContain("附件未审", await district.TimelineAsync(id, "fuyi1"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Return_ToTheProposer_IsTheOneReturn(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "motion.check");

        await district.ReturnAsync(id, "mishu", "motion.check", "starter", "请补充问卷数据。");

        Assert.Equal("Returned", await district.StateAsync(id));
        await district.DecideAsync(id, "daibiao1", "motion.revise", "resubmit");
        Assert.Equal("motion.check", await district.MineAsync(id, "mishu"));
        Assert.Equal(
            (422, "task.return-not-here"),
            await district.RefusedReturnAsync(
                await district.TaskAsync(id, "mishu", "motion.check"),
                "mishu",
                new { to = "starter", reason = "再补充。" }
            )
        );
        Assert.Contains("请补充问卷数据。", await district.TimelineAsync(id), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Return_StraightBack_KeepsSignaturesWhileThePromiseIsTheSame(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "handling.formcheck");
        await district.ReturnAsync(id, "mishu", "handling.formcheck", "handling.draft", "缺电话。", straight: true);

        await district.DecideAsync(
            id,
            "zongwuchu",
            "handling.draft",
            "submit",
            ReturnBench.Draft("A", "经研究，所提建议全部采纳，联系电话 0512-0000。")
        );

        Assert.Equal("handling.formcheck", await district.MineAsync(id, "mishu"));
        Assert.Equal("", await district.MineAsync(id, "fuzeren"));
        var told = await district.TimelineAsync(id);
        Assert.Contains("SentStraight", told, StringComparison.Ordinal);

        // Another class is another answer: everybody signs again.
        await district.ReturnAsync(id, "mishu", "handling.formcheck", "handling.draft", "类别有误。", straight: true);
        await district.DecideAsync(id, "zongwuchu", "handling.draft", "submit", ReturnBench.Draft("C"));
        Assert.Equal("handling.sign", await district.MineAsync(id, "fuzeren"));
        await district.DecideAsync(id, "fuzeren", "handling.sign", "sign");
        await district.DecideAsync(id, "fenguan", "handling.leader", "agree");
        await district.DecideAsync(id, "mishu", "handling.formcheck", "deliver");
        Assert.Equal("Replied", await district.StateAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Return_StraightBack_IsHisToWhomItHadBeenHanded(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "handling.formcheck");
        var check = await district.TaskAsync(id, "mishu", "handling.formcheck");
        await district.ActAsync(
            "mishu",
            check,
            "transfer",
            new { member = OfficeMoves.Member("zhuren"), reason = "休假" }
        );
        await district.ReturnAsync(id, "zhuren", "handling.formcheck", "handling.draft", "缺电话。", straight: true);

        await district.DecideAsync(
            id,
            "zongwuchu",
            "handling.draft",
            "submit",
            ReturnBench.Draft("A", "经研究，所提建议全部采纳，联系电话 0512-0000。")
        );

        Assert.Equal("", await district.MineAsync(id, "mishu"));
        await district.DecideAsync(id, "zhuren", "handling.formcheck", "deliver");
        Assert.Equal("Replied", await district.StateAsync(id));
    }

    /// <summary>The mistakes of others: reminders lost after a return, due dates out of order, a timeout told as approval.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Return_KeepsDeadlinesAlive(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.AllowReturnsAsync();
        var answer = await bench.UpToAsync(district, "handling.leader");
        var revised = await bench.UpToAsync(district, "motion.check");
        await district.MoveToAsync(new DateOnly(2026, 3, 3));

        await district.ReturnAsync(answer, "fenguan", "handling.leader", "handling.sign");
        await district.ReturnAsync(revised, "mishu", "motion.check", "starter");

        // Two working days to sign, from the day of the return; the period of the answer runs on.
        Assert.Equal("2026-03-05", await DueAsync(answer, "sign"));
        Assert.Equal("2026-04-14", await DueAsync(answer, "answer"));
        Assert.Equal(1, await RunningAsync(answer, "sign"));
        foreach (var day in new[] { 4, 5, 6, 9 })
            await district.MoveToAsync(new DateOnly(2026, 3, day));
        Assert.Contains(await NoticesAsync(answer), n => n == "N12.waiting");
        // A list is in the order in which things are due, whatever way they came.
        var head = await district.AsAsync("fuzeren");
        var dues = (await head.GetAsync("/api/tasks?scope=mine"))
            .GetProperty("items")
            .EnumerateArray()
            .Select(t => t.GetProperty("dueDate").GetString())
            .OfType<string>()
            .ToList();
        Assert.Equal(dues.Order(StringComparer.Ordinal), dues);

        // The period to revise runs out: it goes back as it stands, and nobody is said to have decided.
        await district.MoveToAsync(new DateOnly(2026, 3, 20));
        Assert.Equal("motion.check", await district.MineAsync(revised, "mishu"));
        Assert.Contains(await NoticesAsync(revised), n => n == "N6.resubmit");
        var told = await district.TimelineAsync(revised, "daibiao1");
        Assert.Contains("clock.resubmit", told, StringComparison.Ordinal);
        await district.Running.InDatabaseAsync(async db =>
            Assert.Null(
                (
                    await db.Set<Host.Cases.TaskRow>()
                        .SingleAsync(t => t.CaseId == revised && t.Name == "motion.revise")
                ).DecidedBy
            )
        );

        async Task<string?> DueAsync(Guid id, string clock) =>
            (await district.MotionAsync(id))
                .GetProperty("clocks")
                .EnumerateArray()
                .Single(c =>
                    c.GetProperty("name").GetString() == clock
                    && c.GetProperty("stoppedAt").ValueKind == JsonValueKind.Null
                )
                .GetProperty("dueDate")
                .GetString();

        async Task<int> RunningAsync(Guid id, string clock)
        {
            var count = 0;
            await district.Running.InDatabaseAsync(async db =>
                count = await db.Set<ClockRow>()
                    .CountAsync(c => c.CaseId == id && c.Name == clock && c.StoppedAt == null)
            );
            return count;
        }

        async Task<List<string>> NoticesAsync(Guid id)
        {
            List<string> told = [];
            await district.Running.InDatabaseAsync(async db =>
                told = await db.Set<Notice>()
                    .Where(n => n.CaseId == id)
                    .OrderBy(n => n.At)
                    .Select(n => n.Kind)
                    .ToListAsync()
            );
            return told;
        }
    }
}

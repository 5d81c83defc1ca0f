using System.Net;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

public sealed class DepartmentTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheStamps_NameWhoBlocks_FromReceiptToTheAnswer(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var play = new Play(running);
        var id = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        var clerk = await Visitor.OfAsync(running, "zongwuchu");
        var cohandler = await Visitor.OfAsync(running, "yiwushi");

        Assert.Equal("总务处未签收", await BlocksAsync(clerk));
        Assert.Contains("主办 总务处", clerk.Text("main .no"));
        Assert.StartsWith("剩 30 个工作日", clerk.Text("main .due"));
        await play.DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        Assert.Contains("校医务室协办未提意见", await BlocksAsync(clerk));
        Assert.Contains("校医务室协办未提意见", await BlocksAsync(cohandler));
        Assert.Contains("协办 校医务室", cohandler.Text("main .no"));
        await play.DecideAsync(id, "yiwushi", "handling.opinion", "submit", new { opinion = "每季度消毒一次。" });
        Assert.Equal("总务处未面商", await BlocksAsync(clerk));
        await play.MeetAndDraftAsync(id);
        Assert.Equal("总务处负责人未签发", await BlocksAsync(clerk));
        await play.DecideAsync(id, "fuzeren", "handling.sign", "sign");
        Assert.Equal("分管校领导未审阅", await BlocksAsync(clerk));
        await play.DecideAsync(id, "fenguan", "handling.leader", "agree");
        Assert.Equal("提案委秘书未核对", await BlocksAsync(clerk));
        await play.DecideAsync(id, "mishu", "handling.formcheck", "deliver");

        Assert.Equal("", await BlocksAsync(clerk));
        await clerk.GoAsync("/department?show=answered");
        Assert.Equal("B 类", clerk.Text("main .list .sub"));
        await cohandler.GoAsync("/department?show=answered");
        Assert.Equal("B 类", cohandler.Text("main .list .sub"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task EachCount_IsTheLengthOfItsList_AndWhatIsLateIsCountedApart(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var play = new Play(running);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        await play.DeliverAsync(await play.DraftedAsync("daibiao2", "更换教学楼东侧老旧护栏"));
        await play.SubmittedAsync("daibiao1", "食堂错峰就餐与排队分流");
        await play.MoveToAsync(new(2026, 3, 5));
        var two = await play.AssignedAsync("daibiao1", "改善教师午休场所", "JWC", "ZWC");
        await play.DecideAsync(two, "jiaowuchu", "handling.accept", "accept");
        await play.DecideAsync(two, "zongwuchu", "handling.accept", "accept");
        await play.DecideAsync(two, "yiwushi", "handling.opinion", "submit", new { opinion = "同意。" });
        await play.MoveToAsync(new(2026, 4, 15));

        foreach (var (who, counts) in new[] { ("zongwuchu", "2 1 1 1"), ("jiaowuchu", "1 0 0 0") })
        {
            var viewer = await Visitor.OfAsync(running, who);
            await viewer.GoAsync("/department");
            var tiles = viewer.Page.QuerySelectorAll(".tile").ToList();
            Assert.Equal(counts, viewer.Text(".tile strong").Replace('\n', ' '));
            foreach (var tile in tiles)
            {
                await viewer.GoAsync(tile.GetAttribute("href")!);
                Assert.Equal(
                    tile.QuerySelector("strong")!.TextContent,
                    $"{viewer.Page.QuerySelectorAll(".list tbody tr").Length}"
                );
            }
        }
        var clerk = await Visitor.OfAsync(running, "zongwuchu");
        await clerk.GoAsync("/department?show=overdue");
        Assert.Equal("调整校医务室值班时间", clerk.Text("main .case"));
        await clerk.GoAsync("/department?q=午休");
        Assert.Equal("改善教师午休场所", clerk.Text("main .case"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Pages_ShowEachCaseOnce_TheNearestAnswerFirst(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var play = new Play(running);
        var first = await play.AssignedAsync("daibiao1", "甲");
        var answered = await play.DraftedAsync("daibiao2", "乙");
        await play.DeliverAsync(answered);
        await play.MoveToAsync(new(2026, 3, 5));
        var second = await play.AssignedAsync("daibiao1", "丙");
        running.Time.Advance(TimeSpan.FromMinutes(1));
        var third = await play.AssignedAsync("daibiao2", "丁");
        await using var scope = running.Services.CreateAsyncScope();
        var cases = scope.ServiceProvider.GetRequiredService<DepartmentCases>();
        var viewer = await scope
            .ServiceProvider.GetRequiredService<Access>()
            .ViewerAsync(DemoDistrict.MemberId("zongwuchu"), default);

        List<Guid> seen = [];
        string? key = null;
        do
        {
            var page = await cases.ListAsync(viewer, new DepartmentFilter([Play.Department("ZWC")]), 1, key, default);
            seen.AddRange(page.Items.Select(i => i.Id));
            key = page.Next;
        } while (key is not null);

        Assert.Equal([first, third, second], seen);
        var done = await cases.ListAsync(
            viewer,
            new DepartmentFilter([Play.Department("ZWC")], DepartmentShow.Answered),
            1,
            "made.up",
            default
        );
        Assert.Equal(answered, Assert.Single(done.Items).Id);
        Assert.Null(done.Next);
    }

    [Fact]
    public async Task TheLoad_IsCountedByWhoAccepted()
    {
        await using var running = new Running();
        var play = new Play(running);
        await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.AssignedAsync("daibiao2", "调整校医务室值班时间");
        var head = await Visitor.OfAsync(running, "fuzeren");

        await head.GoAsync("/department");

        Assert.Equal(
            ["何立本", "1", "0", "未签收", "1", "0"],
            head.Page.QuerySelectorAll(".load tbody :is(th, td)").Select(c => c.TextContent)
        );
    }

    [Theory]
    [InlineData("fenguan", HttpStatusCode.OK)]
    [InlineData("mishu", HttpStatusCode.Forbidden)]
    [InlineData("daibiao1", HttpStatusCode.Forbidden)]
    public async Task TheDesk_OpensForThoseOfADepartment(string who, HttpStatusCode status)
    {
        await using var running = new Running();
        var visitor = await Visitor.OfAsync(running, who);

        Assert.Equal(status, (await visitor.GoAsync("/department")).Status);
        Assert.Equal(
            status == HttpStatusCode.OK,
            (await visitor.GoAsync("/")).Page.QuerySelector(".nav a[href='/department']") is not null
        );
    }

    private static async Task<string> BlocksAsync(Visitor visitor)
    {
        await visitor.GoAsync("/department");
        return visitor.Text("main .stamp");
    }
}

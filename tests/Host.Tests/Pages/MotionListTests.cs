using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.People.Running;

namespace EduUnion.Host.Tests.Pages;

public sealed class MotionListTests
{
    [Fact]
    public async Task Facets_NarrowTheListAndAreKept()
    {
        await using var running = new Running();
        var play = new Play(running);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        await play.SubmittedAsync("daibiao2", "建设教职工请假线上审批", "administration");
        var browser = await running.BrowserOfAsync("mishu");

        Assert.Equal(2, (await TitlesAsync(browser, "/motions")).Count);
        Assert.Equal(["调整校医务室值班时间"], await TitlesAsync(browser, "/motions?state=Assigned"));
        Assert.Equal(["建设教职工请假线上审批"], await TitlesAsync(browser, "/motions?category=administration"));
        Assert.Equal(["建设教职工请假线上审批"], await TitlesAsync(browser, "/motions?q=周予安"));
        Assert.Equal(["调整校医务室值班时间"], await TitlesAsync(browser, $"/motions?host={Play.Department("ZWC")}"));
        Assert.Empty(await TitlesAsync(browser, "/motions?own=true"));
        var page = await PageAsync(await browser.GetAsync("/motions?state=Assigned"));
        Assert.Equal("Assigned", page.QuerySelector("#f-state option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task ADraft_IsInTheListOfItsProposerOnly()
    {
        await using var running = new Running();
        await new Play(running).DraftAsync("daibiao1", "开设教职工子女课后托管班");

        Assert.Single(await TitlesAsync(await running.BrowserOfAsync("daibiao1"), "/motions"));
        Assert.Empty(await TitlesAsync(await running.BrowserOfAsync("daibiao2"), "/motions"));
        Assert.Empty(await TitlesAsync(await running.BrowserOfAsync("mishu"), "/motions"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Pages_StayInOrder_WhileMotionsChange(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var play = new Play(running);
        List<Guid> drafts = [];
        foreach (var title in new[] { "甲", "乙", "丙", "丁" })
        {
            drafts.Add(await play.DraftAsync("daibiao1", title));
            running.Time.Advance(TimeSpan.FromMinutes(1));
        }
        await using var scope = running.Services.CreateAsyncScope();
        var viewer = await scope
            .ServiceProvider.GetRequiredService<Access>()
            .ViewerAsync(DemoDistrict.MemberId("daibiao1"), default);
        var list = scope.ServiceProvider.GetRequiredService<MotionList>();

        var first = await list.ListAsync(viewer, new MotionFilter(), 2, null, default);
        await play.InviteAsync(drafts[0], "daibiao1", "fuyi1");
        await play.InviteAsync(drafts[2], "daibiao1", "fuyi1");
        var second = await list.ListAsync(viewer, new MotionFilter(), 2, Guid.Parse(first.Next!), default);

        Assert.Equal(["丁", "丙", "乙", "甲"], first.Items.Concat(second.Items).Select(i => i.Title));
        Assert.Null(second.Next);
    }

    private static async Task<List<string>> TitlesAsync(HttpClient browser, string address) =>
        [
            .. (await PageAsync(await browser.GetAsync(address)))
                .QuerySelectorAll("main .case")
                .Select(c => c.TextContent),
        ];
}

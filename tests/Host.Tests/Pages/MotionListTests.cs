using EduUnion.Host.Tests.People;
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

    private static async Task<List<string>> TitlesAsync(HttpClient browser, string address) =>
        [
            .. (await PageAsync(await browser.GetAsync(address)))
                .QuerySelectorAll("main .case")
                .Select(c => c.TextContent),
        ];
}

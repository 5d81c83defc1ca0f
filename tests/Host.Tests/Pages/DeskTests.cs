using System.Net;
using EduUnion.Host.Tests.People;
using static EduUnion.Host.Tests.People.Running;

namespace EduUnion.Host.Tests.Pages;

public sealed class DeskTests
{
    [Theory]
    [InlineData("mishu", "zh-CN")]
    [InlineData("zongwuchu", "en")]
    [InlineData("daibiao1", "zh-CN")]
    public async Task EachCount_IsTheLengthOfTheListItLeadsTo(string login, string language)
    {
        await using var running = new Running();
        var play = new Play(running);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        await play.DraftedAsync("daibiao2", "更换教学楼东侧老旧护栏");
        await play.SubmittedAsync("daibiao1", "食堂错峰就餐与排队分流");
        await play.MoveToAsync(new(2026, 3, 5));
        await play.AssignedAsync("daibiao2", "建设教职工请假线上审批");
        var browser = await running.BrowserOfAsync(login);

        await browser.GetAsync($"/?lang={language}");
        var tiles = (await PageAsync(await browser.GetAsync("/"))).QuerySelectorAll(".tile");

        Assert.Equal(4, tiles.Length);
        Assert.NotEqual("0", tiles[3].QuerySelector("strong")!.TextContent);
        foreach (var tile in tiles)
        {
            var list = await PageAsync(await browser.GetAsync(tile.GetAttribute("href")));
            Assert.Equal(
                tile.QuerySelector("strong")!.TextContent,
                $"{list.QuerySelectorAll(".list--work tbody tr").Length}"
            );
            Assert.Equal(tile.GetAttribute("href"), list.QuerySelector(".tile[aria-current]")!.GetAttribute("href"));
        }
    }

    [Fact]
    public async Task Late_IsCountedApartAndFirst()
    {
        await using var running = new Running();
        var play = new Play(running);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        await play.MoveToAsync(new(2026, 3, 5));
        await play.AssignedAsync("daibiao2", "建设教职工请假线上审批");
        var browser = await running.BrowserOfAsync("zongwuchu");

        var page = await PageAsync(await browser.GetAsync("/"));

        Assert.Equal("1", page.QuerySelector(".tile.is-late strong")!.TextContent);
        Assert.Equal(
            ["调整校医务室值班时间", "建设教职工请假线上审批"],
            page.QuerySelectorAll(".list--work .case").Select(c => c.TextContent)
        );
        Assert.StartsWith("逾期", page.QuerySelector(".list--work .due b")!.TextContent);
    }

    [Fact]
    public async Task ARowOfMine_LeadsToTheTask_AndOneOfOthersNamesWhoBlocks()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        var clerk = await running.BrowserOfAsync("zongwuchu");
        var secretary = await running.BrowserOfAsync("mishu");

        var mine = await PageAsync(await clerk.GetAsync("/"));
        var others = await PageAsync(await secretary.GetAsync("/?show=others"));

        var task = await play.TaskAsync(id, "zongwuchu", "handling.accept");
        Assert.Equal($"/tasks/{task}", mine.QuerySelector(".list--work .act")!.GetAttribute("href"));
        Assert.Equal("总务处", others.QuerySelector(".list--work .stamp b")!.TextContent);
        Assert.Equal("未签收", others.QuerySelector(".list--work .stamp span")!.TextContent);
        Assert.Equal($"/motions/{id}", others.QuerySelector(".list--work .act")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Pages_GoOnByKeyAndShowEachRowOnce()
    {
        await using var running = new Running();
        var play = new Play(running);
        for (var i = 1; i <= 21; i++)
            await play.DraftAsync("daibiao1", $"草稿 {i}");
        var browser = await running.BrowserOfAsync("daibiao1");

        var first = await PageAsync(await browser.GetAsync("/?q=草稿"));
        var next = first.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var second = await PageAsync(await browser.GetAsync(next));

        Assert.Contains("show=mine", next, StringComparison.Ordinal);
        Assert.Null(second.QuerySelector("a[rel=next]"));
        Assert.Equal(
            21,
            first
                .QuerySelectorAll(".case")
                .Concat(second.QuerySelectorAll(".case"))
                .Select(c => c.TextContent)
                .Distinct()
                .Count()
        );
        var back = second.QuerySelector("a[rel=prev]")!.GetAttribute("href")!;
        Assert.Equal(
            first.QuerySelectorAll(".case").Select(c => c.TextContent),
            (await PageAsync(await browser.GetAsync(back))).QuerySelectorAll(".case").Select(c => c.TextContent)
        );
        Assert.Null(first.QuerySelector("a[rel=prev]"));
    }

    [Fact]
    public async Task ARepresentative_MayFileAndSeesHisMotionsAndInvitations()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftAsync("daibiao1", "开设教职工子女课后托管班");
        await play.InviteAsync(id, "daibiao1", "fuyi1");
        var proposer = await PageAsync(await (await running.BrowserOfAsync("daibiao1")).GetAsync("/"));
        var invited = await PageAsync(await (await running.BrowserOfAsync("fuyi1")).GetAsync("/"));

        Assert.Equal("/motions/new", proposer.QuerySelector(".btn--go")!.GetAttribute("href"));
        Assert.Equal($"/motions/{id}", proposer.QuerySelector(".own a")!.GetAttribute("href"));
        Assert.Equal("提交", proposer.QuerySelector(".own [aria-current=step]")!.FirstChild!.TextContent);
        Assert.Null(proposer.QuerySelector(".notice"));
        Assert.Contains("1 件提案请您附议", invited.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Null(invited.QuerySelector(".own"));
    }

    [Fact]
    public async Task WhoHasNothingToDo_IsToldSo()
    {
        await using var running = new Running();

        var page = await PageAsync(await (await running.BrowserOfAsync("fenguan")).GetAsync("/"));

        Assert.Equal("现在没有等您办理的事项", page.QuerySelector(".empty h3")!.TextContent);
        Assert.Null(page.QuerySelector(".btn--go"));
    }

    [Fact]
    public async Task TheFeed_IsReadWithoutSigningInAndOnlyUnderItsOwnAddress()
    {
        await using var running = new Running();
        var play = new Play(running);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        var desk = await PageAsync(await (await running.BrowserOfAsync("zongwuchu")).GetAsync("/"));
        var address = desk.QuerySelector("a[href^='/calendar/']")!.GetAttribute("href")!;

        var feed = await running.Browser().GetAsync(address);
        var forged = await running.Browser().GetAsync("/calendar/abc.ics");

        Assert.Equal("text/calendar", feed.Content.Headers.ContentType!.MediaType);
        Assert.Contains("调整校医务室值班时间", await feed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
    }

    /// <summary>A calendar lies open on desks and telephones: of aid it says that something is due and nothing else.</summary>
    [Fact]
    public async Task TheFeed_SaysNothingOfAid()
    {
        await using var running = new Running();
        await new AidStates(running).SurveyingAsync();
        var desk = await PageAsync(await (await running.BrowserOfAsync("diaocha1")).GetAsync("/"));

        var feed = await running
            .Browser()
            .GetStringAsync(desk.QuerySelector("a[href^='/calendar/']")!.GetAttribute("href"));

        Assert.Contains("SUMMARY:待办事项到期", feed, StringComparison.Ordinal);
        foreach (var word in new[] { "困难", "帮扶", "入户", "BF-" })
            Assert.DoesNotContain(word, feed, StringComparison.Ordinal);
    }
}

using EduUnion.Domain.Motions;
using EduUnion.Host.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Pages;

/// <summary>The committee's table in a real browser.</summary>
public sealed class ReviewBrowserTests(Chromium chromium, ITestOutputHelper output)
{
    private static readonly string[] Titles =
    [
        "食堂错峰就餐与排队分流",
        "食堂高峰期增开窗口分流",
        "食堂排队过长增设取餐点",
        "更换教学楼东侧老旧护栏",
        "改善教师午休场所",
        "统一听课评课记录格式",
        "增设教职工临时停车位",
        "班主任津贴核算办法公开",
        "多媒体教室报修二十四小时响应",
        "青年教师师徒结对经费",
        "延长图书馆晚间开放时间",
        "校园机动车限速与人车分流",
        "调整校医务室值班时间",
        "体检项目按年龄分档",
        "办公室打印耗材统一采购",
        "运动场照明延时关闭",
        "心理咨询室向教职工开放",
        "代课费按月结算",
        "网络带宽在晚自习时段扩容",
        "实验室危险品台账电子化",
    ];

    /// <summary>
    /// The trial of acceptance: twenty motions filed, merged and assigned by one secretary. A drop-down counts as two
    /// clicks, a field typed into as one.
    /// </summary>
    [Fact]
    public async Task TwentyMotions_AreFiledMergedAndAssigned_WithFewClicks()
    {
        await using var served = new Served();
        var ids = new List<Guid>();
        foreach (var (i, title) in Titles.Index())
            ids.Add(await served.Play.SubmittedAsync(i % 2 == 0 ? "daibiao1" : "daibiao2", title));
        var page = await served.OpenAsync(chromium, "mishu");
        var (clicks, loads) = (0, 0);
        page.Request += (_, asked) => loads += asked.IsNavigationRequest && asked.Url.Contains("/review") ? 1 : 0;

        await page.GotoAsync("/review");
        foreach (var id in ids.Take(3))
            await ClickAsync($"input[name=pick][value^='{id:N}']");
        await ClickAsync(".bulk [value=merge]");
        await ClickAsync($"input[name=main][value='{ids[0]}']");
        await GoAsync("2 件中 2 件已办");

        await ClickAsync("thead .tick input");
        await ClickAsync(".bulk [value=propose]");
        await ChooseAsync("#host", "ZWC");
        foreach (var id in ids.Skip(5).Take(3))
            await ChooseAsync($"[name=host-{id:N}]", "JWC");
        await GoAsync("18 件中 18 件已办");

        await ClickAsync("thead .tick input");
        await ClickAsync(".bulk [value=count]");
        clicks++;
        await page.FillAsync("#for", "5");
        await GoAsync("20 件中 20 件已办");

        await ClickAsync("thead .tick input");
        await ClickAsync(".bulk [value=assign]");
        await GoAsync("18 件中 18 件已办");

        output.WriteLine($"{clicks} clicks, {loads} page loads for {ids.Count} motions");
        var motions = new List<Motion>();
        foreach (var id in ids)
            motions.Add(await served.Play.MotionAsync(id));
        Assert.Equal(18, motions.Count(m => m.State == MotionState.Assigned));
        Assert.Equal([ids[0], ids[0]], motions.Where(m => m.State == MotionState.Merged).Select(m => m.MainId!.Value));
        Assert.Equal(3, motions.Count(m => m.Parts is [{ HostId: var host }] && host == Play.Department("JWC")));
        Assert.InRange(clicks, 1, 24);
        Assert.InRange(loads, 1, 9);

        async Task ClickAsync(string selector)
        {
            clicks++;
            await page.ClickAsync(selector);
        }

        async Task ChooseAsync(string selector, string department)
        {
            clicks += 2;
            await page.SelectOptionAsync(selector, $"{Play.Department(department)}");
        }

        async Task GoAsync(string result)
        {
            await ClickAsync("main .btn--go");
            await Expect(page.Locator("#results")).ToContainTextAsync(result);
        }
    }

    [Theory]
    [InlineData("zh-CN", 390)]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 390)]
    [InlineData("en", 1280)]
    public async Task TableAndPreviews_AreAccessibleAndComplainOfNothing(string language, int width)
    {
        await using var served = new Served();
        await MixedAsync(served);
        var page = await served.OpenAsync(chromium, "mishu", width, language);
        List<string> complaints = [];
        page.Console += (_, m) => complaints.Add(m.Text);
        page.PageError += (_, e) => complaints.Add(e);

        await page.GotoAsync("/review");
        await CheckAsync("table");
        foreach (var act in new[] { "propose", "merge", "count", "assign", "unmerge", "sponsor" })
        {
            await page.GotoAsync("/review");
            foreach (var box in await page.Locator("tbody .tick input").AllAsync())
                await box.CheckAsync();
            await page.ClickAsync($".bulk [value={act}]");
            await CheckAsync(act);
        }
        Assert.Empty(complaints);

        async Task CheckAsync(string what)
        {
            Assert.Empty(await page.AxeAsync(what));
        }
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task NothingScrollsSidewaysOnASmallPhone(string language)
    {
        await using var served = new Served();
        await MixedAsync(served);
        var page = await served.OpenAsync(chromium, "mishu", 360, language);
        await page.GotoAsync("/review");
        Assert.Equal("", await page.TooWideAsync());
        foreach (var act in new[] { "propose", "count", "sponsor" })
        {
            await page.GotoAsync("/review");
            foreach (var box in await page.Locator("tbody .tick input").AllAsync())
                await box.CheckAsync();
            await page.ClickAsync($".bulk [value={act}]");
            Assert.Equal("", await page.TooWideAsync());
        }
    }

    [Fact]
    public async Task TheTable_IsWalkedTickedAndVotedByKeyboard()
    {
        await using var served = new Served();
        foreach (var title in Titles.Take(2))
        {
            var id = await served.Play.SubmittedAsync("daibiao1", title);
            await served.Play.DecideAsync(id, "mishu", "motion.check", "propose", new { recommendation = "file" });
        }
        var page = await served.OpenAsync(chromium, "zhuren");
        await page.GotoAsync("/review");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("[data-picked]")).ToHaveTextAsync("1");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("1");

        await Expect(page.Locator("#results")).ToContainTextAsync("1 件中 1 件已办");
        await Expect(page.Locator("tr[data-row]").Nth(1)).ToContainTextAsync("我投：立案");
        await Expect(page.Locator("tr[data-row]").Nth(0)).Not.ToContainTextAsync("我投");
    }

    /// <summary>A motion at every stage, one merged into another.</summary>
    private static async Task MixedAsync(Served served)
    {
        var play = served.Play;
        var main = await play.AssignedAsync("daibiao1", Titles[0]);
        var merged = await play.SubmittedAsync("daibiao2", Titles[1]);
        await play.DecideAsync(merged, "mishu", "motion.check", "propose", new { recommendation = "merge", main });
        foreach (var voter in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await play.DecideAsync(merged, voter, "motion.review", "merge");
        var voting = await play.SubmittedAsync("daibiao1", Titles[3]);
        var reason = new { recommendation = "opinion", recommendationReason = "学校正在办理，宜作为建议。" };
        await play.DecideAsync(voting, "mishu", "motion.check", "propose", reason);
        await play.ReviewAsync(await play.SubmittedAsync("daibiao2", Titles[4]), "file");
        await play.SubmittedAsync("daibiao1", Titles[2]);
        await play.SubmittedAsync("daibiao2", Titles[5]);
    }
}

using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Statistics;

public sealed class StatisticsBrowserTests(Chromium chromium)
{
    private static readonly string[] Pages =
    [
        "/statistics",
        "/statistics/cases?figure=onTime&part=denominator",
        "/statistics/cases?figure=participation",
    ];

    [Theory]
    [InlineData("zh-CN", "mishu", 390)]
    [InlineData("zh-CN", "quzhuxi", 1280)]
    [InlineData("en", "mishu", 1280)]
    [InlineData("en", "quzhuxi", 390)]
    public async Task Statistics_AreAccessibleAndComplainOfNothing(string language, string login, int width)
    {
        await using var register = await ServedAsync();
        var page = await chromium.OpenAsAsync(register.Address, login, width, language);
        List<string> complaints = [];
        page.Console += (_, m) => complaints.Add(m.Text);
        page.PageError += (_, e) => complaints.Add(e);

        foreach (var address in Pages)
        {
            await page.GotoAsync(address);
            Assert.Empty(await page.AxeAsync(address));
        }
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData("zh-CN", "mishu")]
    [InlineData("en", "mishu")]
    [InlineData("en", "jiaowuchu")]
    [InlineData("en", "quzhuxi")]
    public async Task Statistics_DoNotScrollSidewaysOnASmallPhone(string language, string login)
    {
        await using var register = await ServedAsync();
        var page = await chromium.OpenAsAsync(register.Address, login, 360, language);

        foreach (var address in Pages)
        {
            await page.GotoAsync(address);
            Assert.Equal("", await page.TooWideAsync());
        }
    }

    [Fact]
    public async Task AFigure_LeadsToItsCasesAndBack()
    {
        await using var register = await ServedAsync();
        var page = await chromium.OpenAsAsync(register.Address, "mishu");
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "统计", Exact = true }).ClickAsync();
        await page.SelectOptionAsync("#f-department", new SelectOptionValue { Label = "教务处" });
        await page.GetByRole(AriaRole.Button, new() { Name = "更新" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "答复率 50.0%", Exact = true }).ClickAsync();

        await Expect(page.Locator("main .case")).ToHaveTextAsync(["实验室安全培训"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "回到统计" }).ClickAsync();
        await Expect(page.Locator("#f-department")).ToHaveValueAsync(Register.Teaching.ToString());
    }

    private static async Task<Register> ServedAsync() =>
        await (await Register.OpenAsync(Provider.Sqlite, new(2026, 9, 30), listens: true)).FilledAsync();
}

using EduUnion.Host.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Pages;

public sealed class BrowserTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN", 390)]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 390)]
    [InlineData("en", 1280)]
    public async Task DeskListAndCase_AreAccessibleAndComplainOfNothing(string language, int width)
    {
        await using var served = new Served();
        var id = await served.Play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await served.Play.SubmittedAsync("daibiao2", "食堂错峰就餐与排队分流");
        var page = await served.OpenAsync(chromium, "mishu", width, language);
        List<string> complaints = [];
        page.Console += (_, m) => complaints.Add(m.Text);
        page.PageError += (_, e) => complaints.Add(e);

        foreach (var address in new[] { "/", "/?show=others", "/motions", $"/motions/{id}", "/help" })
        {
            await page.GotoAsync(address);
            Assert.Empty(await page.AxeAsync(address));
        }
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task NoPage_ScrollsSidewaysOnASmallPhone(string language)
    {
        await using var served = new Served();
        var id = await served.Play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await served.Play.DeliverAsync(id);
        var page = await served.OpenAsync(chromium, "daibiao1", 360, language);

        foreach (var address in new[] { "/", "/motions", $"/motions/{id}", "/help" })
        {
            await page.GotoAsync(address);
            Assert.Equal("", await page.TooWideAsync());
        }
    }

    [Fact]
    public async Task AnExtension_IsAskedInADialogByKeyboard()
    {
        await using var served = new Served();
        var id = await served.Play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        var page = await served.OpenAsync(chromium, "zongwuchu");
        await page.GotoAsync($"/motions/{id}");

        await page.GetByRole(AriaRole.Link, new() { Name = "申请延期" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#extend-workdays")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("10");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("施工招标推迟。");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".acts__no")).ToContainTextAsync("等主任审批");
        await Expect(page.Locator("#dlg-extend")).ToHaveCountAsync(0);
    }
}

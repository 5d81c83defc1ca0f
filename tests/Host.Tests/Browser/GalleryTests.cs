using EduUnion.Host.Tests.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Browser;

public sealed class GalleryTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN", false)]
    [InlineData("zh-CN", true)]
    [InlineData("en", false)]
    [InlineData("en", true)]
    public async Task EveryComponent_IsAccessible(string language, bool dark)
    {
        await using var site = await Site.Start("Development", 0);
        var page = await chromium.Open(site.Address, dark: dark, language: language);
        await page.GotoAsync("/components");

        Assert.Empty(await page.AxeAsync(page.Url));
    }

    [Theory]
    [InlineData("zh-CN", 360)]
    [InlineData("en", 360)]
    [InlineData("en", 820)]
    public async Task Page_NeverScrollsSideways(string language, int width)
    {
        await using var site = await Site.Start("Development", 0);
        var page = await chromium.Open(site.Address, width, language: language);
        await page.GotoAsync("/components");

        Assert.Equal("", await page.TooWideAsync());
    }

    [Fact]
    public async Task Page_LoadsWithoutComplaintsOfTheBrowser()
    {
        await using var site = await Site.Start("Development", 0);
        var page = await chromium.Open(site.Address);
        List<string> complaints = [];
        page.Console += (_, m) => complaints.Add(m.Text);
        page.PageError += (_, e) => complaints.Add(e);

        await page.GotoAsync("/components", new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Dialog_OpensOverThePage_AndWithoutScriptAsAPage()
    {
        await using var site = await Site.Start("Development", 0);
        var page = await chromium.Open(site.Address);
        await page.GotoAsync("/components");
        var dialog = page.Locator("#dlg-back");

        await page.GetByRole(AriaRole.Link, new() { Name = "退回修改" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await dialog.GetByText("返回").ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();

        await page.GotoAsync("/components?do=back");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "退回修改" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Counter_SaysWhatIsMissingWhileOneTypes()
    {
        await using var site = await Site.Start("Development", 0);
        var page = await chromium.Open(site.Address, language: "en");
        await page.GotoAsync("/components");

        await page.FillAsync("#grounds", "午休室 ");

        await Expect(page.Locator("#grounds-c")).ToHaveTextAsync("3 characters, 47 more needed");
    }

    [Fact]
    public async Task Draft_IsSavedByTheServer_AndNothingStaysInTheBrowser()
    {
        await using var site = await Site.Start("Development", 0);
        var page = await chromium.Open(site.Address);
        await page.GotoAsync("/components");

        await page.FillAsync("#title", "新的案名");

        await Expect(page.Locator("[data-saved]")).ToContainTextAsync("草稿已保存");
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
    }

    [Fact]
    public async Task Draft_ThatTheServerDidNotTake_IsOfferedAgainAndForgottenAtSignOut()
    {
        await using var site = await Site.Start("Development", 0);
        site.DraftsFail = true;
        var page = await chromium.Open(site.Address);
        await page.GotoAsync("/components");
        await page.FillAsync("#title", "服务器重启前写的");
        await page.CheckAsync("input[name=class][value=C]");
        await Expect(page.Locator("[data-saved]")).ToContainTextAsync("暂未保存");

        await page.ReloadAsync();
        await page.GetByText("恢复", new() { Exact = true }).ClickAsync();

        await Expect(page.Locator("#title")).ToHaveValueAsync("服务器重启前写的");
        await Expect(page.Locator("input[name=class][value=C]")).ToBeCheckedAsync();

        await page.GetByText("退出").ClickAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
    }

    [Fact]
    public async Task SecondPressOnSubmit_SendsNothing()
    {
        await using var site = await Site.Start("Development", 0);
        var page = await chromium.Open(site.Address);
        await page.GotoAsync("/components");

        // Counts what would leave the page after the guard had its say.
        var sent = await page.EvaluateAsync<int>(
            """
            () => {
              let sent = 0;
              addEventListener('submit', e => { if (!e.defaultPrevented) sent++; e.preventDefault(); });
              const button = document.querySelector('form[data-draft] .btn--go');
              button.form.noValidate = true;
              button.click();
              button.click();
              return sent;
            }
            """
        );

        Assert.Equal(1, sent);
    }
}

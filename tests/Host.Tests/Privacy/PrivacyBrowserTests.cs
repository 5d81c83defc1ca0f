using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Privacy;

public sealed class PrivacyBrowserTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task EveryPage_IsAccessibleAndFitsASmallPhone(string language)
    {
        await using var running = new Running();
        var address = running.Listen();
        var id = await new AidStates(running).DraftAsync();
        List<string> complaints = [];
        foreach (
            var (login, paths) in new (string, string[])[]
            {
                ("shenqing1", ["/me/relations", $"/attachments/{id}/Diagnosis", $"/cases/{id}/unmask/diagnosis"]),
                ("xiaozhuxi", ["/me/relations?school=true"]),
                ("jingshen", ["/admin/retention"]),
            }
        )
        {
            var page = await chromium.OpenAsAsync(address, login, 360, language);
            page.Console += (_, m) => complaints.Add(m.Text);
            page.PageError += (_, e) => complaints.Add(e);
            foreach (var path in paths)
            {
                Assert.True((await page.GotoAsync(path))!.Ok, path);
                await LookAsync(page);
            }
            if (login != "shenqing1")
                continue;
            await page.GotoAsync("/me/relations");
            await page.SelectOptionAsync("#other", new SelectOptionValue { Index = 1 });
            await page.CheckAsync("input[name=kind][value=Spouse]");
            await page.ClickAsync("main .btn--go");
            await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
            await LookAsync(page);
            await page.GotoAsync($"/cases/{id}/unmask/diagnosis");
            await page.CheckAsync("input[name=purpose][value=Check]");
            await page.FillAsync("#reason", "核对申请材料");
            await page.ClickAsync("main .btn--go");
            await Expect(page.Locator("dd b")).ToContainTextAsync(AidStates.Diagnosis);
            await LookAsync(page);
        }
        Assert.Empty(complaints);
    }

    /// <summary>With script several files go at once, each with its own bar; what is refused says why beside its name.</summary>
    [Fact]
    public async Task Uploads_ShowEachFileAndLeadOn()
    {
        await using var running = new Running();
        var address = running.Listen();
        var id = await new AidStates(running).DraftAsync();
        var page = await chromium.OpenAsAsync(address, "shenqing1", 360);
        await page.GotoAsync($"/attachments/{id}/Diagnosis");

        await page.SetInputFilesAsync(
            "input[type=file]",
            [File("一.pdf", Samples.Pdf("一")), File("二.pdf", "x"u8.ToArray())]
        );
        await page.ClickAsync("form[data-upload] .btn");

        await Expect(page.Locator("[data-uploads] li").Nth(0)).ToContainTextAsync("100%");
        await Expect(page.Locator("[data-uploads] .error")).ToContainTextAsync("只能上传 PDF");
        Assert.Empty(await page.AxeAsync("uploads"));
        running.Time.Advance(TimeSpan.FromMinutes(1));
        await page.SetInputFilesAsync("input[type=file]", [File("三.pdf", Samples.Pdf("三"))]);
        await page.ClickAsync("form[data-upload] .btn");
        await Expect(page.Locator(".upload a")).ToHaveTextAsync(["一.pdf", "三.pdf"]);
    }

    private static FilePayload File(string name, byte[] content) =>
        new()
        {
            Name = name,
            MimeType = "application/pdf",
            Buffer = content,
        };

    private static async Task LookAsync(IPage page)
    {
        Assert.Empty(await page.AxeAsync(page.Url));
        Assert.Equal("", await page.TooWideAsync());
    }
}

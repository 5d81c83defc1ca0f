using EduUnion.Host.Definitions;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Every page of the administration and of the account, in both languages, on a desk and on a small phone.</summary>
public sealed class AdminBrowserTests(Chromium chromium)
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");

    private static readonly string[] Rooms =
    [
        "/admin",
        "/admin/calendar",
        "/admin/calendar/import",
        "/admin/calendar/local",
        $"/admin/calendar/local?organisation={School}&kind=vacation&name=寒假&from=2026-02-01&to=2026-02-28",
        "/admin/parameters",
        "/admin/parameters?q=answer",
        "/admin/parameters?q=nothing-like-this",
        $"/admin/parameters/answer.wd?organisation={School}",
        "/admin/parameters/suspend.motion",
        "/admin/outbox",
        "/admin/outbox?state=dead",
        "/admin/incidents",
        "/admin/definitions",
        "/admin/definitions/motion/1?at=verdict",
        "/admin/definitions/motion-handling/1",
        "/admin/definitions/motion-handling/1/moves",
        "/admin/definitions/motion/1/try",
        "/admin/jobs",
        "/admin/jobs?run=clocks",
        "/account/password",
        "/help",
    ];

    [Theory]
    [InlineData("zh-CN", 360)]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 360)]
    [InlineData("en", 1280)]
    public async Task EveryRoom_IsAccessibleAndFitsTheScreen(string language, int width)
    {
        await using var running = new Running(
            jobs: true,
            services: s => s.AddSingleton(new DefinitionLibrary(() => AlteredMotion.WhoseVerdictFails))
        );
        var address = running.Listen();
        var play = new Play(running);
        await play.ReviewAsync(await play.SubmittedAsync("daibiao1", "改善教师午休场所"), "file");
        var page = await chromium.OpenAsAsync(address, "admin", width, language);
        List<string> complaints = [];
        page.Console += (_, m) => complaints.Add(m.Text);
        page.PageError += (_, e) => complaints.Add(e);

        foreach (var room in Rooms)
        {
            var answer = await page.GotoAsync(room);
            Assert.Equal(200, answer!.Status);
            await CheckAsync(page, room);
        }
        await page.GotoAsync($"/admin/parameters/answer.wd?organisation={School}");
        await page.FillAsync("#value", "x");
        await page.ClickAsync(".btn--go");
        await CheckAsync(page, "a refused value");
        await page.FillAsync("#value", "20");
        await page.ClickAsync(".btn--go");
        await CheckAsync(page, "the preview of a value");
        await page.GotoAsync("/admin/calendar/import");
        await page.FillAsync(
            "#json",
            """{"country":"CN","years":{"2027":{"daysOff":[{"name":"元旦","from":"2027-01-01","to":"2027-01-04"}],"workingWeekendDays":[]}}}"""
        );
        await page.ClickAsync(".btn--go");
        await CheckAsync(page, "the preview of a calendar");
        await page.GotoAsync("/admin/definitions/motion/1/try");
        await page.ClickAsync(".btn--go");
        await CheckAsync(page, "a try");
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 360)]
    public async Task TheDoor_AndARefusalAtIt_AreAccessible(string language, int width)
    {
        await using var running = new Running();
        var page = await chromium.Open(running.Listen(), width, language: language);

        await page.GotoAsync("/sign-in");
        await CheckAsync(page, "/sign-in");
        await page.FillAsync("#UserName", "daibiao1");
        await page.FillAsync("#Password", "wrong");
        await page.ClickAsync(".btn--go");
        await CheckAsync(page, "a wrong password");
        await page.FillAsync("#Password", DemoDistrict.Password);
        await page.ClickAsync(".btn--go");
        await page.GotoAsync("/admin/jobs");
        await CheckAsync(page, "forbidden");
    }

    private static async Task CheckAsync(IPage page, string room)
    {
        Assert.Equal("", await page.TooWideAsync());
        Assert.Empty(await page.AxeAsync(room));
    }
}

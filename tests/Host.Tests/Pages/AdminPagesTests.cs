using System.Net;
using AngleSharp.Dom;
using EduUnion.Host.Calendar;
using EduUnion.Host.Mail;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.People.Running;

namespace EduUnion.Host.Tests.Pages;

public sealed class AdminPagesTests
{
    private const string Schedule = """
        {"country":"CN","years":{"2027":{
          "daysOff":[{"name":"元旦","from":"2027-01-01","to":"2027-01-04"}],"workingWeekendDays":["2027-02-20"]}}}
        """;

    [Theory]
    [InlineData("admin", "/admin/calendar", HttpStatusCode.OK)]
    [InlineData("admin", "/admin/outbox", HttpStatusCode.OK)]
    [InlineData("admin", "/admin/incidents", HttpStatusCode.OK)]
    [InlineData("admin", "/admin/jobs", HttpStatusCode.OK)]
    [InlineData("admin", "/admin/definitions", HttpStatusCode.OK)]
    [InlineData("admin", "/admin/definitions/motion-extension/1", HttpStatusCode.OK)]
    [InlineData("qujingban", "/admin/parameters/answer.wd", HttpStatusCode.OK)]
    [InlineData("qujingban", "/admin/jobs", HttpStatusCode.Forbidden)]
    [InlineData("qujingban", "/admin/definitions", HttpStatusCode.Forbidden)]
    [InlineData("jingshen", "/admin/parameters", HttpStatusCode.OK)]
    [InlineData("xiaozhuxi", "/admin/parameters", HttpStatusCode.OK)]
    [InlineData("daibiao1", "/admin/parameters", HttpStatusCode.Forbidden)]
    [InlineData("qujingban", "/admin", HttpStatusCode.OK)]
    [InlineData("qujingban", "/admin/calendar/import", HttpStatusCode.OK)]
    [InlineData("qujingban", "/admin/outbox", HttpStatusCode.Forbidden)]
    [InlineData("qujingban", "/admin/incidents", HttpStatusCode.Forbidden)]
    [InlineData("mishu", "/admin", HttpStatusCode.Forbidden)]
    [InlineData("mishu", "/admin/calendar/local", HttpStatusCode.Forbidden)]
    public async Task Pages_OpenForTheOfficesThatNeedThem(string login, string page, HttpStatusCode expected)
    {
        await using var running = new Running();

        Assert.Equal(expected, (await (await running.BrowserOfAsync(login)).GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task HeldMail_IsLetGoOnlyAfterAQuestion()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("admin");
        Assert.DoesNotContain("放行", await TextAsync("/admin/outbox"));
        await HoldsAsync(holds => holds.HoldAsync(default));

        Assert.Contains("起暂停发送邮件", await TextAsync("/admin/outbox"));
        var asked = await PageAsync(await browser.GetAsync("/admin/outbox?release=ask"));
        var form = asked.QuerySelector("main form")!;
        Assert.Contains("发出后无法收回", form.TextContent);
        Assert.True(await HoldsAsync(async holds => await holds.SinceAsync(default) is not null));

        var hidden = form.QuerySelectorAll("input[type=hidden]")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        await browser.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(hidden));
        Assert.True(await HoldsAsync(async holds => await holds.SinceAsync(default) is null));
        Assert.DoesNotContain("放行", await TextAsync("/admin/outbox"));

        async Task<string> TextAsync(string page) =>
            (await PageAsync(await browser.GetAsync(page))).QuerySelector("main")!.TextContent;

        async Task<bool> HoldsAsync(Func<OutboxHolds, Task<bool>> use)
        {
            await using var scope = running.Services.CreateAsyncScope();
            return await use(scope.ServiceProvider.GetRequiredService<OutboxHolds>());
        }
    }

    [Fact]
    public async Task Import_ShowsWhatChangesAndSavesOnlyWhenConfirmed()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("qujingban");

        var preview = await PageAsync(
            await SubmitAsync(browser, "/admin/calendar/import", ("json", Schedule), ("do", "preview"))
        );
        Assert.Contains("1月4日 周一 元旦", preview.QuerySelector("main")!.TextContent);
        Assert.Equal(1, await VersionsAsync(running));

        var unexplained = await ConfirmAsync(browser, preview, "");
        Assert.NotNull((await PageAsync(unexplained)).QuerySelector("#note-e"));
        var saved = await ConfirmAsync(browser, preview, "国办发明电");
        Assert.Equal("/admin/calendar", saved.Headers.Location!.OriginalString);
        Assert.Equal(2, await VersionsAsync(running));

        var late = await PageAsync(await ConfirmAsync(browser, preview, "国办发明电"));
        Assert.Contains("日历刚刚被修改过", late.QuerySelector(".errors")!.TextContent);
        Assert.Equal(2, await VersionsAsync(running));
    }

    [Fact]
    public async Task Import_OfNonsense_SaysWhyAndKeepsWhatWasTyped()
    {
        await using var running = new Running();

        var page = await PageAsync(
            await SubmitAsync(
                await running.BrowserOfAsync("admin"),
                "/admin/calendar/import",
                ("json", "{\"country\":\"US\",\"years\":{}}"),
                ("do", "preview")
            )
        );

        Assert.Contains("US", page.QuerySelector(".errors")!.TextContent);
        Assert.Contains("\"US\"", page.QuerySelector("#json")!.TextContent);
    }

    [Fact]
    public async Task LocalDays_AreAddedListedAndRemoved()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("admin");
        (string, string)[] days =
        [
            ("organisation", DemoDistrict.OrganisationId("YXZX").ToString()),
            ("kind", "vacation"),
            ("name", "寒假"),
            ("from", "2027-01-20"),
            ("to", "2027-02-18"),
        ];

        var preview = await PageAsync(
            await SubmitAsync(browser, "/admin/calendar/local", [.. days, ("do", "preview")])
        );
        await ConfirmAsync(browser, preview, "校历");
        var list = await PageAsync(await browser.GetAsync("/admin/calendar"));
        var remove = Assert.Single(list.QuerySelectorAll("a.act")).GetAttribute("href")!;
        var asked = await PageAsync(await browser.GetAsync(remove));
        Assert.Contains("寒假", asked.QuerySelector("h1")!.TextContent);
        await ConfirmAsync(browser, asked, "取消");

        Assert.Equal(3, await VersionsAsync(running));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(remove)).StatusCode);
    }

    /// <summary>Sends the confirmation that a preview page holds.</summary>
    private static Task<HttpResponseMessage> ConfirmAsync(HttpClient browser, IDocument preview, string note)
    {
        var form = preview.QuerySelector("main form")!;
        var values = form.QuerySelectorAll("input[type=hidden]")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))
            .Append(new("note", note))
            .Append(new("do", "apply"));
        return browser.PostAsync(form.GetAttribute("action")!, new FormUrlEncodedContent(values));
    }

    private static async Task<int> VersionsAsync(Running running)
    {
        var count = 0;
        await running.InDatabaseAsync(async db => count = await db.Set<CalendarVersion>().CountAsync());
        return count;
    }
}

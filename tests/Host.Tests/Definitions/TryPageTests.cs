using System.Net;
using EduUnion.Host.Cases;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Definitions;

/// <summary>A definition tried out in the browser, without script.</summary>
public sealed class TryPageTests
{
    private const string Try = "/admin/definitions/motion/1/try";

    [Fact]
    public async Task Walk_ShowsWhoAndByWhen_GoesOnAndBack_AndWritesNothing()
    {
        await using var running = new Running();
        var admin = await Visitor.OfAsync(running, "admin");
        await admin.GoAsync(Try);
        Assert.Empty(admin.Page.QuerySelectorAll("svg.flow"));
        await admin.PressAsync(
            "do=start",
            ("school", $"{DemoDistrict.OrganisationId("YXZX")}"),
            ("from", "2026-03-02")
        );

        Assert.Contains("征集附议", admin.Text("#open h3"));
        Assert.Contains("提案人", admin.Text("#open"));
        await admin.PressAsync("do=answer");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Status);
        await admin.PressAsync("do=answer", ("outcome", "submit"));
        await admin.PressAsync("do=answer", ("outcome", "delegation"));

        // Five working days after Monday, 2 March; nobody votes, the deadline decides.
        var due = admin.Text("#open article p");
        Assert.Matches("期限：.*3月\\d+日.*个工作日", due);
        await admin.PressAsync("do=expire");
        Assert.Contains("超时", admin.Text("#path"));
        Assert.Equal("check", admin.Page.QuerySelector("#open .code")!.TextContent);
        Assert.DoesNotContain("2026年3月2日", admin.Text("dl.kv dd time"));

        // Its deadline only reminds: nothing is decided.
        await admin.PressAsync("do=expire");
        Assert.Contains("只催办", admin.Text("#path"));
        Assert.Equal("check", admin.Page.QuerySelector("#open .code")!.TextContent);
        await admin.PressAsync("do=back");
        Assert.DoesNotContain("只催办", admin.Text("#path"));

        await admin.PressAsync("do=answer", ("outcome", "propose"));
        await admin.PressAsync("do=look", ("role", "提案人"));
        Assert.Contains("由别人办理", admin.Text("#open"));
        Assert.Null(admin.Page.QuerySelector("#open button[value=answer]"));
        await admin.PressAsync("do=look", ("role", ""));
        await admin.PressAsync("do=answer", ("outcome", "file"));
        await admin.PressAsync("do=answer", ("outcome", "done"));
        await admin.PressAsync("do=answer", ("outcome", "assign"), ("routing.parts", "2"));
        Assert.Equal(2, admin.Page.QuerySelectorAll("#open article").Length);
        Assert.Equal(2, admin.Page.QuerySelectorAll("svg.flow").Length);
        Assert.NotEmpty(admin.Page.QuerySelectorAll("svg.flow .taken"));
        Assert.NotEmpty(admin.Page.QuerySelectorAll("svg.flow .now"));
        await admin.PressAsync("do=wait", ("days", "3"));
        Assert.Contains("时间过去", admin.Text("#path"));
        await admin.PressAsync("do=wait", ("days", "三天"));
        Assert.Contains("请填 1 到 400", admin.Text(".field--bad"));
        Assert.Equal("三天", admin.Value("days"));
        Assert.Equal("#days", admin.Page.QuerySelector(".errors a")!.GetAttribute("href"));
        await admin.PressAsync("do=answer", ("state", "not what the page has sealed"));
        Assert.Contains("重新开始", admin.Text(".errors"));

        await running.InDatabaseAsync(async db => Assert.False(await db.Set<CaseRow>().AnyAsync()));
    }

    [Theory]
    [InlineData("qujingban", "motion/1", HttpStatusCode.Forbidden)]
    [InlineData("admin", "motion/9", HttpStatusCode.NotFound)]
    [InlineData("admin", "aid/1", HttpStatusCode.OK)]
    public async Task Page_IsTheAdministrators(string login, string version, HttpStatusCode expected)
    {
        await using var running = new Running();

        var page = await (await running.BrowserOfAsync(login)).GetAsync($"/admin/definitions/{version}/try");

        Assert.Equal(expected, page.StatusCode);
    }
}

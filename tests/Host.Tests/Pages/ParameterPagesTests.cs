using System.Net;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Seeds;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Pages;

public sealed class ParameterPagesTests
{
    private const string Page = "/admin/parameters/answer.wd";
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");
    private static readonly Guid District = DemoDistrict.DistrictId;

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ADistrictsValue_IsLookedAtBeforeItIsSetAndSetOnce(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var visitor = new Visitor(await running.BrowserOfAsync("qujingban"));
        await SetAsync(visitor, School, "25", Demo.Today);
        await visitor.PressAsync("do=apply");

        await SetAsync(visitor, District, "２０", Demo.Today.AddDays(7));
        Assert.Contains("影响", visitor.Text("h2"));
        var changed = visitor.Text("section:first-of-type tbody");
        Assert.Contains("云溪小学30 个工作日20 个工作日", changed);
        Assert.DoesNotContain("云溪中学", changed);
        Assert.Contains("不受影响：云溪中学", visitor.Text("main"));
        Assert.Contains("在办的案件保持原值", visitor.Text("main"));
        Assert.Equal(2, await CountAsync(running));

        var answers = await visitor.PressTwiceAsync("do=apply");
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(3, await CountAsync(running));

        await visitor.GoAsync($"{Page}?organisation={District}");
        Assert.Contains("20 个工作日", visitor.Text("section:last-of-type tbody"));
        Assert.Contains("未到期", visitor.Text("section:last-of-type tbody"));
        await visitor.GoAsync($"/admin/parameters?organisation={DemoDistrict.OrganisationId("YXXX")}&q=answer.wd");
        Assert.Contains("30 个工作日", visitor.Text("tbody"));
        Assert.Contains("起：20 个工作日", visitor.Text("tbody"));
        await visitor.GoAsync($"/admin/parameters?organisation={School}&q=ANSWER.WD");
        Assert.Contains("25 个工作日", visitor.Text("tbody"));
        Assert.Contains("学校", visitor.Text("tbody"));
    }

    [Theory]
    [InlineData("answer.wd", "0", 0, "value", "请填 1 到 250 的整数")]
    [InlineData("answer.wd", "三十", 0, "value", "请填 1 到 250 的整数")]
    [InlineData("answer.wd", "20", -1, "validFrom", "不能早于今天")]
    [InlineData("answer.wd", "20", 3000, "validFrom", "请检查年份")]
    [InlineData("quorum", "3/2", 0, "value", "不大于 1 的分数")]
    [InlineData("remind.before", "7,x", 0, "value", "用逗号隔开")]
    [InlineData("vote.strict", "maybe", 0, "value", "从列出的值中选择")]
    public async Task AWrongValue_IsRefusedAtItsFieldAndKept(
        string key,
        string value,
        int days,
        string field,
        string says
    )
    {
        await using var running = new Running();
        var visitor = new Visitor(await running.BrowserOfAsync("qujingban"));

        await SetAsync(visitor, District, value, Demo.Today.AddDays(days), key);

        Assert.Contains(says, visitor.Text(".errors"));
        Assert.Contains(says, visitor.Text($"#{field}-e"));
        if (key == "answer.wd")
            Assert.Equal(value, visitor.Value("value"));
        Assert.Equal(1, await CountAsync(running, key));
    }

    [Fact]
    public async Task AValueSetMeanwhile_MakesThePreviewStale()
    {
        await using var running = new Running();
        var slow = new Visitor(await running.BrowserOfAsync("qujingban"));
        var quick = new Visitor(await running.BrowserOfAsync("admin"));
        await SetAsync(slow, District, "20", Demo.Today);
        await SetAsync(quick, District, "25", Demo.Today);
        await quick.PressAsync("do=apply");

        await slow.PressAsync("do=apply");

        Assert.Contains("没有保存", slow.Text(".errors"));
        Assert.Contains("25 个工作日", slow.Text("tbody"));
        Assert.Equal(2, await CountAsync(running));
    }

    [Fact]
    public async Task Schools_ReadTheirOwnAndSetNothing()
    {
        await using var running = new Running();
        var visitor = new Visitor(await running.BrowserOfAsync("mishu"));

        await visitor.GoAsync("/help");
        Assert.Contains(
            "/admin/parameters",
            visitor.Page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href"))
        );
        await visitor.GoAsync("/admin/parameters");
        Assert.Contains("云溪中学", visitor.Text("h2"));
        Assert.Empty(visitor.Page.QuerySelectorAll("a[href='/admin']"));
        Assert.Equal(
            ["云溪中学", "云溪区教育工会"],
            visitor.Page.QuerySelectorAll("#f-organisation option").Select(o => o.TextContent)
        );
        await visitor.GoAsync($"{Page}?organisation={School}");
        Assert.Contains("只能查看", visitor.Text(".notice"));
        Assert.Empty(visitor.Page.QuerySelectorAll("main form"));
        await visitor.GoAsync($"{Page}?organisation={DemoDistrict.OrganisationId("YXXX")}");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }

    [Theory]
    [InlineData("qujingban", "system")]
    [InlineData("quzhuxi", null)]
    [InlineData("mishu", null)]
    public async Task WhoMayNot_SetsNothingByAForgedForm(string login, string? scope)
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync(login);
        // Any form of the site has the token that keeps strangers out.
        var page = await Running.PageAsync(await browser.GetAsync(Page));
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        await browser.PostAsync(
            Page,
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = token,
                    ["scope"] = scope ?? School.ToString(),
                    ["value"] = "20",
                    ["validFrom"] = Dates.Machine(Demo.Today),
                    ["seen"] = "1",
                    ["do"] = "apply",
                }
            )
        );

        Assert.Equal(1, await CountAsync(running));
    }

    private static async Task SetAsync(
        Visitor visitor,
        Guid scope,
        string value,
        DateOnly from,
        string key = "answer.wd"
    )
    {
        await visitor.GoAsync($"/admin/parameters/{key}?organisation={scope}");
        await visitor.PressAsync(
            "do=preview",
            ("scope", scope.ToString()),
            ("value", value),
            ("validFrom", Dates.Machine(from))
        );
    }

    private static async Task<int> CountAsync(Running running, string key = "answer.wd")
    {
        var count = 0;
        await running.InDatabaseAsync(async db => count = await db.Set<Parameter>().CountAsync(p => p.Key == key));
        return count;
    }
}

using System.Net;
using EduUnion.Domain.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Pages;

public sealed class PeoplePagesTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");

    [Theory]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("qujingban", HttpStatusCode.Forbidden)]
    [InlineData("xiaozhuxi", HttpStatusCode.Forbidden)]
    public async Task PeopleAndOffices_AreTheAdministratorsAlone(string login, HttpStatusCode expected)
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync(login);

        foreach (
            var page in new[]
            {
                "/admin/people",
                "/admin/people/new",
                "/admin/people/import",
                $"/admin/people/{DemoDistrict.MemberId("mishu")}",
                "/admin/offices",
                $"/admin/offices/grant?organisation={School}",
            }
        )
            Assert.Equal(expected, (await browser.GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task AMember_IsAdded_GetsAnAccount_AndIsLockedOutAtOnce()
    {
        await using var running = new Running();
        var admin = await Visitor.OfAsync(running, "admin");

        await admin.GoAsync("/admin/people/new");
        await admin.PressAsync("保存", ("name", "祁连山"), ("email", "qilian"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Status);
        Assert.Equal("祁连山", admin.Value("name"));
        Assert.Contains("邮箱地址", admin.Text("#email-e"));
        await admin.PressAsync(
            "保存",
            ("name", "祁连山"),
            ("email", "qilian@yunxi.example"),
            ("organisation", School.ToString())
        );
        var place = admin.Path;
        await admin.PressAsync("do=account", ("userName", "mishu"));
        Assert.Contains("已被使用", admin.Text("#userName-e"));
        await admin.PressAsync("do=account", ("userName", "qilian"));
        var password = admin.Text(".notice code");

        Assert.Matches("^[A-Za-z2-9]{4}(-[A-Za-z2-9]{4}){2}$", password);
        Assert.Equal("", (await admin.GoAsync(place)).Text(".notice code"));
        var member = running.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await Running.SubmitSignInAsync(member, "qilian", password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/")).StatusCode);

        await (await admin.GoAsync(place)).PressAsync("do=lock");

        Assert.Equal(HttpStatusCode.Redirect, (await member.GetAsync("/")).StatusCode);
        var refused = await Running.PageAsync(await Running.SubmitSignInAsync(running.Browser(), "qilian", password));
        Assert.Contains("账号已停用", refused.QuerySelector(".errors")!.TextContent);
        await admin.PressAsync("do=unlock");
        await admin.PressAsync("do=reset");
        Assert.NotEqual(password, admin.Text(".notice code"));
        await admin.GoAsync("/admin/log");
        Assert.Contains("停用账号 祁连山", admin.Text("tbody tr"));
        Assert.DoesNotContain("qilian@", admin.Text("main"));
    }

    [Fact]
    public async Task TheOwnAccount_IsNotLocked()
    {
        await using var running = new Running();
        var admin = await Visitor.OfAsync(running, "admin");

        await (await admin.GoAsync($"/admin/people/{DemoDistrict.MemberId("admin")}")).PressAsync("do=lock");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Status);
        Assert.Contains("自己的账号", admin.Text(".errors"));
    }

    [Fact]
    public async Task AnOffice_IsGivenEndedAndListed()
    {
        await using var running = new Running();
        var admin = await Visitor.OfAsync(running, "admin");
        var secretary = DemoDistrict.MemberId("mishu").ToString();

        await admin.GoAsync($"/admin/offices/grant?organisation={School}");
        await admin.PressAsync("授予职务", ("member", secretary), ("office", "DepartmentHead"));
        Assert.Contains("不设在", admin.Text("#at-e"));
        await admin.PressAsync("授予职务", ("member", secretary), ("office", "Presidium"));

        Assert.Contains("顾言之 主席团", admin.Text("tbody tr"));
        var id = Guid.Empty;
        await running.InDatabaseAsync(async db =>
            id = await db.Set<OfficeHolding>()
                .Where(h => h.MemberId == DemoDistrict.MemberId("mishu") && h.Office == Office.Presidium)
                .Select(h => h.Id)
                .SingleAsync()
        );
        await (await admin.GoAsync($"/admin/offices/{id}/end")).PressAsync("结束", ("until", "2026-03-01"));
        Assert.DoesNotContain("顾言之 主席团", admin.Text("tbody tr"));
        await admin.GoAsync($"/admin/offices?organisation={School}&show=past");
        Assert.Contains("未生效", admin.Text("tbody tr"));
    }

    [Fact]
    public async Task ARoster_IsLookedAtImportedAndExported()
    {
        await using var running = new Running();
        var admin = await Visitor.OfAsync(running, "admin");

        await admin.GoAsync("/admin/people/import");
        await admin.PressAsync("do=look", ("csv", "姓名,学历\n祁连山,本科"));
        Assert.Contains("单位", admin.Text(".errors"));
        await admin.PressAsync("do=look", ("csv", "姓名,单位\n=祁连山,云溪中学\n甲,无"));
        Assert.Contains("还没有保存", admin.Text(".notice"));
        await admin.PressAsync("do=apply");
        Assert.Contains("新增 1，更新 0，不变 0，未收 1", admin.Text(".notice"));

        await admin.GoAsync("/admin/people?q=祁连");
        await admin.PressAsync("导出本列表（CSV）");
        var text = admin.Text("body");
        Assert.Contains("'=祁连山,云溪中学", text);
        Assert.DoesNotContain("顾言之", text);
    }
}

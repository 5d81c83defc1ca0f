using System.Net;
using EduUnion.Host.Congresses;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Congresses;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Pages;

public sealed class CongressPagesTests
{
    private static readonly Guid Session = DemoDistrict.SessionId("YXZX");

    [Theory]
    [InlineData("mishu", HttpStatusCode.OK)]
    [InlineData("xiaozhuxi", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("xx-mishu", HttpStatusCode.NotFound)]
    [InlineData("daibiao1", HttpStatusCode.Forbidden)]
    [InlineData("qujingban", HttpStatusCode.Forbidden)]
    public async Task ACongress_IsKeptByItsSchool(string login, HttpStatusCode expected)
    {
        await using var running = new Running();
        var term = await RepresentativeTests.TermAsync(running);
        var browser = await running.BrowserOfAsync(login);

        foreach (
            var page in new[]
            {
                $"/congress?school={DemoDistrict.OrganisationId("YXZX")}",
                $"/congress/term/{term}",
                $"/congress/session/{Session}",
                $"/congress/session?term={term}",
                $"/congress/delegations/{term}",
                $"/congress/delegation?term={term}",
                $"/congress/representatives/{term}",
                $"/congress/representatives/{term}/import",
            }
        )
            Assert.Equal(expected, (await browser.GetAsync(page)).StatusCode);
    }

    [Theory]
    [InlineData("mishu", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("qujingban", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("jingshen", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.NotFound, HttpStatusCode.Forbidden)]
    [InlineData("xx-xiaozhuxi", HttpStatusCode.NotFound, HttpStatusCode.Forbidden)]
    public async Task AReport_IsReadByItsSchoolAndTheDistrict(string login, HttpStatusCode one, HttpStatusCode list)
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync(login);

        Assert.Equal(one, (await browser.GetAsync($"/congress/reports/{Session}/before")).StatusCode);
        Assert.Equal(list, (await browser.GetAsync("/congress/reports")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/congress/reports/{Session}/7")).StatusCode);
    }

    [Fact]
    public async Task ARunningWindow_IsMoved_AndItsDraftsSayso()
    {
        await using var running = new Running();
        var id = await new Bench(running).DraftAsync("改善教师午休场所");
        var secretary = await Visitor.OfAsync(running, "mishu");

        await secretary.GoAsync($"/congress/session/{Session}");
        await secretary.PressAsync("保存", ("collectionClosesOn", "2026-05-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, secretary.Status);
        Assert.Contains("开幕日之前截止", secretary.Text("#collectionClosesOn-e"));
        await secretary.PressAsync("保存", ("collectionClosesOn", "2026-03-20"));

        Assert.Contains("1 件提案的期限", secretary.Text(".notice"));
        var proposer = await (await Visitor.OfAsync(running, "daibiao1")).GoAsync($"/motions/{id}");
        Assert.Contains("顾言之 调整征集时间", proposer.Text("main"));
    }

    [Fact]
    public async Task AReport_IsPrepared_Warned_SentAndReadByTheDistrict()
    {
        await using var running = new Running();
        var page = $"/congress/reports/{Session}/before";
        var secretary = await Visitor.OfAsync(running, "mishu");
        (string, string)[] numbers = [("staff", "120"), ("representatives", "40"), ("teachers", "20"), ("women", "22")];

        await (await secretary.GoAsync(page)).PressAsync("do=save", numbers);
        Assert.Contains("草稿已保存", secretary.Text(".notice"));
        Assert.Contains("低于 60%", secretary.Text(".notice"));
        Assert.DoesNotContain("报送区教育工会", secretary.Text("main button"));
        var district = await (await Visitor.OfAsync(running, "qujingban")).GoAsync(page);
        Assert.DoesNotContain("120", district.Text("main dl"));

        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await (await chair.GoAsync(page)).PressAsync("do=submit");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, chair.Status);
        Assert.Equal("120", chair.Value("staff"));
        await chair.PressAsync("do=submit", ("agenda", "听取学校工作报告"));

        Assert.Contains("已报送", chair.Text(".notice"));
        Assert.DoesNotContain("保存草稿", chair.Text("main button"));
        await district.GoAsync(page);
        Assert.Contains("20 占 50.0%", district.Text("main dl"));
        await district.GoAsync($"/congress/reports?state={nameof(ReportStanding.Submitted)}");
        Assert.Contains("云溪中学", district.Text("tbody tr"));
    }

    [Fact]
    public async Task ResolutionRows_GrowWithoutScript_AndKeepWhatWasTyped()
    {
        await using var running = new Running();
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");

        await chair.GoAsync($"/congress/reports/{Session}/after");
        await chair.PressAsync("do=more", ("title", "方案"), ("for", "30"), ("agenda", "听取报告"));

        Assert.Equal("方案", chair.Value("t1"));
        Assert.Equal("听取报告", chair.Value("agenda"));
        Assert.NotNull(chair.Page.GetElementById("t4"));
    }
}

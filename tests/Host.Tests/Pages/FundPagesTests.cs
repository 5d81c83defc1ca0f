using System.Net;
using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Tests.Funds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Money by its pages, without script.</summary>
public sealed class FundPagesTests
{
    [Fact]
    public async Task Income_IsProposedByTheOfficer_AndCountsWhenTheChairApproves()
    {
        await using var running = new Running();
        var money = new DemoMoney(running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 1_000);
        await money.ClaimAsync(fund, "fuyi1", 3_000, "BF-1");

        var officer = await Visitor.OfAsync(running, "qujingban");
        await officer.GoAsync($"/funds/{fund}/propose");
        await officer.PressAsync(
            "申报收入、预算或调剂",
            ("kind", "Income"),
            ("amount", "两千"),
            ("text", "区总工会拨款")
        );
        Assert.Contains("请填写金额", officer.Text("#amount-e"));
        await officer.PressAsync("申报收入、预算或调剂", ("kind", "Income"), ("amount", "2,500.00"));
        Assert.StartsWith("/funds/orders/", officer.Path);
        Assert.DoesNotContain("批准入账", officer.Text("main button"));

        var chair = await Visitor.OfAsync(running, "quzhuxi");
        await chair.GoAsync(officer.Path);
        Assert.Contains("批准后为 3,500.00 元", chair.Text("main"));
        await chair.PressAsync("批准入账");
        Assert.Contains("没有等候的申请", chair.Text("#queue"));
        Assert.Contains("500.00", chair.Text(".counts"));
    }

    [Fact]
    public async Task AChangedForm_UnderTheKeyOfAnother_IsRefused_AndTheSameIsAnsweredOnce()
    {
        await using var running = new Running();
        var fund = await new DemoMoney(running).OpenFundAsync("GH", "困难职工帮扶金", 1_000);
        var officer = await Visitor.OfAsync(running, "qujingban");
        await officer.GoAsync($"/funds/{fund}/propose");
        var form = officer.Page;
        (string, string)[] first = [("kind", "Income"), ("amount", "5,000.00"), ("text", "区总工会拨款")];
        await officer.PressAsync("申报收入、预算或调剂", first);
        var order = officer.Path;

        officer.Back(form);
        await officer.PressAsync("申报收入、预算或调剂", first);
        Assert.Equal(order, officer.Path);
        officer.Back(form);
        await officer.PressAsync(
            "申报收入、预算或调剂",
            ("kind", "Income"),
            ("amount", "50,000.00"),
            ("text", "区总工会拨款")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, officer.Status);

        var proposed = 0;
        await running.InDatabaseAsync(async db =>
            proposed = await db.Set<FundOrder>().CountAsync(o => o.Kind == OrderKind.Income)
        );
        Assert.Equal(1, proposed);
    }

    [Fact]
    public async Task Correction_ShowsWhatTheFundHasAfterIt()
    {
        await using var running = new Running();
        var money = new DemoMoney(running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 1_000);
        var income = await money.ProposeAsync(fund, new(OrderKind.Income, Money.Yuan(400), "区总工会拨款"));
        var chair = await Visitor.OfAsync(running, "quzhuxi");
        await chair.GoAsync($"/funds/orders/{income}");
        Assert.Contains("批准后为 1,400.00 元", chair.Text("main"));
        await chair.PressAsync("批准入账");

        var correction = await money.ProposeAsync(
            fund,
            new(OrderKind.Correction, Money.Zero, "重复入账", CorrectsId: income)
        );
        await chair.GoAsync($"/funds/orders/{correction}");
        Assert.Contains("批准后为 1,000.00 元", chair.Text("main"));
    }

    [Fact]
    public async Task Claims_ArePaged_ThoughTheLastOneOfAPageHasMovedOn()
    {
        await using var running = new Running();
        var money = new DemoMoney(running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 90_000);
        var claims = new List<Guid>();
        for (var i = 0; i < 27; i++)
            claims.Add(await money.ClaimAsync(fund, "fuyi1", 10, $"BF-{i:00}"));
        var finance = await Visitor.OfAsync(running, "caiwu1");
        await finance.GoAsync("/payments/claims?state=Reserved");
        var next = finance.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var last = finance.Page.QuerySelectorAll("table.list tbody tr").Last().TextContent;
        var moved = Enumerable.Range(0, 27).First(i => last.Contains($"BF-{i:00}"));
        await money.MakeAsync(fund, claims[moved]);

        await finance.GoAsync(next);
        Assert.Equal(2, finance.Page.QuerySelectorAll("table.list tbody tr").Length);
    }

    [Fact]
    public async Task List_IsLookedAt_Made_ReleasedByAnother_AndReconciled()
    {
        await using var running = new Running();
        var money = new DemoMoney(running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 30_000);
        await money.ClaimAsync(fund, "fuyi1", 3_000, "BF-1");
        await money.ClaimAsync(fund, "fuyi2", 1_680, "BF-2");

        var maker = await Visitor.OfAsync(running, "caiwu1");
        await maker.GoAsync($"/payments/new?fund={fund}");
        await maker.PressAsync("核对合计");
        Assert.Contains("人民币肆仟陆佰捌拾元整", maker.Text(".kv"));
        await maker.PressAsync("制成清册");
        var list = maker.Path;
        Assert.Contains("待复核发出", maker.Text(".head"));
        Assert.DoesNotContain("确认发出", maker.Text("main button"));
        Assert.DoesNotContain(Cashbox.Account, maker.Text("main"));

        var releaser = await Visitor.OfAsync(running, "caiwu2");
        await releaser.GoAsync(list);
        Assert.Contains("不能撤回", releaser.Text("main"));
        await releaser.PressAsync("确认发出");
        Assert.Contains("已发出", releaser.Text(".head"));

        await maker.GoAsync(list + "/results");
        var answers =
            "付款编号,银行流水号,结果,原因\nGH2026-001-001,B1,成功,\nGH2026-001-002,B2,退回,户名不符\nGH2026-001-009,B3,成功,";
        await maker.PressAsync("do=look", ("csv", answers));
        Assert.Contains("清册中没有付款编号 GH2026-001-009", maker.Text("table"));
        Assert.Equal(0, await ResultsAsync(running));
        await maker.PressAsync("do=apply");
        Assert.Equal(2, await ResultsAsync(running));
        await maker.GoAsync(list + "/results");
        await maker.PressAsync("do=look", ("csv", answers));
        Assert.Contains("已登记过", maker.Text("table"));
        await maker.GoAsync(list);
        Assert.Contains("户名不符", maker.Text("table"));
    }

    [Theory]
    [InlineData("admin", HttpStatusCode.Forbidden)]
    [InlineData("daibiao1", HttpStatusCode.Forbidden)]
    [InlineData("mishu", HttpStatusCode.Forbidden)]
    [InlineData("jingshen", HttpStatusCode.OK)]
    public async Task Funds_AreForTheOfficesOfMoney(string login, HttpStatusCode status)
    {
        await using var running = new Running();
        var visitor = await Visitor.OfAsync(running, login);
        Assert.Equal(status, (await visitor.GoAsync("/funds")).Status);
        Assert.Equal(status, (await visitor.GoAsync("/payments")).Status);
    }

    [Fact]
    public async Task SchoolChair_SeesHisOwnPeoplesMoney_AndNoLists()
    {
        await using var running = new Running();
        var money = new DemoMoney(running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 30_000);
        var claim = await money.ClaimAsync(fund, "fuyi1", 3_000, "BF-1");
        var batch = await money.MakeAsync(fund, claim);

        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        Assert.Contains("BF-1", (await chair.GoAsync("/payments")).Text("table"));
        Assert.Equal(HttpStatusCode.NotFound, (await chair.GoAsync($"/funds/{fund}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await chair.GoAsync($"/payments/{batch}")).Status);
    }

    private static async Task<int> ResultsAsync(Running running)
    {
        var count = 0;
        await running.InDatabaseAsync(async db => count = await db.Set<PaymentResult>().CountAsync());
        return count;
    }
}

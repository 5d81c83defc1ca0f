using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.Funds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Every page about money, looked at by axe and on a small phone.</summary>
public sealed class FundBrowserTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN", "qujingban")]
    [InlineData("en", "qujingban")]
    [InlineData("zh-CN", "quzhuxi")]
    [InlineData("zh-CN", "caiwu1")]
    [InlineData("en", "caiwu1")]
    [InlineData("zh-CN", "caiwu2")]
    [InlineData("zh-CN", "xiaozhuxi")]
    [InlineData("en", "jingshen")]
    public async Task EveryPage_IsAccessibleAndFitsASmallPhone(string language, string login)
    {
        await using var running = new Running();
        var address = running.Listen();
        var pages = await PagesAsync(running, login);
        var page = await chromium.OpenAsAsync(address, login, 360, language);
        List<string> complaints = [];
        page.Console += (_, m) => complaints.Add(m.Text);
        page.PageError += (_, e) => complaints.Add(e);

        foreach (var path in pages)
        {
            var answer = await page.GotoAsync(path);
            Assert.True(answer!.Ok, $"{path} {answer.Status}");
            Assert.Empty(await page.AxeAsync(path));
            Assert.Equal("", await page.TooWideAsync());
        }
        Assert.Empty(complaints);
    }

    internal static async Task<IReadOnlyList<string>> PagesAsync(Running running, string login)
    {
        var money = new DemoMoney(running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 30_000);
        var other = await money.OpenFundAsync("JK", "一日捐", 12_000);
        var order = await money.ProposeAsync(fund, new(OrderKind.Income, Money.Yuan(5_000), "区总工会拨款"));
        var first = await money.ClaimAsync(fund, "fuyi1", 12_000, "BF-YXZX-2026-0001");
        var second = await money.ClaimAsync(fund, "fuyi2", 8_000, "BF-YXZX-2026-0002");
        var third = await money.ClaimAsync(fund, "daibiao1", 6_000, "BF-YXZX-2026-0003");
        await money.ClaimAsync(fund, "fuyi1", 3_000, "BF-YXZX-2026-0004");
        await money.ClaimAsync(fund, "fuyi2", 9_000, "BF-YXZX-2026-0005");
        var sent = await money.MakeAsync(fund, first, second);
        await money.ReleaseAsync(sent);
        await money.ResultAsync(sent, new BankResult(2, "GH2026-001-001", "20260302000117", false, "户名不符"));
        var made = await money.MakeAsync(fund, third);
        var line = await money.WithAsync<Host.Persistence.EduUnionDb, Guid>(db =>
            db.Set<PaymentLine>().Where(l => l.State == LineState.Sent).Select(l => l.Id).SingleAsync()
        );
        string[] read = ["/funds", $"/funds/{fund}", $"/funds/orders/{order}", "/payments", "/payments/claims"];
        string[] lists = [$"/payments/{sent}", $"/payments/{made}", $"/payments/{sent}/print"];
        return login switch
        {
            // Who neither pays nor audits reads no lists; /payments leads him to the amounts.
            "qujingban" => [.. read, "/funds/new", $"/funds/{fund}/propose", $"/funds/{fund}/limits"],
            "caiwu1" =>
            [
                .. read,
                .. lists,
                $"/payments/new?fund={fund}",
                $"/payments/new?fund={other}",
                $"/payments/{sent}/results",
                $"/payments/{sent}/lines/{line}",
            ],
            "quzhuxi" => read,
            "xiaozhuxi" => ["/funds", "/payments/claims"],
            _ => [.. read, .. lists],
        };
    }
}

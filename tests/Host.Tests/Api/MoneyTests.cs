using System.Net;
using System.Text;
using System.Text.Json;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.Seeds;
using EduUnion.Host.Sheets;
using EduUnion.Host.Tests.Funds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Api;

/// <summary>Funds and payments by the API.</summary>
public sealed class MoneyTests
{
    [Fact]
    public async Task Journey_FromTheFundToTheBanksAnswer()
    {
        await using var running = new Running();
        var money = new DemoMoney(running);
        var officer = await Client.OfAsync(running, "qujingban");
        var chair = await Client.OfAsync(running, "quzhuxi");
        var maker = await Client.OfAsync(running, "caiwu1");
        var releaser = await Client.OfAsync(running, "caiwu2");

        var fund = (
            await officer.PostAsync(
                "/api/funds",
                new
                {
                    organisationId = DemoDistrict.DistrictId,
                    year = 2026,
                    kind = "UnionMoney",
                    code = "GH",
                    name = "困难职工帮扶金",
                },
                "open"
            )
        ).GetProperty("id").GetGuid();
        var order = await officer.PostAsync(
            $"/api/funds/{fund}/income",
            new
            {
                amountFen = 3_000_000,
                text = "年初结余",
                opening = true,
            },
            "income"
        );
        Assert.Equal(
            order.GetRawText(),
            (
                await officer.PostAsync(
                    $"/api/funds/{fund}/income",
                    new
                    {
                        amountFen = 3_000_000,
                        text = "年初结余",
                        opening = true,
                    },
                    "income"
                )
            ).GetRawText()
        );
        var id = order.GetProperty("orderId").GetGuid();
        Assert.Equal(
            (403, "fund.not-yours"),
            await Client.RefusalAsync(await maker.SendAsync(HttpMethod.Post, $"/api/funds/orders/{id}/approve", null))
        );
        await chair.PostAsync($"/api/funds/orders/{id}/approve", null, "approve");

        var claim = await money.ClaimAsync(fund, "fuyi1", 3_000, "BF-1");
        var made = await maker.PostAsync("/api/payments/batches", new { fundId = fund, claims = new[] { claim } }, "m");
        var batch = made.GetProperty("batchId").GetGuid();
        Assert.Equal(
            (403, "payment.maker-releases"),
            await Client.RefusalAsync(
                await maker.SendAsync(HttpMethod.Post, $"/api/payments/batches/{batch}/release", null)
            )
        );
        Assert.Equal(
            (409, "payment.not-released"),
            await Client.RefusalAsync(
                await maker.SendAsync(HttpMethod.Post, $"/api/payments/batches/{batch}/file", null)
            )
        );
        await releaser.PostAsync($"/api/payments/batches/{batch}/release", null, "r");
        await releaser.PostAsync($"/api/payments/batches/{batch}/release", null, "r");
        var said = new[]
        {
            new
            {
                reference = "GH2026-001-001",
                bankReference = "B1",
                result = "paid",
            },
        };
        var dry = await maker.PostAsync(
            $"/api/payments/batches/{batch}/results",
            new { results = said, dryRun = true }
        );
        Assert.False(dry.GetProperty("applied").GetBoolean());
        await maker.PostAsync($"/api/payments/batches/{batch}/results", new { results = said }, "b");
        var again = await maker.PostAsync($"/api/payments/batches/{batch}/results", new { results = said });
        Assert.Equal("Repeats", again.GetProperty("lines")[0].GetProperty("effect").GetString());

        var shown = await maker.GetAsync($"/api/payments/batches/{batch}");
        Assert.Equal("人民币叁仟元整", shown.GetProperty("capitals").GetString());
        Assert.Equal(("Paid", "1234"), Line(shown));
        var entries = await maker.GetAsync($"/api/funds/{fund}/entries?limit=2");
        Assert.Equal(["Pay", "Send"], Kinds(entries));
        var rest = await maker.GetAsync($"/api/funds/{fund}/entries?after={entries.GetProperty("next").GetString()}");
        Assert.Equal(["Reserve", "Opening"], Kinds(rest));
        var fundNow = (await maker.GetAsync("/api/funds?year=2026")).GetProperty("items")[0];
        Assert.Equal(2_700_000, fundNow.GetProperty("availableFen").GetInt64());
        Assert.Equal(300_000, fundNow.GetProperty("paidFen").GetInt64());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task BankFile_HasAccountsAndTotals_AndIsRecorded(string format)
    {
        await using var running = new Running();
        var money = new DemoMoney(running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 30_000);
        var batch = await money.MakeAsync(
            fund,
            await money.ClaimAsync(fund, "fuyi1", 3_000, "BF-1"),
            await money.ClaimAsync(fund, "fuyi2", 1_680, "BF-2")
        );
        await money.ReleaseAsync(batch);
        var finance = await Client.OfAsync(running, "caiwu1");
        var answer = await finance.SendAsync(
            HttpMethod.Post,
            $"/api/payments/batches/{batch}/file?format={format}",
            null
        );
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var text = format == "csv" ? Encoding.UTF8.GetString(bytes) : Workbook.Text(bytes);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(Cashbox.Account, text);
        Assert.Contains("某银行云溪支行", text);
        Assert.Contains("4680", text);
        Assert.Contains("人民币肆仟陆佰捌拾元整", text);
        if (format == "csv")
            Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var auditor = await Client.OfAsync(running, "jingshen");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await auditor.SendAsync(HttpMethod.Post, $"/api/payments/batches/{batch}/file", null)).StatusCode
        );
        await running.InDatabaseAsync(async db =>
        {
            var row = await db.Set<BankFileRow>().SingleAsync();
            Assert.Equal((batch, DemoMoney.Member("caiwu1"), format), (row.BatchId, row.ById, row.Format));
            // Nothing of the account lies open in the database but its last digits.
            var payees = await db.Set<PaymentLine>()
                .Select(l => l.Payee)
                .Concat(db.Set<Claim>().Select(c => c.Payee))
                .ToListAsync();
            Assert.All(payees, p => Assert.DoesNotContain("6222", p));
        });
    }

    [Fact]
    public async Task WhoSeesNoMoney_IsRefused()
    {
        await using var running = new Running();
        var money = new DemoMoney(running);
        var fund = await money.OpenFundAsync("GH", "困难职工帮扶金", 30_000);
        foreach (var login in new[] { "admin", "daibiao1" })
        {
            var stranger = await Client.OfAsync(running, login);
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (await stranger.Http.GetAsync($"/api/funds/{fund}/entries")).StatusCode
            );
        }
        var chair = await Client.OfAsync(running, "xiaozhuxi");
        Assert.Equal(
            (404, "fund.unknown"),
            await Client.RefusalAsync(await chair.Http.GetAsync($"/api/funds/{fund}/entries"))
        );
        Assert.Equal(
            (404, "payment.batch-unknown"),
            await Client.RefusalAsync(await chair.Http.GetAsync($"/api/payments/batches/{Guid.NewGuid()}"))
        );
    }

    private static (string?, string?) Line(JsonElement batch)
    {
        var line = batch.GetProperty("lines")[0];
        return (line.GetProperty("state").GetString(), line.GetProperty("tail").GetString());
    }

    private static string?[] Kinds(JsonElement entries) =>
        [.. entries.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("kind").GetString())];
}

using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Funds;

/// <summary>Scenario 11 of the domain: over budget, and a bounce.</summary>
public sealed class ShortFundTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task OverBudgetAndBounce(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 30_000);
        var other = await box.OpenFundAsync("JK", 20_000);
        var cases = new List<Guid>();
        foreach (var (yuan, at) in new[] { 12_000, 10_000, 6_000, 6_000 }.Select((yuan, at) => (yuan, at)))
            cases.Add((await box.AskAsync(fund, box.Applicants[at], Money.Yuan(yuan))).Case);

        var last = (await box.ClaimAsync(cases[3]))!;
        Assert.Equal((ClaimState.Waiting, 1), (last.State, last.Place));
        Assert.Equal(Money.Yuan(2_000), (await box.FundAsync(fund)).Balances.Available);

        Cashbox.Ok(await box.OrderAsync(other, new(OrderKind.Transfer, Money.Yuan(5_000), "调剂预算", fund)));
        Assert.Equal(ClaimState.Reserved, (await box.ClaimAsync(cases[3]))!.State);
        Assert.Equal([SignalRow.FundReserved], await box.SignalsAsync(cases[3]));
        await box.CheckAsync();

        var claims = await ClaimsAsync(box, cases);
        var batch = Cashbox.Ok(await box.MakeAsync(fund, claims));
        Assert.Equal(("GH2026-001", 3_400_000, 4), (batch.Number, batch.TotalFen, batch.Lines));
        Cashbox.Ok(await box.ReleaseAsync(batch.BatchId));
        var said = Cashbox.Ok(
            await box.ResultAsync(
                batch.BatchId,
                new(2, "GH2026-001-001", "B1", true, ""),
                new(3, "GH2026-001-002", "B2", true, ""),
                new(4, "GH2026-001-003", "B3", false, "户名不符"),
                new(5, "GH2026-001-004", "B4", true, "")
            )
        );
        Assert.Equal(4, said.Changes);
        var bounced = (await box.ClaimAsync(cases[2]))!;
        Assert.Equal(
            (ClaimState.Bounced, LineState.Bounced, "户名不符"),
            (bounced.State, bounced.Line, bounced.BounceReason)
        );
        Assert.Equal(Money.Yuan(6_000), (await box.FundAsync(fund)).Balances.Reserved);
        Assert.Equal("payment.not-reserved", (await box.MakeAsync(fund, [claims[2]])).Refusal!.Code);

        Cashbox.Ok(
            await box.StepAsync(
                cases[2],
                book =>
                    book.CorrectAccountAsync(
                        cases[2],
                        "申请人三",
                        "某银行",
                        "6222020000005678",
                        box.Time.GetUtcNow(),
                        default
                    )
            )
        );
        var again = Cashbox.Ok(await box.MakeAsync(fund, [claims[2]]));
        Cashbox.Ok(await box.ReleaseAsync(again.BatchId));
        Cashbox.Ok(await box.ResultAsync(again.BatchId, new BankResult(2, "GH2026-002-001", "B5", true, "")));

        Assert.Equal((ClaimState.Paid, "5678"), await StandingAsync(box, cases[2]));
        Assert.Equal(
            [
                SignalRow.PaymentListed,
                SignalRow.PaymentSent,
                SignalRow.PaymentBounced,
                SignalRow.PaymentListed,
                SignalRow.PaymentSent,
                SignalRow.PaymentPaid,
            ],
            await box.SignalsAsync(cases[2])
        );
        // The ledger shows a reversal and a new entry, nothing deleted.
        var kinds = await box.ReadAsync(db =>
            db.Set<LedgerEntry>()
                .Where(e => e.ClaimId == claims[2])
                .OrderBy(e => e.Number)
                .Select(e => e.Kind)
                .ToListAsync()
        );
        Assert.Equal(
            [PostingKind.Reserve, PostingKind.Send, PostingKind.Reversal, PostingKind.Send, PostingKind.Pay],
            kinds
        );
        await box.CheckAsync();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Reserve_SaysWhatStandsAgainstIt_AndHoldsNothing(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 30_000, new(PerPerson: Money.Yuan(8_000)));
        var who = box.Applicants[0];
        await box.AskAsync(fund, who, Money.Yuan(4_999));

        var (id, climbs) = await box.AskAsync(fund, who, new Money(2), sum => sum <= Money.Yuan(4_999));
        Assert.IsType<Reservation.Climbs>(climbs);
        Assert.Null(await box.ClaimAsync(id));
        var (_, beyond) = await box.AskAsync(fund, who, Money.Yuan(4_000));
        Assert.Equal("fund.ceiling-person", Assert.IsType<Reservation.Ceiling>(beyond).Why.Code);
        Assert.Equal(Money.Yuan(25_001), (await box.FundAsync(fund)).Balances.Available);
        Assert.Equal(
            Money.Yuan(4_999),
            await box.WithAsync<ClaimBook, Money>(b => b.CumulativeAsync(who, Cashbox.Year, default))
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Reserve_Again_SaysHowItStands(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 100);
        var (first, _) = await box.AskAsync(fund, box.Applicants[0], Money.Yuan(200));
        var (second, _) = await box.AskAsync(fund, box.Applicants[1], Money.Yuan(1));

        var said = await box.ReserveAsync(second, fund, box.Applicants[1], Money.Yuan(1));
        Assert.Equal(2, Assert.IsType<Reservation.Waiting>(said).Place);
        Assert.True(
            Cashbox.Ok(await box.StepAsync(first, b => b.ReleaseAsync(first, "撤回", box.Time.GetUtcNow(), default)))
        );
        said = await box.ReserveAsync(second, fund, box.Applicants[1], Money.Yuan(1));
        Assert.IsType<Reservation.Reserved>(said);
        Assert.False(
            Cashbox.Ok(await box.StepAsync(first, b => b.ReleaseAsync(first, "撤回", box.Time.GetUtcNow(), default)))
        );
        await box.CheckAsync();
    }

    private static async Task<List<Guid>> ClaimsAsync(Cashbox box, IEnumerable<Guid> cases)
    {
        var claims = new List<Guid>();
        foreach (var id in cases)
            claims.Add((await box.ClaimAsync(id))!.Id);
        return claims;
    }

    private static async Task<(ClaimState, string)> StandingAsync(Cashbox box, Guid caseId)
    {
        var claim = (await box.ClaimAsync(caseId))!;
        return (claim.State, claim.Tail);
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using EduUnion.Domain.Funds;

namespace EduUnion.Domain.Tests.Funds;

public sealed class FundTests
{
    private readonly Till _till = new();

    private Fund Fund => _till.Funds[0];

    [Fact]
    public void Entry_CannotBeChanged()
    {
        Assert.All(
            typeof(LedgerEntry).GetProperties(),
            p => Assert.Contains(typeof(IsExternalInit), p.SetMethod!.ReturnParameter.GetRequiredCustomModifiers())
        );
        Assert.Empty(typeof(LedgerEntry).GetFields(BindingFlags.Public | BindingFlags.Instance));
    }

    [Fact]
    public void Ask_ShortFund_Queues_AndNobodyIsOvertaken()
    {
        _till.Income(Fund, Money.Yuan(30_000));
        var (first, _) = _till.Ask(Fund, Money.Yuan(29_000), 1);
        var (second, _) = _till.Ask(Fund, Money.Yuan(5_000), 2);
        var (third, _) = _till.Ask(Fund, Money.Yuan(500), 3);

        Assert.Equal(
            [ClaimState.Reserved, ClaimState.Waiting, ClaimState.Waiting],
            [first.State, second.State, third.State]
        );
        Assert.Equal(Money.Yuan(1_000), Fund.Free);
        _till.Income(Fund, Money.Yuan(4_200));
        Assert.Equal([ClaimState.Reserved, ClaimState.Waiting], [second.State, third.State]);
        _till.Release(first);
        Assert.Equal(ClaimState.Reserved, third.State);
        Assert.Equal(Money.Yuan(28_700), Fund.Balances.Available);
    }

    [Fact]
    public void Ask_BeyondTheBudget_Waits_ThoughThereIsMoney()
    {
        _till.Income(Fund, Money.Yuan(1_000));
        _till.Allot(Fund, Money.Yuan(300));
        var (claim, _) = _till.Ask(Fund, Money.Yuan(301), 1);
        Assert.Equal(ClaimState.Waiting, claim.State);
        _till.Allot(Fund, Money.Yuan(1));
        Assert.Equal(ClaimState.Reserved, claim.State);
        Assert.Equal("fund.budget-committed", _till.Cut(Fund, new Money(1))!.Code);
    }

    [Theory]
    [InlineData(1_001, "fund.ceiling-payment")]
    [InlineData(601, "fund.ceiling-cause")]
    [InlineData(600, null)]
    public void Ask_BeyondALimitOfTheFund_IsRefused(long yuan, string? code)
    {
        Fund.Limits = new(Money.Yuan(1_000), Money.Yuan(3_000), Money.Yuan(1_000));
        _till.Income(Fund, Money.Yuan(30_000));
        _till.Ask(Fund, Money.Yuan(400), 1);
        Assert.Equal(code, _till.Ask(Fund, Money.Yuan(yuan), 1).Refused?.Code);
        Assert.Null(_till.Ask(Fund, Money.Yuan(1_000), 1, "accident").Refused);
    }

    [Fact]
    public void Ask_BeyondThePersonsYear_IsRefused_ButNotForAnother()
    {
        Fund.Limits = new(PerPerson: Money.Yuan(1_000));
        _till.Income(Fund, Money.Yuan(30_000));
        var (claim, _) = _till.Ask(Fund, Money.Yuan(900), 1);
        Assert.Equal("fund.ceiling-person", _till.Ask(Fund, Money.Yuan(101), 1, "accident").Refused!.Code);
        Assert.Null(_till.Ask(Fund, Money.Yuan(101), 2).Refused);
        _till.Release(claim);
        Assert.Null(_till.Ask(Fund, Money.Yuan(101), 1).Refused);
    }

    [Fact]
    public void Transfer_MovesMoney_AndThePermissionWhereThereIsABudget()
    {
        var to = _till.Funds[1];
        _till.Income(Fund, Money.Yuan(8_000));
        _till.Allot(Fund, Money.Yuan(6_000));
        _till.Allot(to, Money.Yuan(1_000));
        Assert.Equal("fund.short", _till.Transfer(Fund, to, Money.Yuan(6_001))!.Code);
        Assert.Equal("fund.same", _till.Transfer(Fund, Fund, Money.Yuan(1))!.Code);
        Assert.Null(_till.Transfer(Fund, to, Money.Yuan(5_000)));
        Assert.Equal((Money.Yuan(3_000), Money.Yuan(1_000)), (Fund.Balances.Available, Fund.Balances.Budget));
        Assert.Equal((Money.Yuan(5_000), Money.Yuan(6_000)), (to.Balances.Available, to.Balances.Budget));
    }

    [Theory]
    [InlineData(FundKind.UpperUnion, FundKind.UnionMoney, "fund.other-kind")]
    [InlineData(FundKind.Donation, FundKind.UnionMoney, "fund.other-kind")]
    [InlineData(FundKind.MutualAid, FundKind.Donation, "fund.other-kind")]
    [InlineData(FundKind.Donation, FundKind.Donation, null)]
    [InlineData(FundKind.UnionMoney, FundKind.Donation, null)]
    public void Transfer_OfSpecialPurposeMoney_StaysWithItsPurpose(FundKind kind, FundKind other, string? code)
    {
        var from = Fund.Open(_till.NextId(), Guid.Empty, 2026, kind, "AA", "资金");
        var to = Fund.Open(_till.NextId(), Guid.Empty, 2026, other, "BB", "资金");
        Assert.True(from.Receive(true, Money.Yuan(10), new Posting(Till.Start)).IsOk);
        Assert.Equal(code, from.Transfer(to, Money.Yuan(1), new Posting(Till.Start)).Refusal?.Code);
        Assert.Equal(code is null ? Money.Yuan(1) : Money.Zero, to.Balances.Available);
    }

    [Fact]
    public void Transfer_ToAnotherYear_IsRefused()
    {
        var next = Fund.Open(_till.NextId(), Guid.Empty, 2027, FundKind.UnionMoney, "GH", "工会经费");
        _till.Income(Fund, Money.Yuan(10));
        Assert.Equal("fund.other-year", _till.Transfer(Fund, next, Money.Yuan(1))!.Code);
        Assert.Equal(Money.Yuan(10), Fund.Balances.Available);
    }

    [Fact]
    public void Correct_TakesBackOnce_AndOnlyWhatIsStillFree()
    {
        _till.Income(Fund, Money.Yuan(100));
        var income = _till.Entries[0];
        var (claim, _) = _till.Ask(Fund, Money.Yuan(60), 1);
        Assert.Equal("fund.short", _till.Correct(income)!.Code);
        Assert.Equal("fund.not-reversible", _till.Correct(_till.Entry(Fund.Id, claim.ReservedBy))!.Code);
        _till.Release(claim);
        Assert.Null(_till.Correct(income));
        Assert.Equal("fund.corrected", _till.Correct(income)!.Code);
        Assert.Equal(Money.Zero, Fund.Balances.Available);
        Assert.Equal(1, _till.Entries[^1].Reverses);
    }

    [Fact]
    public void Order_IsApprovedBySomebodyElse_AndOnce()
    {
        var order = FundOrder
            .Propose(_till.NextId(), Fund.Id, OrderKind.Income, Money.Yuan(1), "一日捐", Till.Maker, Till.Start)
            .Value;
        Assert.Equal("fund.proposer-approves", order.Approve(Till.Maker, Till.Start)!.Code);
        Assert.Equal("form.required", order.Refuse(" ", Till.Releaser, Till.Start)!.Code);
        Assert.Null(order.Approve(Till.Releaser, Till.Start));
        Assert.Equal("fund.order-decided", order.Refuse("重复", Till.Releaser, Till.Start)!.Code);
    }

    [Theory]
    [InlineData(OrderKind.Income, 0, "x", false, "fund.amount")]
    [InlineData(OrderKind.Income, 1, " ", false, "form.required")]
    [InlineData(OrderKind.Transfer, 1, "x", false, "form.required")]
    [InlineData(OrderKind.Transfer, 1, "x", true, "fund.same")]
    public void Propose_Incomplete_IsRefused(OrderKind kind, long fen, string text, bool toItself, string code) =>
        Assert.Equal(
            code,
            FundOrder
                .Propose(
                    _till.NextId(),
                    Fund.Id,
                    kind,
                    new Money(fen),
                    text,
                    Till.Maker,
                    Till.Start,
                    toItself ? Fund.Id : null
                )
                .Refusal!.Code
        );
}

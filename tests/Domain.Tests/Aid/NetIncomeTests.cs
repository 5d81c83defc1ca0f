using CsCheck;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed class NetIncomeTests
{
    [Fact]
    public void Scenario9_IsReckonedAsWritten()
    {
        var net = NetIncome.Of(Content)!;
        Assert.Equal(new Money(96_667), net.Monthly);
        Assert.Equal(
            [
                new("income", "60,000.00 + 36,000.00", Money.Yuan(96_000)),
                new("spending", "61,200.00", Money.Yuan(61_200)),
                new("remainder", "96,000.00 − 61,200.00", Money.Yuan(34_800)),
                new("net", "(96,000.00 − 61,200.00) ÷ 12 ÷ 3", new Money(96_667)),
            ],
            net.Lines
        );
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(17, 1)]
    [InlineData(18, 2)]
    [InlineData(-5, 0)]
    [InlineData(-6, -1)]
    public void ItIsRoundedOnce_HalfUpAndAwayFromZeroBelow(long fen, long expected) =>
        Assert.Equal(new Money(expected), new NetIncome([new Money(fen)], [], 1).Monthly);

    [Fact]
    public void AnIncomeThatIsNotSaidYet_GivesNone()
    {
        Assert.Null(NetIncome.Of(Content with { Incomes = [] }));
        Assert.Null(NetIncome.Of(Content with { Members = [Content.Members[0] with { YearlyIncome = null }] }));
    }

    [Fact]
    public void AHouseholdOfOne_WithoutSpending_IsAHouseholdToo()
    {
        var net = NetIncome.Of(Content with { Members = [], Spending = [] })!;
        Assert.Equal(Money.Yuan(5_000), net.Monthly);
        Assert.Equal(new ArithmeticLine("spending", "0.00", Money.Zero), net.Lines[1]);
    }

    [Fact]
    public void TheResult_IsNearerThanHalfAFenToTheTruth() =>
        Gen.Select(Gen.Long[0, 100_000_000_00], Gen.Long[0, 100_000_000_00], Gen.Int[1, 21])
            .Sample(
                (income, spending, members) =>
                {
                    var net = new NetIncome([new Money(income)], [new Money(spending)], members);
                    var truth = (decimal)(income - spending) / 12 / members;
                    return Math.Abs(net.Monthly.Fen - truth) <= 0.5m;
                }
            );
}

using EduUnion.Domain.Funds;

namespace EduUnion.Domain.Tests.Funds;

public sealed class CapitalAmountTests
{
    [Theory]
    [InlineData(0, "人民币零元整")]
    [InlineData(1, "人民币壹分")]
    [InlineData(30, "人民币叁角整")]
    [InlineData(100, "人民币壹元整")]
    [InlineData(105, "人民币壹元零伍分")]
    [InlineData(1_000, "人民币壹拾元整")]
    [InlineData(500_001, "人民币伍仟元零壹分")]
    [InlineData(168_032, "人民币壹仟陆佰捌拾元叁角贰分")]
    [InlineData(140_950, "人民币壹仟肆佰零玖元伍角整")]
    [InlineData(3_000_000, "人民币叁万元整")]
    [InlineData(600_714_000, "人民币陆佰万柒仟壹佰肆拾元整")]
    [InlineData(1_000_500, "人民币壹万零伍元整")]
    [InlineData(10_000_000_100, "人民币壹亿零壹元整")]
    [InlineData(10_001_000_000, "人民币壹亿零壹万元整")]
    [InlineData(12_345_678_912, "人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分")]
    public void Of_IsWhatVouchersBear(long fen, string capitals) =>
        Assert.Equal(capitals, CapitalAmount.Of(new Money(fen)));

    [Fact]
    public void Of_NegativeOrBeyondATrillion_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CapitalAmount.Of(new Money(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => CapitalAmount.Of(Money.Yuan(1_000_000_000_000)));
    }
}

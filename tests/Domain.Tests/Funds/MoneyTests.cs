namespace EduUnion.Domain.Tests.Funds;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData(" 5000 ", 500_000L)]
    [InlineData("5,000.01", 500_001L)]
    [InlineData("1,234,567.8", 123_456_780L)]
    [InlineData("0.5", 50L)]
    public void Parse_WhatPeopleType(string typed, long fen) => Assert.Equal(fen, Money.Parse(typed)!.Value.Fen);

    // A decimal comma is no thousands separator: half a million would be paid instead of five thousand.
    [Theory]
    [InlineData("5000,01")]
    [InlineData("1,5")]
    [InlineData("50,00")]
    [InlineData(",500")]
    [InlineData("5000.001")]
    [InlineData("-1")]
    [InlineData("两千")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("99999999999999999999999999999999")]
    public void Parse_WhatIsNoAmount_IsNull(string? typed) => Assert.Null(Money.Parse(typed));
}

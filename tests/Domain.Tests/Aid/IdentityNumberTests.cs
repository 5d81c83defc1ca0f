using CsCheck;
using EduUnion.Domain.Aid;

namespace EduUnion.Domain.Tests.Aid;

public sealed class IdentityNumberTests
{
    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("11010519491231002x")]
    [InlineData(" 110105 19491231 002X ")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    public void TheStandardsOwnExample_IsANumber(string typed)
    {
        var number = IdentityNumber.Parse(typed)!.Value;
        Assert.Equal("11010519491231002X", number.Value);
        Assert.Equal(new DateOnly(1949, 12, 31), number.BirthDate);
        Assert.True(number.IsFemale);
        Assert.Equal("1****************X", number.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("110105491231002")]
    [InlineData("110105194912310021")]
    [InlineData("11010519491231002XX")]
    [InlineData("1101051949123100AX")]
    public void AnythingElse_IsNone(string? typed) => Assert.Null(IdentityNumber.Parse(typed));

    [Theory]
    [InlineData("11010519490229002")]
    [InlineData("11010519491331002")]
    [InlineData("11010518991231002")]
    public void ADayOfBirthThatIsNone_IsRefusedWhateverItsCheck(string digits) =>
        Assert.Null(IdentityNumber.Parse(Given.Number(digits)));

    private static readonly Gen<string> Digits = Gen.Select(
        Gen.Int[110000, 659999],
        Gen.Int[0, 40_000],
        Gen.Int[0, 999],
        (region, day, sequence) => $"{region}{new DateOnly(1910, 1, 1).AddDays(day):yyyyMMdd}{sequence:000}"
    );

    [Fact]
    public void TheCheckCharacter_IsIsos() => Digits.Sample(d => IdentityNumber.Parse(Given.Number(d)) is not null);

    [Fact]
    public void OneWrongDigit_IsAlwaysFound() =>
        Gen.Select(Digits, Gen.Int[0, 16], Gen.Int[1, 9])
            .Sample(
                (digits, at, by) =>
                {
                    var number = Given.Number(digits).ToCharArray();
                    number[at] = (char)('0' + (number[at] - '0' + by) % 10);
                    return IdentityNumber.Parse(new string(number)) is null;
                }
            );
}

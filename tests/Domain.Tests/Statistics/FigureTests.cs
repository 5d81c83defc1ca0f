using EduUnion.Domain.Statistics;

namespace EduUnion.Domain.Tests.Statistics;

public sealed class FigureTests
{
    [Theory]
    [InlineData(0, 0, "—")]
    [InlineData(0, 3, "0.0%")]
    [InlineData(3, 3, "100.0%")]
    [InlineData(2, 3, "66.7%")]
    [InlineData(1, 3, "33.3%")]
    [InlineData(1, 16, "6.3%")] // 6.25, half up and not to even
    [InlineData(3, 16, "18.8%")] // 18.75
    [InlineData(1, 2000, "0.1%")] // 0.05
    [InlineData(1, 2001, "0.0%")]
    [InlineData(70, 95, "73.7%")]
    public void Rates_HaveOneDecimalRoundedHalfUp(int numerator, int denominator, string value) =>
        Assert.Equal(value, Figure.Write(numerator, denominator, ratio: false));

    [Theory]
    [InlineData(0, 0, "—")]
    [InlineData(95, 228, "0.4")]
    [InlineData(5, 4, "1.3")] // 1.25
    [InlineData(3, 1, "3.0")]
    public void ACountAHead_IsNoPercentage(int numerator, int denominator, string value) =>
        Assert.Equal(value, Figure.Write(numerator, denominator, ratio: true));

    [Fact]
    public void WithoutMotions_EveryFigureIsADash()
    {
        var nothing = MotionStatistics.Of([], [], Told.Today);

        Assert.Equal(Enum.GetValues<FigureKind>(), nothing.Figures.Select(f => f.Kind));
        Assert.All(nothing.Figures, f => Assert.Equal("0/0 —", nothing.Says(f.Kind)));
        Assert.Equal(Enum.GetValues<TallyKind>(), nothing.Tallies.Select(t => t.Kind));
        Assert.All(nothing.Tallies, t => Assert.Equal(0, t.Sample.Count));
    }
}

using EduUnion.Workflows.Clocks;

namespace EduUnion.Workflows.Tests.Clocks;

public class PeriodShareTests
{
    [Theory]
    [InlineData(30, 10)]
    [InlineData(20, 7)]
    [InlineData(1, 1)]
    public void Of_RoundsUp(int workdays, int share) => Assert.Equal(share, PeriodShare.Of(workdays, 1, 3));

    [Theory]
    [InlineData(10, 4, 6)]
    [InlineData(10, 8, 3)]
    [InlineData(10, 15, 3)]
    public void Rest_IsAtLeastThreeDays(int share, int used, int rest) =>
        Assert.Equal(rest, PeriodShare.Rest(share, used));
}

using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using static EduUnion.Domain.Tests.Statistics.Told;

namespace EduUnion.Domain.Tests.Statistics;

/// <summary>Forms are counted by lead proposer, the latest returned one.</summary>
public sealed partial class MotionStatisticsTests
{
    [Fact]
    public void Satisfaction_CountsReturnedForms()
    {
        var counted = Counted(
            Answered(1).Rated(Satisfaction.Satisfied, Satisfaction.Dissatisfied),
            Answered(2).Rated(Satisfaction.Basic),
            Answered(3).Rated(Satisfaction.Dissatisfied, Satisfaction.Satisfied),
            Answered(4).Lapsed(),
            Answered(5).Asked(),
            Handled(6, Part(6))
        );

        Assert.Equal("3/5 60.0%", counted.Says(FigureKind.Feedback));
        Assert.Equal("2/3 66.7%", counted.Says(FigureKind.Satisfaction));
        Assert.Equal("1/3 33.3%", counted.Says(FigureKind.FullSatisfaction));
        Assert.Equal("2/3 66.7%", counted.Says(FigureKind.MannerSatisfaction));
        Assert.Equal([Id(2), Id(3)], counted[FigureKind.MannerSatisfaction].Numerator.Motions);
        Assert.Equal([Id(4)], counted[TallyKind.Lapsed].Motions);
    }

    [Fact]
    public void EveryLeadProposerOfAGroup_HasAFormOfHisOwn()
    {
        var main = Answered(1).Rated(Satisfaction.Satisfied);
        var counted = Counted(main, Received(2).Following(main).Rated(Satisfaction.Dissatisfied));

        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.Reply));
        Assert.Equal("2/2 100.0%", counted.Says(FigureKind.Feedback));
        Assert.Equal("1/2 50.0%", counted.Says(FigureKind.Satisfaction));
    }

    [Fact]
    public void ASecondForm_ReplacesTheFirstWhenItIsReturned()
    {
        var first = Answered(1).Rated(Satisfaction.Dissatisfied);
        var asked = Counted(first.Asked());
        var content = Counted(first.Rated(Satisfaction.Basic));

        Assert.Equal("1/1 100.0%", asked.Says(FigureKind.Feedback));
        Assert.Equal("0/1 0.0%", asked.Says(FigureKind.Satisfaction));
        Assert.Equal("1/1 100.0%", content.Says(FigureKind.Satisfaction));
        Assert.Equal("0/1 0.0%", content.Says(FigureKind.FirstSatisfaction));
        Assert.Equal("0/1 0.0%", Counted(first.Lapsed()).Says(FigureKind.Satisfaction));
    }

    [Fact]
    public void ACorrection_CountsFromItsDayOn()
    {
        var motion = Answered(1).Rated(Satisfaction.Dissatisfied);
        var corrected = motion with
        {
            Forms =
            [
                motion.Forms[0] with
                {
                    Corrected = new(Day(4, 22), Satisfaction.Satisfied, Satisfaction.Satisfied),
                },
            ],
        };

        Assert.Equal("1/1 100.0%", Counted(corrected).Says(FigureKind.FirstSatisfaction));
        Assert.Equal("0/1 0.0%", MotionStatistics.Of([corrected], [], Day(4, 21)).Says(FigureKind.Satisfaction));
    }

    [Fact]
    public void WhereTheParameterSaysSo_ALapsedFormSatisfies()
    {
        var counted = Counted(
            Answered(1).Lapsed() with
            {
                LapseSatisfies = true,
            },
            Answered(2).Rated(Satisfaction.Dissatisfied).Lapsed() with
            {
                LapseSatisfies = true,
            },
            Answered(3).Lapsed()
        );

        Assert.Equal("2/2 100.0%", counted.Says(FigureKind.FullSatisfaction));
        Assert.Equal("1/2 50.0%", counted.Says(FigureKind.FirstSatisfaction));
        // It was not returned for all that.
        Assert.Equal("1/3 33.3%", counted.Says(FigureKind.Feedback));
    }

    [Fact]
    public void FormsOfAWithdrawnMotionOrAnOpinion_AreNotCounted()
    {
        var gone = Answered(1).Rated(Satisfaction.Satisfied) with { WithdrawnOn = Day(4, 30) };

        Assert.Equal("0/0 —", Counted(gone).Says(FigureKind.Satisfaction));
        Assert.Equal("1/1 100.0%", MotionStatistics.Of([gone], [], Day(4, 29)).Says(FigureKind.Satisfaction));
    }
}

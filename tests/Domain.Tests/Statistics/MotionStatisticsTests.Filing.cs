using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using static EduUnion.Domain.Tests.Statistics.Told;

namespace EduUnion.Domain.Tests.Statistics;

/// <summary>What is submitted, filed, merged, converted, rejected and withdrawn.</summary>
public sealed partial class MotionStatisticsTests
{
    [Fact]
    public void Filing_LeavesOutWhatWasWithdrawnBefore()
    {
        var counted = Counted(
            FiledOne(1),
            FiledOne(2),
            Received(3),
            Received(4) with
            {
                RejectedOn = Day(3, 10),
            },
            Received(5) with
            {
                WithdrawnOn = Day(3, 5),
            }
        );

        Assert.Equal("2/4 50.0%", counted.Says(FigureKind.Filing));
        Assert.Equal(5, counted[TallyKind.Submitted].Count);
        Assert.Equal([Id(5)], counted[TallyKind.WithdrawnBeforeFiling].Motions);
        Assert.Equal([Id(4)], counted[TallyKind.Rejected].Motions);
        Assert.Equal(2, counted[TallyKind.Cases].Count);
    }

    [Fact]
    public void WithdrawnAfterFiling_StaysFiledAndIsNoCase()
    {
        var counted = Counted(Answered(1), FiledOne(2) with { WithdrawnOn = Day(3, 20) });

        Assert.Equal("2/2 100.0%", counted.Says(FigureKind.Filing));
        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.Reply));
        Assert.Equal("0/2 0.0%", counted.Says(FigureKind.Merging));
        Assert.Equal([Id(2)], counted[TallyKind.WithdrawnAfterFiling].Motions);
        Assert.Equal(0, counted[TallyKind.WithdrawnBeforeFiling].Count);
    }

    [Fact]
    public void AMergedGroup_IsOneCase()
    {
        var main = Answered(1);
        var counted = Counted(main, Received(2).Following(main), Received(3).Following(main), FiledOne(4));

        Assert.Equal("2/4 50.0%", counted.Says(FigureKind.Merging));
        Assert.Equal("1/2 50.0%", counted.Says(FigureKind.Reply));
        Assert.Equal([Id(1)], counted[FigureKind.Reply].Numerator.Motions);
        Assert.Equal([Id(2), Id(3)], counted[FigureKind.Merging].Numerator.Motions);
        Assert.Equal(4, counted[TallyKind.Filed].Count);
        Assert.Equal(2, counted[TallyKind.Cases].Count);
    }

    [Fact]
    public void WhenTheMainMotionIsWithdrawn_ItsFollowersAreStillOneCase()
    {
        var main = FiledOne(1) with { WithdrawnOn = Day(3, 20) };
        var counted = Counted(main, Received(2).Following(main), Received(3).Following(main));

        Assert.Equal([Id(2)], counted[TallyKind.Cases].Motions);
        Assert.Equal("1/3 33.3%", counted.Says(FigureKind.Merging));
    }

    [Fact]
    public void AFollowerThatWasWithdrawn_IsNotMergedAndHoldsNothingUp()
    {
        var main = Answered(1) with { ClosedOn = Day(5, 1) };
        var counted = Counted(main, Received(2).Following(main) with { WithdrawnOn = Day(3, 20) });

        Assert.Equal("0/2 0.0%", counted.Says(FigureKind.Merging));
        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.Closing));
    }

    [Fact]
    public void AnOpinion_IsConvertedAndNoCase()
    {
        var opinion = Handled(2, Part(2).Delivered(Day(4, 1))) with { FiledOn = null, OpinionOn = Day(3, 10) };
        var counted = Counted(FiledOne(1), opinion, Received(3));

        Assert.Equal("1/3 33.3%", counted.Says(FigureKind.Conversion));
        Assert.Equal("0/1 0.0%", counted.Says(FigureKind.Reply));
        Assert.Equal([Id(2)], counted[TallyKind.Opinions].Motions);
    }

    [Fact]
    public void AnOpinionWithdrawnAgain_IsWithdrawnAndConvertsNothing()
    {
        var gone = Received(1) with { OpinionOn = Day(3, 10), WithdrawnOn = Day(3, 12) };

        Assert.Equal("0/0 —", Counted(gone).Says(FigureKind.Conversion));
        Assert.Equal("1/1 100.0%", MotionStatistics.Of([gone], [], Day(3, 11)).Says(FigureKind.Conversion));
    }

    [Fact]
    public void AnEarlierDay_KnowsNothingOfWhatCameLater()
    {
        var motion = Answered(1).Rated(Satisfaction.Satisfied) with { ClosedOn = Day(5, 1) };
        string On(DateOnly day, FigureKind kind) => MotionStatistics.Of([motion], [], day).Says(kind);

        Assert.Equal("0/0 —", On(Day(2, 28), FigureKind.Filing));
        Assert.Equal("0/1 0.0%", On(Day(3, 9), FigureKind.Filing));
        Assert.Equal("1/1 100.0%", On(Day(3, 10), FigureKind.Filing));
        Assert.Equal("0/1 0.0%", On(Day(4, 16), FigureKind.Reply));
        Assert.Equal("0/0 —", On(Day(4, 16), FigureKind.OnTime));
        Assert.Equal("1/1 100.0%", On(Day(4, 17), FigureKind.OnTime));
        Assert.Equal("0/1 0.0%", On(Day(4, 17), FigureKind.Feedback));
        Assert.Equal("1/1 100.0%", On(Day(4, 20), FigureKind.Feedback));
        Assert.Equal("0/1 0.0%", On(Day(4, 30), FigureKind.Closing));
        Assert.Equal("1/1 100.0%", On(Day(5, 1), FigureKind.Closing));
    }

    [Fact]
    public void ByHead_OnlyRepresentativesInOfficeCount()
    {
        var motion = FiledOne(1) with { People = [Id(1001), Id(7), Id(8)] };
        Mandate[] mandates =
        [
            new(School, Session, Id(1001)),
            new(School, Session, Id(7)),
            new(School, Session, Id(9)),
            // In office for two sessions of one term: one head.
            new(School, Id(3), Id(9)),
        ];
        var counted = MotionStatistics.Of([motion, FiledOne(2)], mandates, Today);

        Assert.Equal("2/3 0.7", counted.Says(FigureKind.PerRepresentative));
        Assert.Equal("2/3 66.7%", counted.Says(FigureKind.Participation));
        Assert.Equal([Id(1)], counted[FigureKind.Participation].Numerator.Motions);
        Assert.Equal("2/0 —", MotionStatistics.Of([motion, FiledOne(2)], [], Today).Says(FigureKind.PerRepresentative));
    }
}

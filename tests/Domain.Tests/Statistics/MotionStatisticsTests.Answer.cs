using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using static EduUnion.Domain.Tests.Statistics.Told;

namespace EduUnion.Domain.Tests.Statistics;

/// <summary>What is answered, when, after which talk and of which class.</summary>
public sealed partial class MotionStatisticsTests
{
    [Fact]
    public void OnTime_CountsTheLastDayItselfAndNotTheNext()
    {
        var counted = Counted(
            Handled(1, Part(1).Delivered(Due)),
            Handled(2, Part(2).Delivered(Due.AddDays(1))),
            Handled(3, Part(3)),
            Handled(4, Part(4) with { Due = new(Day(12, 1), Day(12, 1)) }),
            FiledOne(5)
        );

        Assert.Equal("2/5 40.0%", counted.Says(FigureKind.Reply));
        Assert.Equal("2/3 66.7%", counted.Says(FigureKind.DueReply));
        Assert.Equal("1/3 33.3%", counted.Says(FigureKind.OnTime));
        Assert.Equal([Id(3)], counted[TallyKind.Overdue].Motions);
    }

    [Fact]
    public void OnTheLastDay_WhatIsNotAnsweredYetIsDue()
    {
        var open = Handled(1, Part(1));

        Assert.Equal("0/0 —", MotionStatistics.Of([open], [], Due.AddDays(-1)).Says(FigureKind.OnTime));
        Assert.Equal("0/1 0.0%", MotionStatistics.Of([open], [], Due).Says(FigureKind.OnTime));
    }

    [Fact]
    public void AnExtension_MovesTheDayAndTheOriginalIsStillTold()
    {
        var extended = new AnswerDue(Day(10, 12), Day(10, 26), ExtendedOn: Day(9, 30));
        var motion = Handled(1, (Part(1) with { Due = extended }).Delivered(Day(10, 20)));
        var counted = MotionStatistics.Of([motion], [], Day(11, 1));

        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.OnTime));
        Assert.Equal("0/1 0.0%", counted.Says(FigureKind.OnTimeOriginal));
        // On 13 October the old day has passed and the new one has not.
        Assert.Equal("0/0 —", MotionStatistics.Of([motion], [], Day(10, 13)).Says(FigureKind.OnTime));
        Assert.Equal(Day(10, 12), extended.Effective(Day(9, 29)));
        Assert.Equal(Day(10, 26), extended.Effective(Day(9, 30)));
    }

    [Fact]
    public void APeriodThatStandsStill_IsNotDue()
    {
        var held = Handled(1, Part(1) with { Due = null });

        Assert.Equal("0/0 —", Counted(held).Says(FigureKind.OnTime));
        Assert.Equal(
            "1/1 100.0%",
            Counted(held with { Parts = [held.Parts[0].Delivered(Today)] }).Says(FigureKind.OnTime)
        );
    }

    [Fact]
    public void SeveralHosts_AreOneCaseAnsweredWhenAllAre()
    {
        var late = Handled(1, Part(1).Delivered(Due), Part(2, Teaching) with { Due = new(Day(12, 1), Day(12, 1)) });
        var slow = Handled(3, Part(3).Delivered(Due.AddDays(2)), Part(4, Teaching).Delivered(Due));
        var counted = Counted(late, slow);

        Assert.Equal("1/2 50.0%", counted.Says(FigureKind.Reply));
        // The first one's second host has time left; the other one's first host was late.
        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.DueReply));
        Assert.Equal("0/1 0.0%", counted.Says(FigureKind.OnTime));
    }

    [Fact]
    public void OneHostOfSeveral_AnswersForHisOwnPart()
    {
        var motion = Handled(1, Part(1).Delivered(Due), Part(2, Teaching)).Rated(Satisfaction.Satisfied);
        var whole = Counted(motion, Answered(3));

        Assert.Equal("1/2 50.0%", whole.Says(FigureKind.OnTime));
        Assert.Equal("2/2 100.0%", whole.OfHost(Logistics).Says(FigureKind.OnTime));
        Assert.Equal("0/1 0.0%", whole.OfHost(Teaching).Says(FigureKind.OnTime));
        Assert.Equal("0/0 —", whole.OfHost(Teaching).Says(FigureKind.Filing));
        Assert.Equal("1/1 100.0%", whole.OfHost(Teaching).Says(FigureKind.Satisfaction));
        Assert.Equal([Logistics, Teaching], whole.Hosts);
    }

    [Fact]
    public void APersonalMeeting_IsMoreThanACall()
    {
        var counted = Counted(
            Answered(1),
            Handled(2, Part(2).Delivered(Due) with { Contacts = ["phone"] }),
            Handled(3, Part(3).Delivered(Due) with { Contacts = ["phone", "visit"] }),
            Handled(4, Part(4).Delivered(Due) with { Contacts = [] }),
            Handled(5, Part(5) with { Contacts = ["meeting"] })
        );

        Assert.Equal("2/4 50.0%", counted.Says(FigureKind.FaceToFace));
        Assert.Equal("3/4 75.0%", counted.Says(FigureKind.Contact));
    }

    [Fact]
    public void TheClassOfACase_IsThatOfItsWorstAnswer()
    {
        var counted = Counted(
            Answered(1),
            Handled(2, Part(2).Delivered(Due, AnswerClass.B, 1), Part(3, Teaching).Delivered(Due)),
            Handled(4, Part(4).Delivered(Due), Part(5, Teaching).Delivered(Due, AnswerClass.C)),
            Handled(6, Part(6).Delivered(Due, AnswerClass.D)),
            Handled(7, Part(7))
        );

        Assert.Equal("2/4 50.0%", counted.Says(FigureKind.Adoption));
        Assert.Equal("1/2 50.0%", counted.Says(FigureKind.Implementation));
        Assert.Equal("1/5 20.0%", counted.Says(FigureKind.ImplementationOfAll));
    }

    [Fact]
    public void Kept_IsWhatHasAllItsItemsVerified()
    {
        MotionFacts B(int id, int promised) => Handled(id, Part(id).Delivered(Due, AnswerClass.B, promised));
        var counted = Counted(
            B(1, 2).Promised(Day(8, 31), Day(9, 2)),
            B(2, 2).Promised(Day(8, 31), null),
            B(3, 1),
            Handled(4, Part(4).Delivered(Due, AnswerClass.A, 1)),
            Handled(5, Part(5).Delivered(Due, AnswerClass.A, 1)).Promised(Day(9, 29)),
            Answered(6)
        );

        Assert.Equal("3/6 50.0%", counted.Says(FigureKind.Implementation));
        Assert.Equal([Id(1), Id(5), Id(6)], counted[FigureKind.Implementation].Numerator.Motions);
        Assert.Equal(
            "—",
            Counted(Handled(1, Part(1).Delivered(Due, AnswerClass.C))).Says(FigureKind.Implementation)[4..]
        );
    }

    [Fact]
    public void AFollowersCopyOfThePromise_IsKeptWithTheMains()
    {
        var main = Handled(1, Part(1).Delivered(Due, AnswerClass.B, 1)).Promised(Day(8, 31));

        var follower = Received(2).Following(main);

        Assert.Equal("1/1 100.0%", Counted(main, follower).Says(FigureKind.Implementation));
        Assert.Equal("1/1 100.0%", Counted(main, follower.Promised((DateOnly?)null)).Says(FigureKind.Implementation));
        Assert.Equal("0/1 0.0%", Counted(main.Promised((DateOnly?)null), follower).Says(FigureKind.Implementation));
    }

    [Fact]
    public void HandledAgain_TheNewAnswerStandsWhenItIsThere()
    {
        var first = Part(1).Delivered(Day(4, 17), AnswerClass.C);
        var again = Part(1, round: 2) with { AssignedOn = Day(5, 1) };
        var open = Handled(1, first, again);
        var done = Handled(1, first, again.Delivered(Day(5, 20)));

        Assert.Equal("1/1 100.0%", Counted(open).Says(FigureKind.Rehandling));
        Assert.Equal("0/1 0.0%", Counted(open).Says(FigureKind.Adoption));
        Assert.Equal("1/1 100.0%", Counted(done).Says(FigureKind.Adoption));
        // The first answer decides whether it was on time.
        Assert.Equal("1/1 100.0%", Counted(done).Says(FigureKind.OnTime));
        Assert.Equal("0/1 0.0%", MotionStatistics.Of([done], [], Day(4, 30)).Says(FigureKind.Rehandling));
    }

    [Fact]
    public void AFollowerHandledAgain_IsARehandlingOfItsGroup()
    {
        var main = Answered(1);
        var follower = Received(2).Following(main);
        follower = follower with { Parts = follower.Parts.Add(Part(2, round: 2).Delivered(Day(5, 20), AnswerClass.D)) };
        var counted = Counted(main, follower);

        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.Rehandling));
        Assert.Equal("0/1 0.0%", counted.Says(FigureKind.Adoption));
    }

    [Fact]
    public void AGroup_IsClosedWhenAllOfItIs()
    {
        var main = Answered(1) with { ClosedOn = Day(5, 1) };
        var open = Received(2).Following(main);
        var dissent = open with { ClosedOn = Day(6, 1), IsDissent = true };

        Assert.Equal("0/1 0.0%", Counted(main, open).Says(FigureKind.Closing));
        Assert.Equal("1/1 100.0%", Counted(main, dissent).Says(FigureKind.Closing));
        Assert.Equal([Id(1)], Counted(main, dissent)[TallyKind.Dissent].Motions);
        Assert.Equal(0, Counted(main, open)[TallyKind.Dissent].Count);
    }

    [Fact]
    public void TheTimeToAnswer_IsThatOfTheLastHost()
    {
        var counted = Counted(
            Handled(1, Part(1).Delivered(Filed.AddDays(7)), Part(2, Teaching).Delivered(Filed.AddDays(8))),
            Handled(3, Part(3).Delivered(Filed)),
            Handled(4, Part(4).Delivered(Filed.AddDays(61))),
            Handled(5, Part(5))
        );

        Assert.Equal([Id(3)], counted[TallyKind.RepliedIn7].Motions);
        Assert.Equal([Id(1)], counted[TallyKind.RepliedIn15].Motions);
        Assert.Equal([Id(4)], counted[TallyKind.RepliedLater].Motions);
        Assert.Equal([Id(5)], counted[TallyKind.Unreplied].Motions);
    }
}

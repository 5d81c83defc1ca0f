using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using EduUnion.Domain.Tests.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Statistics;

/// <summary>Facts as they are read from the aggregate.</summary>
public sealed class MotionFactsTests
{
    private static readonly DateTimeOffset Later = Now.AddDays(40);

    [Fact]
    public void WhatWasNeverSubmitted_HasNoFacts()
    {
        var lapsed = Given.Cosigning();
        Ok(lapsed.Lapse(Minimum, Now));
        Ok(lapsed.AcceptConversion());
        lapsed.BecomeOpinion("T-YXZX-32-001", Now);

        Assert.Null(FactsOf(Given.Draft()));
        Assert.Null(FactsOf(Given.Cosigned()));
        Assert.Null(FactsOf(lapsed));
    }

    [Fact]
    public void AnAnsweredMotion_TellsDaysClassAndTalks()
    {
        var motion = Given.Accepted();
        Ok(motion.Meet(PartId, new(Clerk, Now, Today, "visit", null, "提案人", "同意。"), Today, Today));
        Ok(
            motion.DraftAnswer(
                PartId,
                AnswerClass.B,
                "列入计划。",
                null,
                [new("改造", "总务处", Today.AddDays(90))],
                Clerk,
                Now,
                Today
            )
        );
        motion.Deliver(PartId, Later);
        motion.Reply(Later);
        Ok(motion.Meet(PartId, new(Clerk, Later.AddDays(1), Today, "phone", null, "提案人", "回访。"), Today, Today));
        var due = new AnswerDue(Today.AddDays(30), Today.AddDays(45), Today.AddDays(20));

        var facts = MotionFacts.Of(motion, part => part == PartId ? due : null, null, false)!;

        Assert.Equal([Proposer, First, Second], facts.People);
        Assert.Equal((Today, Today), (facts.SubmittedOn, facts.FiledOn!.Value));
        var part = Assert.Single(facts.Parts);
        Assert.Equal((PartId, 1, Logistics), (part.Id, part.Round, part.HostId));
        Assert.Equal(
            (due, Today.AddDays(40), AnswerClass.B, 1),
            (part.Due, part.DeliveredOn, part.Class, part.Promised)
        );
        Assert.Equal(["visit"], part.Contacts);
        Assert.Equal(Today.AddDays(40), Assert.Single(facts.Forms).SentOn);
        var counted = MotionStatistics.Of([facts], [], Today.AddDays(60));
        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.OnTime));
        Assert.Equal("0/1 0.0%", counted.Says(FigureKind.OnTimeOriginal));
        Assert.Equal("0/1 0.0%", counted.Says(FigureKind.Implementation));
    }

    [Fact]
    public void ADraftedAnswer_TellsNothingYet()
    {
        var part = Assert.Single(FactsOf(Given.Drafted())!.Parts);

        Assert.Null(part.Class);
        Assert.Null(part.DeliveredOn);
    }

    [Fact]
    public void Withdrawals_TellTheirDay()
    {
        var before = Given.Submitted();
        Ok(before.Withdraw(null));
        var after = Given.Filed();
        Ok(after.AskWithdrawal("已解决。", Proposer, Now));
        after.EndByWithdrawal(Later);

        Assert.Equal(
            (Today.AddDays(40), null),
            (MotionFacts.Of(before, _ => null, Later, false)!.WithdrawnOn, FactsOf(before)!.FiledOn)
        );
        Assert.Equal("0/0 —", Counted(before).Says(FigureKind.Filing));
        Assert.Equal("1/1 100.0%", Counted(after).Says(FigureKind.Filing));
        Assert.Equal("0/0 —", Counted(after).Says(FigureKind.Reply));
    }

    [Fact]
    public void WhoLedItBefore_TookPartToo()
    {
        var motion = Given.Filed();
        Ok(motion.AskWithdrawal("调离。", Proposer, Now));
        Ok(motion.TakeOver(First, Now));

        Assert.Equal([Proposer, First, Second], FactsOf(motion)!.People);
    }

    [Fact]
    public void RejectedAndConverted_AreNoCases()
    {
        var rejected = Given.UnderReview("reject");
        rejected.Reject(Later);
        var opinion = Given.UnderReview("opinion");
        opinion.BecomeOpinion(null, Later);

        Assert.Equal(1, Counted(rejected)[TallyKind.Rejected].Count);
        Assert.Equal("1/1 100.0%", Counted(opinion).Says(FigureKind.Conversion));
        Assert.Equal(0, Counted(opinion)[TallyKind.Cases].Count);
        Assert.Equal(Today.AddDays(40), FactsOf(rejected)!.RejectedOn);
        Assert.Equal(Today.AddDays(40), FactsOf(opinion)!.OpinionOn);
    }

    [Fact]
    public void RatedFollowedAndClosed_AreRead()
    {
        var motion = Given.Accepted();
        Ok(
            motion.DraftAnswer(
                PartId,
                AnswerClass.B,
                "列入计划。",
                null,
                [new("改造", "总务处", Today)],
                Clerk,
                Now,
                Today
            )
        );
        motion.Deliver(PartId, Now);
        motion.Reply(Now);
        Ok(motion.Rate(Satisfaction.Dissatisfied, Satisfaction.Basic, "太慢。", Proposer, Now));
        motion.Follow(i => Id(50 + i), Today);
        Ok(motion.Report(Id(50), done: true, "已完成。", Clerk, Now));
        Ok(motion.Settle(Id(50), CommitmentState.Verified, null, Chair, Later));
        motion.Close(Later);
        var early = MotionStatistics.Of([FactsOf(motion)!], [], Today);
        var late = MotionStatistics.Of([FactsOf(motion)!], [], Today.AddDays(40));

        Assert.Equal(
            ["1/1 100.0%", "0/1 0.0%", "0/1 0.0%"],
            [
                early.Says(FigureKind.Satisfaction),
                early.Says(FigureKind.MannerSatisfaction),
                early.Says(FigureKind.Implementation),
            ]
        );
        Assert.Equal(
            ["1/1 100.0%", "1/1 100.0%", "1/1 100.0%"],
            [
                late.Says(FigureKind.Implementation),
                late.Says(FigureKind.ImplementationOfAll),
                late.Says(FigureKind.Closing),
            ]
        );
    }

    [Fact]
    public void TwoTimesDissatisfied_ClosesWithDissent()
    {
        var motion = Given.Delivered();
        motion.Reply(Now);
        Ok(motion.Rate(Satisfaction.Satisfied, Satisfaction.Dissatisfied, "未采纳。", Proposer, Now));
        Ok(motion.ReviewDiscontent(rehandle: true, null, Chair, Now));
        motion.Rehandle(_ => Id(60), Now);
        Ok(motion.Accept(Id(60), Clerk, Now));
        Ok(motion.DraftAnswer(Id(60), AnswerClass.C, "仍有困难。", Today.AddDays(300), [], Clerk, Now, Today));
        motion.Deliver(Id(60), Now);
        motion.Reply(Now);
        Ok(motion.Rate(Satisfaction.Satisfied, Satisfaction.Dissatisfied, "未采纳。", Proposer, Now));
        motion.CallMeeting();
        Ok(motion.MinuteDispute(new(2, Today, null, "三方", "保留意见。", Chair, Now), Today));
        motion.Close(Now);
        var counted = Counted(motion);

        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.Closing));
        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.Rehandling));
        Assert.Equal("0/1 0.0%", counted.Says(FigureKind.Satisfaction));
        Assert.Equal("0/1 0.0%", counted.Says(FigureKind.Adoption));
        Assert.Equal("1/1 100.0%", counted.Says(FigureKind.MannerSatisfaction));
        Assert.Equal(1, counted[TallyKind.Dissent].Count);
    }

    private static MotionFacts? FactsOf(Motion motion) => MotionFacts.Of(motion, _ => null, null, false);

    private static MotionStatistics Counted(Motion motion) =>
        MotionStatistics.Of([FactsOf(motion)!], [], Today.AddDays(100));
}

using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 重新办理、说明、当面协商、办结、归档 (domain §2.8, §2.9).
public partial class MotionTests
{
    [Theory]
    [InlineData(0, 1, "meeting")]
    [InlineData(1, 1, "review")]
    [InlineData(1, 2, "meeting")]
    [InlineData(2, 1, "review")]
    [InlineData(2, 2, "review")]
    [InlineData(2, 3, "meeting")]
    public void WhereFeedbackLeads_Dissatisfied_GoesToTheTableAfterTheLastRehandling(
        int maximum,
        int times,
        string leads
    )
    {
        var motion = Replied();
        for (var time = 1; time < times; time++)
            Again(motion.Rated(Satisfaction.Dissatisfied));

        Assert.Equal(leads, motion.Rated(Satisfaction.Dissatisfied).WhereFeedbackLeads(maximum));
    }

    [Theory]
    [InlineData(Satisfaction.Satisfied)]
    [InlineData(Satisfaction.Basic)]
    public void WhereFeedbackLeads_TheResultDecides(Satisfaction result)
    {
        var motion = Replied();
        Ok(motion.Rate(Satisfaction.Dissatisfied, result, "态度差。", Proposer, Now));

        Assert.Equal("content", motion.WhereFeedbackLeads(0));
    }

    [Fact]
    public void WhereFeedbackLeads_Lapsed_IsContentAlsoAfterADissatisfiedOne()
    {
        var motion = Replied().Rated(Satisfaction.Dissatisfied);
        Again(motion);
        motion.LapseFeedback(Now);

        Assert.Equal("content", motion.WhereFeedbackLeads(0));
    }

    [Fact]
    public void WhereFeedbackLeads_CorrectedToContent_CountsNoDissatisfaction()
    {
        var motion = Replied().Rated(Satisfaction.Dissatisfied);
        Ok(Correct(motion, Satisfaction.Basic));

        Assert.Equal("content", motion.WhereFeedbackLeads(0));
    }

    [Fact]
    public void ReviewDiscontent_ToExplain_NeedsAReason()
    {
        var motion = Replied().Rated(Satisfaction.Dissatisfied);
        motion.Refused("form.reason-missing", m => m.ReviewDiscontent(false, " ", Chair, Now), "comment");

        var review = Ok(motion.ReviewDiscontent(false, " 答复已充分。 ", Chair, Now)).Review;

        Assert.Equal(new DiscontentReview(1, false, "答复已充分。", Chair, Now), review);
    }

    [Fact]
    public void Rehandle_EveryHostBeginsAgain_AndTheFirstAnswersStay()
    {
        var motion = Answered(AnswerClass.A, AnswerClass.C).Rated(Satisfaction.Dissatisfied);
        Ok(motion.ReviewDiscontent(true, null, Chair, Now));
        var later = Now.AddDays(9);

        var again = motion.Rehandle(i => Id(61 + i), later).Parts;

        Assert.Equal((MotionState.Rehandling, 2), (motion.State, motion.Round));
        Assert.Equal([Id(61), Id(62)], motion.CurrentParts.Select(p => p.Id));
        Assert.All(again, p => Assert.Equal((2, HandlingState.Assigned, later), (p.Round, p.State, p.AssignedAt)));
        Assert.Equal([Logistics, Teaching, Logistics, Teaching], motion.Parts.Select(p => p.HostId));
        Assert.Equal([AnswerClass.A, AnswerClass.C, null, null], motion.Parts.Select(p => p.Answer?.Class));
    }

    [Fact]
    public void Rehandle_NotOurs_IsNoWayOutAnyMore() =>
        Rehandling().Refused("handling.return-exhausted", m => m.Return(Id(61), Clerk, "否", 2, Today, Now, Today));

    [Fact]
    public void Rehandle_AnsweredAgain_AsksForFeedbackAgain()
    {
        var motion = Rehandling();
        Ok(motion.Accept(Id(61), Clerk, Now));
        Assert.Equal(MotionState.Rehandling, motion.State);
        Ok(motion.DraftAnswer(Id(61), AnswerClass.A, "已采纳。", null, [], Clerk, Now, Today));
        motion.Deliver(Id(61), Now);

        Assert.Equal(2, motion.Reply(Now).Round);

        Assert.Equal([(1, false), (2, true)], motion.Forms.Select(f => (f.Round, f.IsOpen)));
        Assert.Equal(2, Ok(Rate(motion, Satisfaction.Satisfied)).Round);
    }

    [Fact]
    public void Explain_SendsANewForm()
    {
        var motion = Replied().Rated(Satisfaction.Dissatisfied);

        Ok(motion.Explain(Table, Today, Now));

        Assert.Equal([Table], motion.FollowUpMeetings);
        Assert.Equal([false, true], motion.Forms.Select(f => f.IsOpen));
        motion.Refused("feedback.not-given", m => Correct(m, Satisfaction.Satisfied));
    }

    [Fact]
    public void Explain_InTheFuture_IsRefused() =>
        Replied()
            .Rated(Satisfaction.Dissatisfied)
            .Refused(
                "handling.meeting-in-future",
                m => m.Explain(Table with { MetOn = Today.AddDays(1) }, Today, Now),
                "metOn"
            );

    [Fact]
    public void Explain_NotReplied_IsRefused() =>
        DisputeMeeting().Refused("motion.wrong-state", m => m.Explain(Table, Today, Now));

    [Fact]
    public void MinuteDispute_KeepsTheDissent()
    {
        var motion = ClosedDissent();

        Assert.Equal((true, MotionState.ClosedDissent), (motion.IsDissent, motion.ClosedAs));
        Assert.Equal([Table], motion.FollowUpMeetings);
    }

    [Fact]
    public void MinuteDispute_WithPromisesLeft_IsClosedWithDissentWhenTheyAreKept()
    {
        var motion = Replied(Promised).Rated(Satisfaction.Dissatisfied);
        motion.CallMeeting();
        Ok(motion.MinuteDispute(Table, Today));
        motion.Follow(_ => Owed, Today);
        Assert.Equal(MotionState.Tracking, motion.State);
        Ok(motion.Report(Owed, true, "已完成。", Clerk, Now));
        Ok(motion.Settle(Owed, CommitmentState.Verified, null, Chair, Now));

        Assert.Equal(MotionState.ClosedDissent, motion.Close(Now).As);
    }

    [Fact]
    public void MinuteDispute_InTheFuture_IsRefused() =>
        DisputeMeeting()
            .Refused(
                "handling.meeting-in-future",
                m => m.MinuteDispute(Table with { MetOn = Today.AddDays(1) }, Today),
                "metOn"
            );

    [Fact]
    public void Archive_KeepsHowItWasClosed()
    {
        var motion = ClosedDissent();
        var later = Now.AddDays(9);

        Ok(motion.Archive(later));

        Assert.Equal((MotionState.Archived, MotionState.ClosedDissent), (motion.State, motion.ClosedAs));
        Assert.Equal((Now, later), (motion.ClosedAt, motion.ArchivedAt));
        motion.Refused("motion.not-closed", m => m.Archive(later));
    }

    /// <summary>The committee has it handled again and the same host answers again.</summary>
    private static void Again(Motion motion)
    {
        Ok(motion.ReviewDiscontent(true, null, Chair, Now));
        var part = Id(60 + motion.Round);
        motion.Rehandle(_ => part, Now);
        Ok(motion.Accept(part, Clerk, Now));
        Ok(motion.DraftAnswer(part, AnswerClass.A, "已采纳。", null, [], Clerk, Now, Today));
        motion.Deliver(part, Now);
        motion.Reply(Now);
    }

    /// <summary>Answered by one host for each class, with one promise in A and two in B.</summary>
    private static Motion Answered(params AnswerClass[] classes)
    {
        Guid[] hosts = [Logistics, Teaching, Personnel];
        var motion = Filed();
        Ok(motion.Assign([.. classes.Select((_, i) => Part(21 + i, hosts[i]))]));
        foreach (var (i, @class) in classes.Index())
        {
            Ok(motion.Accept(Id(21 + i), Clerk, Now));
            Commitment[] promises = @class switch
            {
                AnswerClass.A => [Promised with { Item = "A" }],
                AnswerClass.B => [Promised with { Item = "B1" }, Promised with { Item = "B2" }],
                _ => [],
            };
            DateOnly? reconsiderOn = @class == AnswerClass.C ? Today.AddYears(1) : null;
            Ok(motion.DraftAnswer(Id(21 + i), @class, "答复。", reconsiderOn, [.. promises], Clerk, Now, Today));
            motion.Deliver(Id(21 + i), Now);
        }
        motion.Reply(Now);
        return motion;
    }
}

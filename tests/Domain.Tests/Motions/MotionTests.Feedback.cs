using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 征询意见 and its correction (domain §2.8, M-32).
public partial class MotionTests
{
    [Fact]
    public void Reply_Motion_SendsTheLeadAForm()
    {
        var form = Replied().Forms.Single();

        Assert.Equal((1, Proposer, Now, true), (form.Round, form.To, form.SentAt, form.IsOpen));
    }

    [Fact]
    public void Reply_Opinion_SendsNoForm()
    {
        var motion = AssignedOpinion();
        motion.Reply(Now);

        Assert.Empty(motion.Forms);
        motion.Refused("feedback.not-asked", m => Rate(m, Satisfaction.Satisfied));
    }

    [Fact]
    public void Rate_ByTheLead_Counts()
    {
        var motion = Replied();

        var rated = Ok(motion.Rate(Satisfaction.Basic, Satisfaction.Satisfied, " ", Proposer, Now));

        Assert.Equal(new Rating(Satisfaction.Basic, Satisfaction.Satisfied, null, Proposer, Now), rated.Rating);
        Assert.Equal((1, false), (rated.Round, rated.Corrected));
        Assert.False(motion.Forms.Single().IsOpen);
    }

    [Fact]
    public void Rate_Twice_IsRefused() =>
        Replied().Rated(Satisfaction.Satisfied).Refused("feedback.not-asked", m => Rate(m, Satisfaction.Basic));

    [Fact]
    public void Rate_AfterItLapsed_IsRefused()
    {
        var motion = Replied();
        motion.LapseFeedback(Now);

        Assert.Equal((Now, null), (motion.Forms.Single().LapsedAt, motion.Forms.Single().Rating));
        motion.Refused("feedback.not-asked", m => Rate(m, Satisfaction.Basic));
        motion.Refused("feedback.not-given", m => Correct(m, Satisfaction.Basic));
    }

    [Fact]
    public void Rate_ByACosigner_IsRefused() =>
        Assert.Equal(
            RefusalKind.Forbidden,
            Replied().Refused("feedback.not-lead", m => Rate(m, Satisfaction.Basic, by: First)).Kind
        );

    [Fact]
    public void Rate_ByTheLeadWhoLeft_IsLeftToHisFollower()
    {
        var motion = Replied();
        motion.LoseLead(Now);
        motion.Refused("feedback.not-lead", m => Rate(m, Satisfaction.Basic));

        motion.FollowLead(First, Now);

        Assert.Equal(First, motion.Forms.Single().To);
        motion.Refused("feedback.not-lead", m => Rate(m, Satisfaction.Basic));
        Ok(Rate(motion, Satisfaction.Basic, by: First));
    }

    [Theory]
    [InlineData(Satisfaction.Dissatisfied, Satisfaction.Satisfied)]
    [InlineData(Satisfaction.Satisfied, Satisfaction.Dissatisfied)]
    public void Rate_DissatisfiedWithoutReason_IsRefused(Satisfaction manner, Satisfaction result)
    {
        Replied().Refused("form.reason-missing", m => m.Rate(manner, result, " ", Proposer, Now), "comment");
        Replied()
            .Rated(Satisfaction.Basic)
            .Refused(
                "form.reason-missing",
                m => m.CorrectRating(manner, result, null, Proposer, Today, Today, Now),
                "comment"
            );
    }

    [Fact]
    public void CorrectRating_OnTheLastDay_CountsInsteadOfTheFirst()
    {
        var motion = Replied().Rated(Satisfaction.Dissatisfied);

        Assert.True(Ok(Correct(motion, Satisfaction.Basic)).Corrected);

        var form = motion.Forms.Single();
        Assert.Equal(Satisfaction.Basic, form.Rating?.Result);
        Assert.Equal(Satisfaction.Dissatisfied, form.Returned?.Result);
    }

    [Fact]
    public void CorrectRating_ADayLate_IsRefusedWithTheLastDay()
    {
        var late = Today.AddDays(1);
        var refusal = Replied()
            .Rated(Satisfaction.Basic)
            .Refused("feedback.too-late-to-correct", m => Correct(m, Satisfaction.Satisfied, today: late));

        Assert.Equal([Today], refusal.Arguments);
    }

    [Fact]
    public void CorrectRating_Twice_IsRefused()
    {
        var motion = Replied().Rated(Satisfaction.Basic);
        Ok(Correct(motion, Satisfaction.Satisfied));

        motion.Refused("feedback.corrected-before", m => Correct(m, Satisfaction.Basic));
    }

    [Fact]
    public void CorrectRating_NothingGiven_IsRefused()
    {
        Filed().Refused("feedback.not-given", m => Correct(m, Satisfaction.Basic));
        Replied().Refused("feedback.not-given", m => Correct(m, Satisfaction.Basic));
    }

    [Fact]
    public void CorrectRating_OfTheLastLead_IsRefused()
    {
        var motion = Replied().Rated(Satisfaction.Basic);
        motion.Refused("feedback.not-lead", m => Correct(m, Satisfaction.Satisfied, by: First));
        motion.LoseLead(Now);
        motion.Refused("feedback.not-lead", m => Correct(m, Satisfaction.Satisfied));

        motion.FollowLead(First, Now);

        motion.Refused("feedback.not-lead", m => Correct(m, Satisfaction.Satisfied));
        motion.Refused("feedback.not-lead", m => Correct(m, Satisfaction.Satisfied, by: First));
    }

    [Fact]
    public void CorrectRating_WhilePromisesAreFollowed_BeginsAgain()
    {
        var motion = Tracking();

        Ok(Correct(motion, Satisfaction.Dissatisfied));

        Assert.Equal(MotionState.Replied, motion.State);
        Assert.Empty(motion.Commitments);
        Assert.Equal("review", motion.WhereFeedbackLeads(1));
    }

    [Fact]
    public void CorrectRating_Closed_IsOpenAgain()
    {
        var motion = Closed();

        Ok(Correct(motion, Satisfaction.Dissatisfied));

        Assert.Equal((MotionState.Replied, null, null), (motion.State, motion.ClosedAt, motion.ClosedAs));
    }

    [Fact]
    public void CorrectRating_OncePromisesAreActedOn_IsRefused()
    {
        Action<Motion>[] acts =
        [
            m => Ok(m.Report(Owed, false, "已招标。", Clerk, Now)),
            m => Ok(m.Report(Owed, true, "已完成。", Clerk, Now)),
            m => Ok(Supervise(m, Promised.DueOn.AddDays(1))),
        ];

        foreach (var act in acts)
            After(Tracking(), act).Refused("feedback.acted-on", m => Correct(m, Satisfaction.Dissatisfied));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CorrectRating_OnceTheCommitteeHasLooked_IsRefused(bool rehandle)
    {
        var motion = Replied().Rated(Satisfaction.Dissatisfied);
        Ok(motion.ReviewDiscontent(rehandle, "答复已说明。", Chair, Now));

        motion.Refused("feedback.acted-on", m => Correct(m, Satisfaction.Satisfied));
    }

    [Fact]
    public void CorrectRating_UntilTheMeetingIsHeld()
    {
        var called = DisputeMeeting();
        Ok(Correct(called, Satisfaction.Satisfied));
        Assert.Equal(MotionState.Replied, called.State);

        var held = DisputeMeeting();
        Ok(held.MinuteDispute(Table, Today));
        held.Refused("feedback.acted-on", m => Correct(m, Satisfaction.Satisfied));
    }

    [Fact]
    public void CorrectRating_Archived_IsRefused() =>
        Archived().Refused("feedback.acted-on", m => Correct(m, Satisfaction.Satisfied));

    private static Outcome<MotionRated> Rate(Motion motion, Satisfaction result, Guid? by = null) =>
        motion.Rate(Satisfaction.Satisfied, result, "说明。", by ?? Proposer, Now);

    private static Outcome<MotionRated> Correct(
        Motion motion,
        Satisfaction result,
        Guid? by = null,
        DateOnly? today = null
    ) => motion.CorrectRating(Satisfaction.Basic, result, "说明。", by ?? Proposer, Today, today ?? Today, Now);
}

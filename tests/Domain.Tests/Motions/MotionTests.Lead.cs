using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// Withdrawal, take-over and a lead who leaves (domain §2.9, scenarios 7, 8).
public partial class MotionTests
{
    [Fact]
    public void Withdraw_BeforeFiling_IsTheProposersOwn()
    {
        var motion = UnderReview();

        Assert.Equal(new MotionWithdrawn("已解决。", false), Ok(motion.Withdraw(" 已解决。 ")));

        Assert.Equal(MotionState.Withdrawn, motion.State);
        motion.Refused("motion.wrong-state", m => m.Withdraw(null));
    }

    [Fact]
    public void Withdraw_Filed_IsRefused() => Filed().Refused("motion.wrong-state", m => m.Withdraw("已解决。"));

    [Fact]
    public void AskWithdrawal_WithoutReason_IsRefused() =>
        Filed().Refused("form.reason-missing", m => m.AskWithdrawal(" ", Proposer, Now), "reason");

    [Fact]
    public void AskWithdrawal_Answered_IsRefused() =>
        Replied().Refused("motion.wrong-state", m => m.AskWithdrawal("已解决。", Proposer, Now));

    [Fact]
    public void AskWithdrawal_WhileOneIsOpen_IsRefused() =>
        Withdrawing().Refused("withdrawal.open", m => m.AskWithdrawal("已解决。", Proposer, Now));

    [Fact]
    public void AskWithdrawal_AfterARefusal_IsPossibleAgain()
    {
        var motion = Withdrawing();
        Ok(motion.DecideWithdrawal(false, "涉及面广。", Now));
        Assert.Null(motion.OpenWithdrawal);

        Ok(motion.AskWithdrawal("已解决。", Proposer, Now));

        Assert.Equal(["refused", null], motion.Withdrawals.Select(w => w.Ended));
    }

    [Fact]
    public void Reply_EndsAnOpenWithdrawal()
    {
        var motion = Withdrawing();
        motion.Reply(Now);

        Assert.Equal(("answered", Now), (motion.Withdrawals.Single().Ended, motion.Withdrawals.Single().EndedAt));
    }

    [Fact]
    public void TakeOver_ByACosigner_GoesOnWithHim()
    {
        var motion = Withdrawing();

        var change = Ok(motion.TakeOver(First, Now)).Change;

        Assert.Equal(new LeadChange(Proposer, First, "takeover", Now), change);
        Assert.Equal((First, MotionState.Filed), (motion.ProposerId, motion.State));
        Assert.Equal([Second], motion.ConfirmedCosigners);
        Assert.Equal("taken-over", motion.Withdrawals.Single().Ended);
        motion.Refused("withdrawal.not-open", m => m.TakeOver(Second, Now));
        motion.Refused("withdrawal.not-open", m => m.DeclineTakeOver(Second));
    }

    [Fact]
    public void TakeOver_ByWhoDidNotCosign_IsRefused()
    {
        var motion = Submitted();
        Ok(motion.Cosign(Second, CosignState.Withdrawn, Minimum, Now));
        Ok(motion.Recommend(Recommended("file", null, null)));
        Ok(motion.Decide("file", null, null, 1));
        motion.File("0302-001", Now);
        Ok(motion.AskWithdrawal("已解决。", Proposer, Now));

        motion.Refused("withdrawal.not-open", m => m.TakeOver(Clerk, Now));
        motion.Refused("withdrawal.not-open", m => m.TakeOver(Second, Now));
        motion.Refused("withdrawal.not-open", m => m.TakeOver(Proposer, Now));
    }

    [Fact]
    public void TakeOver_NothingAsked_IsRefused()
    {
        Filed().Refused("withdrawal.not-open", m => m.TakeOver(First, Now));
        Filed().Refused("withdrawal.not-open", m => m.DeclineTakeOver(First));
        Filed().Refused("withdrawal.not-open", m => m.DecideWithdrawal(true, null, Now));
    }

    [Fact]
    public void DeclineTakeOver_TheLast_LeavesNobodyToWaitFor()
    {
        var motion = Withdrawing();

        Assert.False(Ok(motion.DeclineTakeOver(Second)).ByAll);
        Assert.True(Ok(motion.DeclineTakeOver(First)).ByAll);
        Assert.Equal([Second, First], motion.OpenWithdrawal!.Declined);
    }

    [Fact]
    public void DecideWithdrawal_Agreed_EndsTheFiledMotion()
    {
        var motion = Withdrawing();

        Assert.True(Ok(motion.DecideWithdrawal(true, null, Now)).Agreed);
        Assert.True(motion.EndByWithdrawal(Now).AfterFiling);

        Assert.Equal((MotionState.Withdrawn, "withdrawn"), (motion.State, motion.Withdrawals.Single().Ended));
        motion.Refused("motion.wrong-state", m => m.AskWithdrawal("已解决。", Proposer, Now));
    }

    [Fact]
    public void DecideWithdrawal_RefusedWithoutReason_IsRefused() =>
        Withdrawing().Refused("form.reason-missing", m => m.DecideWithdrawal(false, " ", Now), "comment");

    [Theory]
    [InlineData(MotionState.UnderReview)]
    [InlineData(MotionState.Handling)]
    [InlineData(MotionState.Replied)]
    [InlineData(MotionState.Tracking)]
    [InlineData(MotionState.Closed)]
    public void LoseLead_IsSaidOnce_AndTheMotionStaysValid(MotionState state)
    {
        var motion = In(state);

        Assert.Equal(new LeadLeft(Proposer), motion.LoseLead(Now));
        Assert.Null(motion.LoseLead(Now.AddDays(1)));

        Assert.Equal((state, Now, Proposer), (motion.State, motion.LeadLeftAt, motion.ProposerId));
    }

    [Fact]
    public void FollowLead_TheNextLeadHasAllRights()
    {
        var motion = Accepted();
        motion.LoseLead(Now);

        Assert.Equal(new LeadChange(Proposer, First, "left", Now), motion.FollowLead(First, Now).Value.Change);

        Assert.Equal((First, null), (motion.ProposerId, motion.LeadLeftAt));
        Assert.Equal([Second], motion.Cosigners.Select(c => c.MemberId));
        Assert.Equal(new LeadLeft(First), motion.LoseLead(Now));
        Ok(motion.FollowLead(Chair, Now));
        Assert.Equal([(Proposer, First), (First, Chair)], motion.LeadChanges.Select(c => (c.From, c.To)));
    }

    [Fact]
    public void FollowLead_AfterTheFeedback_LeavesWhoGaveIt()
    {
        var motion = Replied().Rated(Satisfaction.Satisfied);
        motion.LoseLead(Now);
        Ok(motion.FollowLead(First, Now));

        Assert.Equal((Proposer, Proposer), (motion.Forms.Single().To, motion.Forms.Single().Rating!.By));
    }

    [Fact]
    public void LoseCosigner_BeforeFiling_DropsTheCount()
    {
        var motion = UnderReview();

        var lost = motion.LoseCosigner(First, Minimum, Now);

        Assert.Equal(new MotionCosigned(First, CosignState.Withdrawn, 1, Minimum), lost);
        Assert.Null(motion.LoseCosigner(First, Minimum, Now));
        Assert.Null(motion.LoseCosigner(Clerk, Minimum, Now));
        motion.Refused("motion.cosigners-missing", m => m.Decide("file", null, null, Minimum));
    }

    [Fact]
    public void LoseCosigner_StillInvited_CannotConfirmAnyMore()
    {
        var motion = Cosigning();

        Assert.NotNull(motion.LoseCosigner(First, Minimum, Now));

        motion.Refused("motion.cosign-closed", m => m.Cosign(First, CosignState.Confirmed, Minimum, Now));
    }

    private static Motion Withdrawing() => After(Filed(), m => Ok(m.AskWithdrawal("已解决。", Proposer, Now)));
}

using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 落实事项、督办 (domain §2.9).
public partial class MotionTests
{
    [Fact]
    public void Follow_TwoHostsWithPromises_FollowsEachAtItsPart()
    {
        var motion = Answered(AnswerClass.B, AnswerClass.A, AnswerClass.C).Rated(Satisfaction.Satisfied);

        var followed = motion.Follow(i => Id(51 + i), Today);

        Assert.Equal(MotionState.Tracking, motion.State);
        Assert.Equal([Id(51), Id(52), Id(53)], followed.Ids);
        Assert.Equal([(Id(21), "B1"), (Id(21), "B2"), (Id(22), "A")], motion.Commitments.Select(c => (c.Part, c.Item)));
        Assert.All(motion.Commitments, c => Assert.Equal((CommitmentState.Open, Today), (c.State, c.AskedOn)));
    }

    [Fact]
    public void Follow_NothingPromised_LeavesItReplied()
    {
        var motion = Answered(AnswerClass.C, AnswerClass.D).Rated(Satisfaction.Satisfied);

        Assert.Empty(motion.Follow(i => Id(51 + i), Today).Ids);
        Assert.Equal(MotionState.Replied, motion.State);
    }

    [Fact]
    public void Follow_Rehandled_FollowsOnlyTheAnswerThatCounts()
    {
        var motion = Replied(Promised).Rated(Satisfaction.Dissatisfied);
        Again(motion);

        Assert.Empty(motion.Rated(Satisfaction.Satisfied).Follow(i => Id(51 + i), Today).Ids);
    }

    [Fact]
    public void Report_HowFarItIs_ChangesNothingElse()
    {
        var motion = Tracking();

        Ok(motion.Report(Owed, false, " 已招标。 ", Clerk, Now));

        Assert.Equal(CommitmentState.Open, motion.Commitment(Owed).State);
        Assert.Equal(new CommitmentReport(false, "已招标。", Clerk, Now), motion.Commitment(Owed).Reports.Single());
        Assert.Empty(motion.Commitment(OwedNext).Reports);
    }

    [Fact]
    public void Report_Kept_WaitsForTheCommittee()
    {
        var motion = Reported();

        Assert.Equal(CommitmentState.Reported, motion.Commitment(Owed).State);
        motion.Refused("commitment.not-followed", m => m.Report(Owed, true, "已完成。", Clerk, Now));
    }

    [Fact]
    public void Report_NothingSaid_IsRefused() =>
        Tracking().Refused("form.required", m => m.Report(Owed, true, " ", Clerk, Now), "text");

    [Fact]
    public void Report_NotFollowed_IsRefused() =>
        Closed().Refused("commitment.not-followed", m => m.Report(Owed, true, "已完成。", Clerk, Now));

    [Fact]
    public void Commitment_Unknown_IsABugOfTheCaller() =>
        Assert.Throws<InvalidOperationException>(() => Tracking().Commitment(Id(99)));

    [Fact]
    public void Settle_Verified_NeedsNoReason()
    {
        var motion = Reported();

        Ok(motion.Settle(Owed, CommitmentState.Verified, null, Chair, Now));

        var kept = motion.Commitment(Owed);
        Assert.Equal((true, Now, Chair, null), (kept.IsSettled, kept.SettledAt, kept.SettledBy, kept.Finding));
        motion.Refused("motion.wrong-state", m => m.Settle(Owed, CommitmentState.Explained, "否", Chair, Now));
        motion.Refused("commitment.not-followed", m => m.Report(Owed, false, "已完成。", Clerk, Now));
    }

    [Fact]
    public void Settle_Explained_IsSettledButNotVerified()
    {
        var motion = Reported();

        Ok(motion.Settle(Owed, CommitmentState.Explained, "政策变化。", Chair, Now));

        Assert.Equal(
            (true, CommitmentState.Explained),
            (motion.Commitment(Owed).IsSettled, motion.Commitment(Owed).State)
        );
        Assert.Equal("政策变化。", motion.Commitment(Owed).Finding);
    }

    [Fact]
    public void Settle_BackToTheHost_IsReportedAnew()
    {
        var motion = Reported();

        Ok(motion.Settle(Owed, CommitmentState.Open, "未完工。", Chair, Now));

        var open = motion.Commitment(Owed);
        Assert.Equal((false, null, null, "未完工。"), (open.IsSettled, open.SettledAt, open.SettledBy, open.Finding));
        Ok(motion.Report(Owed, true, "已完工。", Clerk, Now));
    }

    [Theory]
    [InlineData(CommitmentState.Explained)]
    [InlineData(CommitmentState.Open)]
    public void Settle_NotKeptWithoutReason_IsRefused(CommitmentState finding) =>
        Reported().Refused("form.reason-missing", m => m.Settle(Owed, finding, " ", Chair, Now), "comment");

    [Fact]
    public void Settle_NotReported_IsRefused()
    {
        Tracking().Refused("motion.wrong-state", m => m.Settle(Owed, CommitmentState.Verified, null, Chair, Now));
        Closed().Refused("motion.wrong-state", m => m.Settle(Owed, CommitmentState.Verified, null, Chair, Now));
    }

    [Fact]
    public void Supervise_TheDayAfter_SetsANewDeadline()
    {
        var motion = Tracking();
        var late = Promised.DueOn.AddDays(1);

        var notice = Ok(Supervise(motion, late)).Notice;

        Assert.Equal(new SupervisionNotice(Promised.DueOn, late.AddDays(1), "请落实。", Chair, Now), notice);
        Assert.Equal(late.AddDays(1), motion.Commitment(Owed).DueOn);
        Assert.Equal(Promised.DueOn, motion.Commitment(OwedNext).DueOn);
        motion.Refused("commitment.not-overdue", m => Supervise(m, late.AddDays(1)));
        Ok(Supervise(motion, late.AddDays(2)));
        Assert.Equal(2, motion.Commitment(Owed).Notices.Length);
    }

    [Fact]
    public void Supervise_OnTheDueDay_IsRefusedWithThatDay()
    {
        var refusal = Tracking().Refused("commitment.not-overdue", m => Supervise(m, Promised.DueOn));

        Assert.Equal([Promised.DueOn], refusal.Arguments);
    }

    [Fact]
    public void Supervise_DueToday_IsRefused()
    {
        var late = Promised.DueOn.AddDays(1);
        Tracking()
            .Refused("commitment.due-in-past", m => m.Supervise(Owed, late, "请落实。", Chair, late, Now), "dueOn");
    }

    [Fact]
    public void Supervise_WithoutReason_IsRefused()
    {
        var late = Promised.DueOn.AddDays(1);
        Tracking()
            .Refused("form.reason-missing", m => m.Supervise(Owed, late.AddDays(1), " ", Chair, late, Now), "text");
    }

    [Fact]
    public void Supervise_NotOpen_IsRefused()
    {
        Reported().Refused("commitment.not-followed", m => Supervise(m, Promised.DueOn.AddDays(1)));
        Kept().Refused("commitment.not-followed", m => Supervise(m, Promised.DueOn.AddDays(1)));
    }

    [Fact]
    public void Remark_ByTheLead_AlsoWhenItIsClosed()
    {
        var motion = Kept();
        motion.Close(Now);

        Ok(motion.Remark(Owed, " 很好。 ", Proposer));

        Assert.Equal("很好。", motion.Commitment(Owed).Remark);
        motion.Refused("form.required", m => m.Remark(Owed, " ", Proposer), "text");
        Ok(motion.Archive(Now));
        motion.Refused("motion.archived", m => m.Remark(Owed, "好。", Proposer));
    }

    [Fact]
    public void Remark_BySomebodyElse_IsRefused()
    {
        var motion = Tracking();
        motion.Refused("feedback.not-lead", m => m.Remark(Owed, "好。", First));
        motion.LoseLead(Now);

        motion.Refused("feedback.not-lead", m => m.Remark(Owed, "好。", Proposer));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void AskProgress_AsksOnceAQuarter(int daysAfterTheLast, bool due)
    {
        var motion = Tracking(Promised);
        var quarter = Today.AddDays(daysAfterTheLast);

        Assert.Equal(due, motion.IsProgressDue(quarter));
        Assert.Equal(due, motion.AskProgress(Owed, quarter, quarter) is not null);
        Assert.False(motion.IsProgressDue(quarter));
        Assert.Null(motion.AskProgress(Owed, quarter, quarter));
    }

    [Fact]
    public void AskProgress_NotOpen_AsksNobody()
    {
        var motion = Tracking(Promised);
        Ok(motion.Report(Owed, true, "已完成。", Clerk, Now));
        var quarter = Today.AddMonths(3);

        Assert.False(motion.IsProgressDue(quarter));
        Assert.Null(motion.AskProgress(Owed, quarter, quarter));
    }

    private static Motion Reported() => After(Tracking(), m => Ok(m.Report(Owed, true, "已完成。", Clerk, Now)));

    private static Motion Kept() =>
        After(Reported(), m => Ok(m.Settle(Owed, CommitmentState.Verified, null, Chair, Now)));

    private static Outcome<SupervisionIssued> Supervise(Motion motion, DateOnly today) =>
        motion.Supervise(Owed, today.AddDays(1), "请落实。", Chair, today, Now);
}

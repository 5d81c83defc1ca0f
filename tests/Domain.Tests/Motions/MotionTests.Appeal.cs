using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 复议 (domain §2.5).
public partial class MotionTests
{
    [Theory]
    [InlineData(MotionState.Rejected)]
    [InlineData(MotionState.Opinion)]
    [InlineData(MotionState.Assigned)]
    public void LodgeAppeal_NotFiled_WaitsForTheChair(MotionState state)
    {
        var motion = NotFiled(state);

        Assert.Equal("确有必要。", Ok(Appeal(motion)).Reason);

        Assert.Equal((state, new Appeal(Proposer, "确有必要。", Now)), (motion.State, motion.Appeal));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("merge")]
    [InlineData("return")]
    [InlineData("dispute")]
    public void LodgeAppeal_AgainstAnythingElse_IsRefused(string outcome)
    {
        var motion = ToBeMerged();
        Ok(motion.Decide(outcome, null, "补充数据。", Minimum));

        motion.Refused("appeal.nothing", m => Appeal(m));
    }

    [Fact]
    public void LodgeAppeal_FiledAndAssigned_IsRefused() => Assigned().Refused("appeal.nothing", m => Appeal(m));

    [Fact]
    public void LodgeAppeal_OpinionForWantOfCosigners_IsRefused()
    {
        var motion = In(MotionState.CosignFailed);
        Ok(motion.AcceptConversion());
        motion.BecomeOpinion("T-YXZX-32-001", Now);

        motion.Refused("appeal.nothing", m => Appeal(m));
    }

    [Fact]
    public void LodgeAppeal_ADayLate_IsRefusedWithTheLastDay()
    {
        var refusal = Rejected().Refused("appeal.too-late", m => Appeal(m, Today.AddDays(1)));

        Assert.Equal([Today], refusal.Arguments);
    }

    [Fact]
    public void LodgeAppeal_WithoutReason_IsRefused() =>
        Rejected().Refused("form.reason-missing", m => m.LodgeAppeal(" ", Proposer, Today, Today, Now), "reason");

    [Fact]
    public void DecideAppeal_Upheld_StaysAsItIsAndWasTheOnlyOne()
    {
        var motion = Rejected();
        Ok(Appeal(motion));
        motion.Refused("appeal.used", m => Appeal(m));

        Ok(motion.DecideAppeal(false, " 维持。 ", Chair, Now));

        Assert.Equal(
            (MotionState.Rejected, false, "维持。"),
            (motion.State, motion.Appeal!.Reopened, motion.Appeal.Ruling)
        );
        motion.Refused("appeal.not-open", m => m.DecideAppeal(true, "重审。", Chair, Now));
        motion.Refused("appeal.used", m => Appeal(m));
    }

    [Fact]
    public void DecideAppeal_NothingLodged_IsRefused() =>
        Rejected().Refused("appeal.not-open", m => m.DecideAppeal(true, "重审。", Chair, Now));

    [Fact]
    public void DecideAppeal_WithoutRuling_IsRefused() =>
        After(Rejected(), m => Ok(Appeal(m)))
            .Refused("form.reason-missing", m => m.DecideAppeal(true, " ", Chair, Now), "comment");

    [Theory]
    [InlineData(MotionState.Rejected)]
    [InlineData(MotionState.Opinion)]
    [InlineData(MotionState.Assigned)]
    public void Reopen_IsReviewedAnewWithoutWhatWasDecided(MotionState state)
    {
        var motion = NotFiled(state);
        Ok(Appeal(motion));
        Ok(motion.DecideAppeal(true, "重审。", Chair, Now));

        motion.Reopen(Now);

        Assert.Equal((MotionState.UnderReview, false), (motion.State, motion.IsOpinion));
        Assert.Equal((null, null, null), (motion.Review, motion.Recommendation, motion.VotedReasonCode));
        Assert.Empty(motion.Parts);
        Ok(motion.Recommend(Recommended("reject", "personal", "个人事项。")));
        Ok(motion.Decide("reject", null, null, Minimum));
        motion.Reject(Now);
        motion.Refused("appeal.used", m => Appeal(m));
    }

    private static Motion NotFiled(MotionState state) => state == MotionState.Assigned ? AssignedOpinion() : In(state);

    private static Outcome<AppealLodged> Appeal(Motion motion, DateOnly? today = null) =>
        motion.LodgeAppeal(" 确有必要。 ", Proposer, Today, today ?? Today, Now);
}

using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 立案审查 (domain §2.5).
public partial class MotionTests
{
    [Fact]
    public void Recommend_Submitted_GoesToTheCommittee()
    {
        Assert.Equal(MotionState.UnderReview, UnderReview().State);
    }

    [Theory]
    [InlineData("return")]
    [InlineData("opinion")]
    public void Recommend_NotToFile_NeedsAReason(string outcome) =>
        Submitted()
            .Refused(
                "motion.reason-missing",
                m => m.Recommend(Recommended(outcome, null, " ")),
                "recommendationReason"
            );

    [Fact]
    public void Recommend_ToReject_NeedsACode() =>
        Submitted()
            .Refused(
                "motion.reason-code-missing",
                m => m.Recommend(Recommended("reject", null, "个人事项。")),
                "reasonCode"
            );

    [Fact]
    public void Recommend_Draft_IsRefused() =>
        Draft().Refused("motion.wrong-state", m => m.Recommend(Recommended("file", null, null)));

    [Fact]
    public void Vote_ToFileWithTooFewCosigners_IsRefused()
    {
        var motion = UnderReview();
        Ok(motion.Cosign(First, CosignState.Withdrawn, Minimum, Now));

        motion.Refused("motion.cosigners-missing", m => m.Vote("file", null, null, Minimum));
        motion.Refused("motion.cosigners-missing", m => m.Decide("file", null, null, Minimum));
    }

    [Fact]
    public void Vote_AgainstTheRecommendation_NeedsAReasonOfItsOwn()
    {
        UnderReview("opinion").Refused("motion.reason-missing", m => m.Vote("return", null, null, Minimum), "comment");
        Ok(UnderReview("return").Vote("return", null, null, Minimum));
    }

    [Fact]
    public void Vote_ToRejectAgainstTheRecommendation_GivesTheDecisionItsCode()
    {
        var motion = UnderReview();
        motion.Refused("motion.reason-code-missing", m => m.Vote("reject", null, "个人事项。", Minimum), "reasonCode");

        Ok(motion.Vote("reject", "personal", "个人事项。", Minimum));
        Ok(motion.Vote("reject", "court", "个人事项。", Minimum));
        var reviewed = Ok(motion.Decide("reject", null, "个人事项。", Minimum));

        Assert.Equal(new MotionReviewed("reject", "personal", "个人事项。"), reviewed);
        Assert.Null(motion.VotedReasonCode);
    }

    [Fact]
    public void Vote_NotUnderReview_IsRefused() =>
        Filed().Refused("motion.wrong-state", m => m.Vote("file", null, null, Minimum));

    [Fact]
    public void Decide_Recommended_TakesItsReason()
    {
        var motion = UnderReview("reject");

        Assert.Equal(
            new MotionReviewed("reject", "personal", "依据章程。"),
            Ok(motion.Decide("reject", null, null, Minimum))
        );
        motion.Reject(Now);
        Assert.Equal(MotionState.Rejected, motion.State);
    }

    [Fact]
    public void Decide_ToReturn_IsPossibleOnce()
    {
        var motion = Returned();
        Ok(motion.Resubmit(null, Now));
        motion.Refused("motion.returned-before", m => m.Recommend(Recommended("return", null, "再补。")));
        Ok(motion.Recommend(Recommended("file", null, null)));

        motion.Refused("motion.returned-before", m => m.Vote("return", null, "再补。", Minimum));
        motion.Refused("motion.returned-before", m => m.Decide("return", null, "再补。", Minimum));
    }

    [Fact]
    public void Decide_Disputed_IsRuledByThePresidium()
    {
        var motion = UnderReview();
        Ok(motion.Decide("dispute", null, null, Minimum));
        Assert.Equal(MotionState.Disputed, motion.State);

        motion.Refused("motion.wrong-state", m => m.Decide("return", null, "补。", Minimum));
        Ok(motion.Decide("opinion", null, "属日常管理。", Minimum));
        motion.BecomeOpinion(null, Now);

        Assert.Equal((MotionState.Opinion, "T-YXZX-32-001"), (motion.State, motion.ReceiptNumber));
    }

    [Fact]
    public void Decide_NotUnderReview_IsRefused() =>
        Submitted().Refused("motion.wrong-state", m => m.Decide("file", null, null, Minimum));

    [Fact]
    public void File_GivesTheNumber()
    {
        var motion = Filed();

        Assert.Equal((MotionState.Filed, "0302-001", Now), (motion.State, motion.Number, motion.FiledAt));
    }

    [Fact]
    public void Resubmit_Changed_TakesTheNewText()
    {
        var motion = Returned();

        Ok(motion.Resubmit(Content with { Title = "增设午休室" }, Now));

        Assert.Equal((MotionState.Submitted, "增设午休室"), (motion.State, motion.Content.Title));
    }

    [Fact]
    public void Resubmit_Incomplete_IsRefused() =>
        Returned()
            .Refused("motion.proposals-missing", m => m.Resubmit(Content with { Proposals = [] }, Now), "proposals");

    [Fact]
    public void Resubmit_NotReturned_IsRefused() =>
        UnderReview().Refused("motion.wrong-state", m => m.Resubmit(null, Now));

    private static Recommendation Recommended(string outcome, string? code, string? reason) =>
        new(outcome, code, reason, null, [], Clerk);
}

using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 代表团预审、责任委员、会议表决、并案审查 (domain §2.5).
public partial class MotionTests
{
    [Fact]
    public void SpeakForDelegation_Doubting_NeedsAReason()
    {
        var motion = Submitted();
        var doubt = new DelegationOpinion(false, " ", Chair, Now);
        motion.Refused("form.reason-missing", m => m.SpeakForDelegation(doubt), "comment");

        Ok(motion.SpeakForDelegation(doubt with { Text = "需核实。" }));

        Assert.Equal((false, "需核实。"), (motion.DelegationOpinion!.Supports, motion.DelegationOpinion.Text));
        Assert.Equal(MotionState.Submitted, motion.State);
    }

    [Fact]
    public void SpeakForDelegation_UnderReview_IsRefused() =>
        UnderReview()
            .Refused("motion.wrong-state", m => m.SpeakForDelegation(new DelegationOpinion(true, null, Chair, Now)));

    [Fact]
    public void NameSponsor_Nobody_TakesItBack()
    {
        var motion = UnderReview();
        Ok(motion.NameSponsor(Clerk));
        Assert.Equal(Clerk, motion.SponsorId);

        Ok(motion.NameSponsor(null));

        Assert.Null(motion.SponsorId);
    }

    [Fact]
    public void NameSponsor_Archived_IsRefused() => Archived().Refused("motion.archived", m => m.NameSponsor(Clerk));

    [Theory]
    [InlineData(5, 2, 3)]
    [InlineData(6, 3, 4)]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 2)]
    public void CountVote_TakesMoreThanHalfOfAllVoters(int voters, int tooFew, int enough)
    {
        var motion = UnderReview();
        var refusal = motion.Refused("vote.not-carried", m => Count(m, "file", tooFew, 0, 0, voters), "for");
        Assert.Equal([enough, voters], refusal.Arguments);

        Ok(Count(motion, "file", enough, 0, 0, voters));

        Assert.Equal(enough, motion.CountedVote!.For);
        Ok(motion.Decide("file", null, null, Minimum));
    }

    [Theory]
    [InlineData(5, 1, 0)]
    [InlineData(5, 0, 1)]
    [InlineData(6, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(3, -1, 0)]
    [InlineData(3, 0, -1)]
    [InlineData(3, int.MaxValue, int.MaxValue)]
    public void CountVote_Impossible_IsRefused(int @for, int against, int abstained)
    {
        var refusal = UnderReview()
            .Refused("vote.impossible", m => Count(m, "file", @for, against, abstained, 5), "for");

        Assert.Equal([5], refusal.Arguments);
    }

    [Fact]
    public void CountVote_InTheFuture_IsRefused() =>
        UnderReview()
            .Refused(
                "handling.meeting-in-future",
                m =>
                    m.CountVote(
                        new CountedVote("file", 3, 0, 0, Today.AddDays(1), Clerk),
                        5,
                        null,
                        null,
                        Minimum,
                        Today
                    ),
                "metOn"
            );

    [Fact]
    public void CountVote_NotUnderReview_IsRefused() =>
        Submitted().Refused("motion.wrong-state", m => Count(m, "file", 3, 0, 0, 5));

    [Fact]
    public void CountVote_ChecksTheOutcomeAsAVoteDoes()
    {
        var motion = UnderReview();
        motion.Refused("motion.reason-code-missing", m => Count(m, "reject", 3, 0, 0, 5, null, "否"), "reasonCode");
        motion.Refused("motion.reason-missing", m => Count(m, "opinion", 3, 0, 0, 5), "comment");
        motion.Refused("merge.main-missing", m => Count(m, "merge", 3, 0, 0, 5));
        Ok(motion.Cosign(First, CosignState.Withdrawn, Minimum, Now));

        motion.Refused("motion.cosigners-missing", m => Count(m, "file", 3, 0, 0, 5));
    }

    [Theory]
    [InlineData("opinion", null)]
    [InlineData("return", null)]
    [InlineData("reject", "personal")]
    public void CountVote_AgainstTheRecommendation_GivesTheDecisionItsReason(string outcome, string? code)
    {
        var motion = UnderReview();
        Ok(Count(motion, outcome, 3, 1, 1, 5, code, " 会议认为不宜立案。 "));

        var reviewed = Ok(motion.Decide(outcome, null, null, Minimum));

        Assert.Equal(new MotionReviewed(outcome, code, "会议认为不宜立案。"), reviewed);
    }

    [Fact]
    public void CountVote_AfterSingleVotes_HasAReasonCodeOfItsOwn()
    {
        var motion = UnderReview();
        Ok(motion.Vote("reject", "personal", "个人事项。", Minimum));
        Ok(Count(motion, "reject", 3, 1, 1, 5, "court", "已进入诉讼。"));

        var reviewed = Ok(motion.Decide("reject", null, "个人事项。", Minimum));

        Assert.Equal(new MotionReviewed("reject", "court", "已进入诉讼。"), reviewed);
    }

    [Fact]
    public void Recommend_ToMerge_NamesTheMainMotion()
    {
        var merge = Recommended("merge", null, null);
        Submitted().Refused("merge.main-missing", m => m.Recommend(merge), "main");
        Submitted().Refused("merge.with-itself", m => m.Recommend(merge with { MainId = m.Id }), "main");

        Ok(Submitted().Recommend(merge with { MainId = MainId }));
    }

    [Fact]
    public void Vote_ToMergeWithoutAMain_IsRefused()
    {
        UnderReview().Refused("merge.main-missing", m => m.Vote("merge", null, null, Minimum));
        UnderReview().Refused("merge.main-missing", m => m.Decide("merge", null, null, Minimum));
    }

    [Fact]
    public void Vote_ToMergeWithTooFewCosigners_IsRefused()
    {
        var motion = ToBeMerged();
        Ok(motion.Cosign(First, CosignState.Withdrawn, Minimum, Now));

        motion.Refused("motion.cosigners-missing", m => m.Vote("merge", null, null, Minimum));
        motion.Refused("motion.cosigners-missing", m => m.Decide("merge", null, null, Minimum));
    }

    [Fact]
    public void Decide_ToMerge_TakesEffectWithItsNumber()
    {
        var motion = ToBeMerged();

        Ok(motion.Decide("merge", null, null, Minimum));

        Assert.Equal((MotionState.UnderReview, "merge", null), (motion.State, motion.Review!.Outcome, motion.MainId));
    }

    [Fact]
    public void Decide_DisputedToMerge_IsRefused() =>
        Disputed().Refused("motion.wrong-state", m => m.Decide("merge", null, null, Minimum));

    private static Outcome<VoteCounted> Count(
        Motion motion,
        string outcome,
        int @for,
        int against,
        int abstained,
        int voters,
        string? reasonCode = null,
        string? reason = null
    ) =>
        motion.CountVote(
            new CountedVote(outcome, @for, against, abstained, Today, Clerk),
            voters,
            reasonCode,
            reason,
            Minimum,
            Today
        );
}

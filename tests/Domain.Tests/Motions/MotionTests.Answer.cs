using System.Collections.Immutable;
using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 协办意见、面商、答复 (domain §2.6, §2.7).
public partial class MotionTests
{
    private static readonly Commitment Promise = new("午休室改造", "总务处", Today.AddMonths(5));

    [Fact]
    public void GiveOpinion_ByACohandler_IsKept()
    {
        var motion = Accepted(Personnel);

        Ok(motion.GiveOpinion(PartId, new CohandlerOpinion(Personnel, Clerk, Now, "同意。")));

        Assert.Equal("同意。", motion.Part(PartId).Opinions.Single().Text);
    }

    [Fact]
    public void GiveOpinion_ByAnotherDepartment_IsRefused() =>
        Accepted(Personnel)
            .Refused(
                "handling.not-cohandler",
                m => m.GiveOpinion(PartId, new CohandlerOpinion(Teaching, Clerk, Now, "同意。"))
            );

    [Fact]
    public void Meet_BetweenAssignmentAndToday_IsKept()
    {
        var motion = Accepted();

        Ok(motion.Meet(PartId, Meeting(Today), Today, Today));

        Assert.Single(motion.Part(PartId).Meetings);
    }

    [Fact]
    public void Meet_InTheFuture_IsRefused() =>
        Accepted()
            .Refused(
                "handling.meeting-in-future",
                m => m.Meet(PartId, Meeting(Today.AddDays(1)), Today, Today),
                "metOn"
            );

    [Fact]
    public void Meet_BeforeTheAssignment_IsRefused() =>
        Accepted()
            .Refused(
                "handling.meeting-too-early",
                m => m.Meet(PartId, Meeting(Today.AddDays(-1)), Today, Today),
                "metOn"
            );

    [Fact]
    public void DraftAnswer_ClassB_KeepsItsCommitments()
    {
        var motion = Accepted();

        Ok(Answer(motion, AnswerClass.B, null, Promise));

        Assert.Equal(HandlingState.Signing, motion.Part(PartId).State);
        Assert.Equal([Promise], motion.Part(PartId).Answer!.Commitments);
    }

    [Fact]
    public void DraftAnswer_ClassBWithoutCommitments_IsRefused() =>
        Accepted().Refused("answer.commitments-missing", m => Answer(m, AnswerClass.B, null), "commitments");

    [Theory]
    [InlineData(AnswerClass.C)]
    [InlineData(AnswerClass.D)]
    public void DraftAnswer_NothingPromisedInThisClass_IsRefused(AnswerClass @class) =>
        Accepted()
            .Refused("answer.commitments-unexpected", m => Answer(m, @class, Today.AddDays(1), Promise), "commitments");

    [Fact]
    public void DraftAnswer_PromiseForYesterday_IsRefused() =>
        Accepted()
            .Refused(
                "answer.commitment-in-past",
                m => Answer(m, AnswerClass.B, null, Promise with { DueOn = Today.AddDays(-1) }),
                "commitments"
            );

    [Fact]
    public void DraftAnswer_ClassCWithoutADate_IsRefused() =>
        Accepted().Refused("answer.reconsider-missing", m => Answer(m, AnswerClass.C, null), "reconsiderOn");

    [Fact]
    public void DraftAnswer_ReconsideredToday_IsRefused() =>
        Accepted().Refused("answer.reconsider-in-past", m => Answer(m, AnswerClass.C, Today), "reconsiderOn");

    [Fact]
    public void DraftAnswer_BeforeAcceptance_IsRefused() =>
        Assigned().Refused("handling.wrong-state", m => Answer(m, AnswerClass.A, null));

    [Fact]
    public void ReturnAnswer_DraftedAnew_HasNoSignatures()
    {
        var motion = Drafted();
        motion.Sign(PartId, Clerk, Now);
        motion.ReviewAnswer(PartId, Chair, Now);

        Ok(motion.ReturnAnswer(PartId, "handling.formcheck", "缺联系电话。"));
        Ok(Answer(motion, AnswerClass.A, null));

        var part = motion.Part(PartId);
        Assert.Equal(2, part.Answer!.Revision);
        Assert.Equal((null, null, null), (part.SignedBy, part.ReviewedBy, part.CheckedBy));
    }

    [Fact]
    public void ReturnAnswer_WithoutReason_IsRefused() =>
        Drafted().Refused("form.reason-missing", m => m.ReturnAnswer(PartId, "handling.sign", ""), "comment");

    [Fact]
    public void ReturnAnswer_NothingDrafted_IsRefused() =>
        Accepted().Refused("handling.wrong-state", m => m.ReturnAnswer(PartId, "handling.sign", "缺数据。"));

    [Fact]
    public void Deliver_AllSigned_IsReplied()
    {
        var motion = Drafted();
        motion.Sign(PartId, Clerk, Now);
        motion.ReviewAnswer(PartId, Chair, Now);
        motion.CheckAnswer(PartId, Clerk, Now);

        Assert.Equal(AnswerClass.A, motion.Deliver(PartId, Now).Class);
        motion.Reply(Now);

        Assert.Equal((MotionState.Replied, Now), (motion.State, motion.Part(PartId).DeliveredAt));
    }

    private static ProposerMeeting Meeting(DateOnly metOn) =>
        new(Clerk, Now, metOn, "meeting", null, "提案人", "同意。");

    private static Outcome<AnswerDrafted> Answer(
        Motion motion,
        AnswerClass @class,
        DateOnly? reconsiderOn,
        params ImmutableArray<Commitment> promised
    ) => motion.DraftAnswer(PartId, @class, "已采纳。", reconsiderOn, promised, Clerk, Now, Today);
}

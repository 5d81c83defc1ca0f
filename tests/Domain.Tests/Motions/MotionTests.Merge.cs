using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 并案 (domain §2.5).
public partial class MotionTests
{
    [Theory]
    [InlineData(MotionState.Filed)]
    [InlineData(MotionState.Assigned)]
    [InlineData(MotionState.Handling)]
    public void CheckMain_FiledAndNotAnswered_IsFit(MotionState state) => Assert.Null(In(state).CheckMain(Other()));

    [Theory]
    [InlineData(MotionState.UnderReview)]
    [InlineData(MotionState.Disputed)]
    [InlineData(MotionState.Rejected)]
    [InlineData(MotionState.Opinion)]
    public void CheckMain_NotFiled_IsRefused(MotionState state) =>
        Assert.Equal(("merge.main-not-filed", "main"), Unfit(In(state)));

    [Fact]
    public void CheckMain_AnOpinionInHandling_IsRefused()
    {
        var opinion = AssignedOpinion();
        Assert.Equal(("merge.main-not-filed", "main"), Unfit(opinion));
        Ok(opinion.Accept(PartId, Clerk, Now));

        Assert.Equal(("merge.main-not-filed", "main"), Unfit(opinion));
    }

    [Theory]
    [InlineData(MotionState.Replied)]
    [InlineData(MotionState.Rehandling)]
    [InlineData(MotionState.DisputeMeeting)]
    [InlineData(MotionState.Tracking)]
    [InlineData(MotionState.Closed)]
    [InlineData(MotionState.ClosedDissent)]
    [InlineData(MotionState.Archived)]
    public void CheckMain_Answered_IsRefused(MotionState state) =>
        Assert.Equal(("merge.main-answered", "main"), Unfit(In(state)));

    [Fact]
    public void CheckMain_Withdrawn_IsRefusedAsGone()
    {
        var main = Filed();
        main.EndByWithdrawal(Now);

        Assert.Equal(("merge.main-gone", "main"), Unfit(main));
    }

    [Fact]
    public void CheckMain_ItselfMerged_IsRefusedWithItsMain()
    {
        var main = Merged();
        Assert.Equal(["0302-001"], main.CheckMain(Other())!.Arguments);
        Assert.Equal(("merge.main-is-merged", "main"), Unfit(main));

        main.TakeAnswer([.. Delivered().Parts], Now);

        Assert.Equal(("merge.main-is-merged", "main"), Unfit(main));
    }

    [Fact]
    public void CheckMain_Itself_IsRefused()
    {
        var motion = Filed();

        Assert.Equal("merge.with-itself", motion.CheckMain(motion)!.Code);
    }

    [Theory]
    [InlineData(32, 99)]
    [InlineData(99, 33)]
    public void CheckMain_AnotherSessionOrSchool_IsRefused(int school, int session) =>
        Assert.Equal("merge.other-session", Filed().CheckMain(Other(school, session))!.Code);

    [Fact]
    public void Merge_KeepsItsOwnNumberAndWaits()
    {
        var motion = Merged();

        Assert.Equal((MotionState.Merged, "0302-002", Now), (motion.State, motion.Number, motion.FiledAt));
        Assert.Equal((MainId, "0302-001"), (motion.MainId, motion.MainNumber));
    }

    [Fact]
    public void Unmerge_GoesOnByItself()
    {
        var motion = Merged();

        Assert.Equal(new MotionUnmerged("0302-001"), Ok(motion.Unmerge()));

        Assert.Equal((MotionState.Filed, "0302-002"), (motion.State, motion.Number));
        Assert.Equal((null, null), (motion.MainId, motion.MainNumber));
        Ok(motion.Assign([Part(21, Logistics)]));
    }

    [Fact]
    public void Unmerge_AnsweredWithTheMain_IsRefused()
    {
        var motion = Merged();
        motion.TakeAnswer([.. Delivered().Parts], Now);

        motion.Refused("motion.wrong-state", m => m.Unmerge());
    }

    [Fact]
    public void TakeAnswer_OfTheMain_OpensItsOwnFeedback()
    {
        var motion = Merged();
        Ok(motion.AskWithdrawal("已解决。", Proposer, Now));
        var main = Delivered();

        Assert.Equal("0302-001", motion.TakeAnswer([.. main.CurrentParts], Now).MainNumber);

        Assert.Equal((MotionState.Replied, 1), (motion.State, motion.Round));
        Assert.Equal(main.Parts, motion.Parts);
        Assert.Equal((Proposer, true), (motion.Forms.Single().To, motion.Forms.Single().IsOpen));
        Assert.Equal("answered", motion.Withdrawals.Single().Ended);
    }

    [Fact]
    public void TakeAnswer_Dissatisfied_IsHandledAgainByItself()
    {
        var motion = Merged();
        motion.TakeAnswer([.. Delivered().Parts], Now);
        Ok(motion.ReviewDiscontent(true, null, Chair, Now));

        motion.Rehandle(_ => Id(61), Now);

        Assert.Equal([Id(61)], motion.CurrentParts.Select(p => p.Id));
    }

    private static Motion Other(int school = 32, int session = 33) =>
        Motion.Create(Id(30), Id(school), Id(session), First, Content).Value.Motion;

    private static (string?, string?) Unfit(Motion main) =>
        (main.CheckMain(Other())?.Code, main.CheckMain(Other())?.Field);
}

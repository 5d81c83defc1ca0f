using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// From the draft to the submission (domain §2.2–2.4).
public partial class MotionTests
{
    [Fact]
    public void Create_MalformedText_MakesNoMotion() =>
        Assert.Equal(
            "motion.title-missing",
            Motion.Create(Id(1), Id(2), Id(3), Proposer, Content with { Title = "" }).Refusal?.Code
        );

    [Fact]
    public void Revise_Draft_TakesTheNewText()
    {
        var motion = Draft();

        Ok(motion.Revise(Content with { Title = "增设午休室" }));

        Assert.Equal("增设午休室", motion.Content.Title);
    }

    [Fact]
    public void Revise_UnderASignature_IsRefused()
    {
        var motion = Cosigning();
        Ok(motion.Cosign(First, CosignState.Confirmed, Minimum, Now));

        motion.Refused("motion.already-cosigned", m => m.Revise(Content with { Title = "增设午休室" }));
    }

    [Fact]
    public void Revise_Submitted_IsRefused() => Submitted().Refused("motion.not-editable", m => m.Revise(Content));

    [Fact]
    public void Revise_Malformed_IsRefused() =>
        Draft().Refused("motion.title-missing", m => m.Revise(Content with { Title = "" }), "title");

    [Fact]
    public void Revise_Returned_MustStayComplete()
    {
        var motion = Returned();

        motion.Refused("motion.grounds-too-short", m => m.Revise(Content with { Grounds = "太短" }), "grounds");
        Ok(motion.Revise(Content with { Title = "增设午休室" }));
    }

    [Fact]
    public void Invite_ByProposer_AsksEachOnce()
    {
        var motion = Cosigning();

        Assert.Equal(MotionState.Cosigning, motion.State);
        Assert.Equal([CosignState.Invited, CosignState.Invited], motion.Cosigners.Select(c => c.State));
        motion.Refused("motion.invite-nobody", m => m.Invite([First], Now), "memberIds");
    }

    [Fact]
    public void Invite_WhoDeclined_MayBeAskedAgain()
    {
        var motion = Cosigning();
        Ok(motion.Cosign(First, CosignState.Declined, Minimum, Now));

        Assert.Equal([First], Ok(motion.Invite([First, Second], Now)).MemberIds);
    }

    [Fact]
    public void Invite_Proposer_IsRefused() =>
        Draft().Refused("motion.proposer-cannot-cosign", m => m.Invite([First, Proposer], Now), "memberIds");

    [Fact]
    public void Invite_ToHalfAMotion_IsRefused() =>
        Draft(Content with { Proposals = [] })
            .Refused("motion.proposals-missing", m => m.Invite([First], Now), "proposals");

    [Fact]
    public void Invite_AfterSubmission_IsRefused() =>
        Submitted().Refused("motion.not-collecting", m => m.Invite([Clerk], Now));

    [Fact]
    public void Cosign_ByInvitee_Counts()
    {
        var motion = Cosigning();

        var cosigned = Ok(motion.Cosign(First, CosignState.Confirmed, Minimum, Now));

        Assert.Equal((1, 2), (cosigned.Confirmed, cosigned.Minimum));
        Assert.Equal([First], motion.ConfirmedCosigners);
    }

    [Fact]
    public void Cosign_Uninvited_IsRefused() =>
        Cosigning().Refused("motion.not-invited", m => m.Cosign(Clerk, CosignState.Confirmed, Minimum, Now));

    [Fact]
    public void Cosign_Twice_IsRefused() =>
        Cosigned().Refused("motion.cosign-closed", m => m.Cosign(First, CosignState.Confirmed, Minimum, Now));

    [Fact]
    public void Cosign_WithdrawnUnderReview_DropsTheCount()
    {
        var motion = UnderReview();

        Assert.Equal(1, Ok(motion.Cosign(First, CosignState.Withdrawn, Minimum, Now)).Confirmed);
    }

    [Fact]
    public void Cosign_WithdrawnAfterFiling_IsRefused() =>
        Filed().Refused("motion.cosign-closed", m => m.Cosign(First, CosignState.Withdrawn, Minimum, Now));

    [Fact]
    public void LapseInvitation_Unanswered_EndsItAndNoOther()
    {
        var motion = Cosigning();

        motion.LapseInvitation(First, Minimum, Now);

        Assert.Equal([CosignState.Lapsed, CosignState.Invited], motion.Cosigners.Select(c => c.State));
    }

    [Fact]
    public void Submit_EnoughCosigners_EndsTheOpenInvitations()
    {
        var motion = Cosigned();
        Ok(motion.Invite([Clerk], Now));

        Ok(motion.Submit(Minimum, collecting: true, Now));

        Assert.Equal((MotionState.Submitted, Now), (motion.State, motion.SubmittedAt));
        Assert.Equal(CosignState.Lapsed, motion.Cosigners.Single(c => c.MemberId == Clerk).State);
    }

    [Fact]
    public void Submit_TooFewCosigners_IsRefusedWithHowManyAreMissing()
    {
        var motion = Cosigning();
        Ok(motion.Cosign(First, CosignState.Confirmed, Minimum, Now));

        var refusal = motion.Refused("motion.cosigners-missing", m => m.Submit(Minimum, collecting: true, Now));

        Assert.Equal([1, 2], refusal.Arguments);
    }

    [Fact]
    public void Submit_AfterTheClose_IsRefused() =>
        Cosigned().Refused("motion.collection-closed", m => m.Submit(Minimum, collecting: false, Now));

    [Fact]
    public void Submit_Unfinished_IsRefused() =>
        Draft(Content with { Proposals = [] })
            .Refused("motion.proposals-missing", m => m.Submit(0, collecting: true, Now), "proposals");

    [Fact]
    public void Submit_Twice_IsRefused() =>
        Submitted().Refused("motion.wrong-state", m => m.Submit(Minimum, collecting: true, Now));

    [Fact]
    public void Lapse_TooFewCosigners_FailsAndOffersTheOpinion()
    {
        var motion = Cosigning();

        Ok(motion.Lapse(Minimum, Now));
        Ok(motion.AcceptConversion());
        motion.BecomeOpinion("T-YXZX-32-001", Now);

        Assert.Equal((MotionState.Opinion, true, null), (motion.State, motion.IsOpinion, motion.Number));
        Assert.Equal("T-YXZX-32-001", motion.ReceiptNumber);
        Assert.All(motion.Cosigners, c => Assert.Equal(CosignState.Lapsed, c.State));
    }

    [Fact]
    public void Lapse_Submitted_IsRefused() => Submitted().Refused("motion.wrong-state", m => m.Lapse(Minimum, Now));

    [Fact]
    public void AcceptConversion_WhileCollecting_IsRefused() =>
        Cosigning().Refused("motion.wrong-state", m => m.AcceptConversion());

    [Fact]
    public void Abandon_IsWithdrawn()
    {
        var motion = Draft();

        motion.Abandon();

        Assert.Equal(MotionState.Withdrawn, motion.State);
        motion.Refused("motion.wrong-state", m => m.Submit(0, collecting: true, Now));
    }
}

using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed partial class AidApplicationTests
{
    [Fact]
    public void Open_AHint_HasNoContentAndNoDocuments()
    {
        var aid = Opened(AidRoute.Hint);
        Assert.Equal((Reporter, Applicant, AidContent.Empty), (aid.ReporterId, aid.ApplicantId, aid.Content));
        Assert.Null(aid.EnteredById);
    }

    [Theory]
    [InlineData(AidRoute.Hint)]
    [InlineData(AidRoute.Emergency)]
    public void Open_WithoutAWord_IsRefused(AidRoute route)
    {
        var opened = AidApplication.Open(CaseId, route, School, Applicant, Chair, " ", Content, Now, Today);
        Assert.Equal(("aid.text-missing", "text"), (opened.Refusal?.Code, opened.Refusal?.Field));
    }

    [Fact]
    public void Open_ForAnother_TakesTheRouteForIt()
    {
        var self = AidApplication.Open(CaseId, AidRoute.Self, School, Applicant, Chair, null, Content, Now, Today);
        Assert.Equal("aid.self-only", self.Refusal?.Code);
        var behalf = AidApplication.Open(CaseId, AidRoute.Behalf, School, Chair, Chair, null, Content, Now, Today);
        Assert.Equal("aid.behalf-of-oneself", behalf.Refusal?.Code);
    }

    [Fact]
    public void Open_AnEmergency_NeedsItsUrgentPart()
    {
        var opened = AidApplication.Open(
            CaseId,
            AidRoute.Emergency,
            School,
            Applicant,
            Chair,
            "车祸。",
            Content with
            {
                Requested = null,
            },
            Now,
            Today
        );
        Assert.Equal("requested", opened.Refusal?.Field);
    }

    [Fact]
    public void FollowHint_Invited_TheApplicantWritesHimself()
    {
        var aid = Opened(AidRoute.Hint);
        Ok(aid.FollowHint(By(Chair), onBehalf: false));
        Assert.Equal(Applicant, aid.AuthorId);
        aid.Refused("aid.not-author", a => a.SaveDraft(Content, Chair, Today), kind: RefusalKind.Forbidden);
    }

    [Fact]
    public void FollowHint_OnBehalf_TheChairWritesAndTheConsentIsOnPaper()
    {
        var aid = Opened(AidRoute.Hint);
        Ok(aid.FollowHint(By(Chair), onBehalf: true));
        Ok(aid.SaveDraft(Content, Chair, Today));
        aid.Refused(
            "aid.consent-paper-missing",
            a => a.GiveConsent(ConsentKind.Collection, "1", Chair, null, Now),
            "paper"
        );
        Ok(aid.GiveConsent(ConsentKind.Collection, "1", Chair, Id(60), Now));
        Assert.Contains(aid.Checklist, p => p.Kind == ProofKind.ConsentForm);
        aid.Refused("aid.not-author", a => a.Submit(Applicant, Now, Today));
        Ok(aid.Submit(Chair, Now, Today));
    }

    [Fact]
    public void FollowHint_ByARelative_IsRefused()
    {
        var chair = new Actor(Chair, Ties.To(Chair));
        Opened(AidRoute.Hint).Recused(a => a.FollowHint(chair, onBehalf: false));
        Opened(AidRoute.Hint).Recused(a => a.DismissHint(chair, "无困难。", Now));
    }

    [Fact]
    public void DismissHint_WithoutAReason_IsRefused() =>
        Opened(AidRoute.Hint).Refused("form.reason-missing", a => a.DismissHint(By(Chair), " ", Now), "reason");

    [Fact]
    public void SaveDraft_HalfTyped_IsKept()
    {
        var aid = Opened(content: AidContent.Empty);
        var half = AidContent.Empty with { Narrative = "未写完" };
        Ok(aid.SaveDraft(half, Applicant, Today));
        Assert.Equal(half, aid.Content);
    }

    [Fact]
    public void Submit_WithoutConsent_NamesItBesideEveryMissingField()
    {
        var refusal = Opened().Refused("aid.consent-missing", a => a.Submit(Applicant, Now, Today), "consents");
        Assert.Empty(refusal.Fields);
        refusal = Opened(content: AidContent.Empty).Refused("form.invalid", a => a.Submit(Applicant, Now, Today));
        Assert.Equal(21, refusal.Fields.Length);
        Assert.Equal("consents", refusal.Fields[0].Field);
    }

    [Fact]
    public void Submit_TheOtherTwoConsents_DoNotStandForIt()
    {
        var aid = Opened();
        Ok(aid.GiveConsent(ConsentKind.Transfer, "1", Applicant, null, Now));
        Ok(aid.GiveConsent(ConsentKind.Publicity, "1", Applicant, null, Now));
        aid.Refused("aid.consent-missing", a => a.Submit(Applicant, Now, Today), "consents");
    }

    [Fact]
    public void Consent_TakenBack_IsKeptOnRecordAndMayBeGivenAgain()
    {
        var aid = Consented();
        Ok(aid.WithdrawConsent(ConsentKind.Publicity, Applicant, Now));
        Assert.False(aid.Has(ConsentKind.Publicity));
        aid.Refused("aid.consent-not-given", a => a.WithdrawConsent(ConsentKind.Publicity, Applicant, Now));
        Ok(aid.GiveConsent(ConsentKind.Publicity, "1", Applicant, null, Now));
        Assert.Equal(2, aid.Consents.Count(c => c.Kind == ConsentKind.Publicity));
        aid.Refused("aid.not-author", a => a.WithdrawConsent(ConsentKind.Publicity, Chair, Now));
    }

    [Fact]
    public void Consent_ToTheSameVersionTwice_IsOne()
    {
        var aid = Consented();
        Ok(aid.GiveConsent(ConsentKind.Transfer, "1", Applicant, null, Now.AddDays(1)));
        Assert.Equal(3, aid.Consents.Length);
        Ok(aid.GiveConsent(ConsentKind.Transfer, "2", Applicant, null, Now.AddDays(1)));
        Assert.Equal(["1", "2"], aid.Consents.Where(c => c.Kind == ConsentKind.Transfer).Select(c => c.Version));
        Assert.Single(aid.Consents, c => c is { Kind: ConsentKind.Transfer, IsGiven: true });
    }

    [Fact]
    public void Consent_OfAnEndedCase_MayStillBeTakenBack()
    {
        var aid = Ended(AidState.Closed);
        Ok(aid.WithdrawConsent(ConsentKind.Publicity, Applicant, Now));
        Assert.False(aid.Has(ConsentKind.Publicity));
    }

    [Fact]
    public void Receive_Twice_KeepsTheFirstNumber()
    {
        var aid = Submitted();
        Assert.Equal("BF-YXZX-2026-0001", aid.Receive("BF-YXZX-2026-0002").Number);
    }

    [Fact]
    public void FormCheck_ByTheDistrict_NeedsTheConsentToTransfer()
    {
        var aid = Submitted(transfer: false);
        aid.Refused("aid.transfer-consent-missing", a => a.Accept(ByDistrict(Officer), FundId, Now));
        Ok(aid.Accept(By(Chair), FundId, Now));
    }

    [Fact]
    public void FormCheck_ByWhoStandsTooNear_IsRefused()
    {
        var related = new Actor(Chair, Ties.To(Chair));
        Submitted().Recused(a => a.Accept(related, FundId, Now));
        Submitted().Recused(a => a.AskSupplement(related, "请补。"));
        Submitted().Recused(a => a.RefuseForm(related, "非会员。", Now));
        Submitted().Recused(a => a.Accept(By(Applicant), FundId, Now));
        Submitted().Recused(a => a.Accept(By(Husband), FundId, Now));
        Submitted().Recused(a => a.Accept(new Actor(Officer, Ties.To(Chair), ActingFor: Chair), FundId, Now));
    }

    [Fact]
    public void Supplement_IsAskedForOnce()
    {
        var aid = AskedToSupplement();
        Assert.Equal("请补结算单。", aid.SupplementReason);
        var proof = new Proof(ProofKind.Settlement, Id(61));
        Ok(aid.Resubmit(Content with { Proofs = [proof] }, Applicant, Today));
        Assert.Equal([proof], aid.Content.Proofs);
        aid.Refused("aid.supplemented-before", a => a.AskSupplement(By(Chair), "再补。"));
        Ok(aid.Accept(By(Chair), FundId, Now));
    }

    [Fact]
    public void Supplement_NotInTime_IsWithdrawn()
    {
        var aid = AskedToSupplement();
        Assert.True(Ok(aid.LapseSupplement(Now)).Lapsed);
        Assert.Equal(AidState.Withdrawn, aid.State);
    }

    [Fact]
    public void Withdraw_IsTheApplicants_AndOfADraftTheAuthorsToo()
    {
        Submitted().Refused("aid.not-author", a => a.Withdraw(Chair, null, Now), kind: RefusalKind.Forbidden);
        var behalf = Opened(AidRoute.Behalf);
        Ok(behalf.Withdraw(Chair, null, Now));
        Assert.Equal(AidState.Withdrawn, behalf.State);
    }

    [Fact]
    public void Cancel_WhatIsApproved_IsPaidToWhoeverLeaves()
    {
        Approved().Refused("aid.approved-is-paid", a => a.Cancel(CancelReason.LeftDistrict, "调离。", Now));
        Bounced().Refused("aid.approved-is-paid", a => a.Cancel(CancelReason.LeftDistrict, "调离。", Now));
        Waiting().Refused("aid.approved-is-paid", a => a.Cancel(CancelReason.LeftDistrict, "调离。", Now));
        var noticed = InNotice();
        Ok(noticed.Cancel(CancelReason.LeftDistrict, "调离。", Now));
        Assert.Equal((AidState.Cancelled, CancelReason.LeftDistrict), (noticed.State, noticed.CancelledFor));
    }

    // Scenario 12 a.
    [Fact]
    public void Cancel_TheApplicantDiesWhileSurveyed_EndsIt()
    {
        var aid = Surveying();
        Assert.Equal(AidState.Surveying, Ok(aid.Cancel(CancelReason.Died, "去世。", Now)).From);
        Assert.True(aid.IsEnded);
    }

    // Scenario 12 b.
    [Fact]
    public void MoveSchool_ApprovedAndUnpaid_StaysWithTheOldFund()
    {
        var aid = Approved();
        Assert.Equal(new SchoolMoved(School, OtherSchool), Ok(aid.MoveSchool(OtherSchool, Now)));
        Assert.Equal((AidState.Approved, FundId, OtherSchool), (aid.State, aid.FundId, aid.SchoolId));
        aid.Refused("aid.same-school", a => a.MoveSchool(OtherSchool, Now));
    }

    [Fact]
    public void MoveSchool_BeingApproved_IsApprovedAnew()
    {
        var aid = AtDistrict();
        Ok(aid.MoveSchool(OtherSchool, Now));
        Assert.Equal(AidState.ApprovalSchool, aid.State);
        Assert.Empty(aid.Agreed);
        Assert.Equal(Approver.School, Route(aid));
    }

    [Fact]
    public void MoveSchool_HeldWhileBeingApproved_WaitsForTheObjection()
    {
        var aid = AtDistrict();
        Ok(aid.Hold(ObjectionId));
        aid.Refused("aid.held", a => a.MoveSchool(OtherSchool, Now), kind: RefusalKind.Conflict);
        var noticed = InNotice();
        Ok(noticed.Hold(ObjectionId));
        Ok(noticed.MoveSchool(OtherSchool, Now));
    }
}

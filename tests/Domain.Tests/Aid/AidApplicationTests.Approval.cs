using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed partial class AidApplicationTests
{
    [Theory]
    [InlineData(1_000_00, AidCategory.Rel, false, Approver.School)]
    [InlineData(1_000_01, AidCategory.Rel, false, Approver.School, Approver.Officer)]
    [InlineData(5_000_00, AidCategory.Rel, false, Approver.School, Approver.Officer)]
    [InlineData(5_000_01, AidCategory.Rel, false, Approver.School, Approver.Officer, Approver.Chair)]
    [InlineData(5_000_01, AidCategory.Rel, true, Approver.School, Approver.Officer, Approver.Joint)]
    [InlineData(100, AidCategory.Deep, false, Approver.School, Approver.Officer, Approver.Chair)]
    public void Approve_ClimbsByTheCumulativeAmount(
        long cumulative,
        AidCategory category,
        bool joint,
        params Approver[] asked
    )
    {
        // This one is a hundred yuan; the rest was paid before.
        var aid = InNotice(Result(yuan: 100, category: category));
        Ok(aid.NoticeOver(Now, After));
        foreach (var level in asked)
        {
            Assert.Equal(level, Route(aid, new Money(cumulative), joint));
            aid.Refused("aid.approval-missing", a => a.Reserve("DA-1", new Money(cumulative), L1, L2, joint, Now));
            Ok(aid.Approve(level == Approver.School ? By(Chair) : ByDistrict(DistrictChair), "同意。", Now));
        }
        Assert.Null(Route(aid, new Money(cumulative), joint));
        Ok(aid.Reserve("DA-1", new Money(cumulative), L1, L2, joint, Now));
        Assert.Equal((AidState.Approved, "DA-1", Now), (aid.State, aid.FileNumber, aid.ApprovedAt!.Value));
    }

    // The level rose between the last approval and the reservation: one more approval opens.
    [Fact]
    public void Reserve_WhenTheLevelHasRisen_AsksTheNextAndKeepsWhatWasGiven()
    {
        var aid = AgreedByAll();
        Assert.False(aid.Covers(new Money(5_000_01), L1, L2, joint: false));
        aid.Refused("aid.approval-missing", a => a.Reserve("DA-1", new Money(5_000_01), L1, L2, false, Now));
        Assert.Equal(Approver.Chair, Route(aid, new Money(5_000_01)));
        Ok(aid.Approve(ByDistrict(DistrictChair), null, Now));
        Assert.True(aid.Covers(new Money(5_000_01), L1, L2, joint: false));
        Ok(aid.Reserve("DA-1", new Money(5_000_01), L1, L2, joint: false, Now));
    }

    [Fact]
    public void Reserve_WithoutAFile_IsRefused() =>
        AgreedByAll().Refused("aid.file-missing", a => a.Reserve(" ", L1, L1, L2, false, Now));

    [Fact]
    public void Approve_BeforeItIsRouted_IsRefused()
    {
        var aid = InNotice();
        Ok(aid.NoticeOver(Now, After));
        aid.Refused("aid.wrong-state", a => a.Approve(By(Chair), null, Now));
    }

    public static TheoryData<string, Actor> MayNotApprove =>
        new()
        {
            { "himself", By(Applicant) },
            { "a relative", new Actor(Chair, Ties.To(Chair)) },
            { "of the household", By(Husband) },
            { "a surveyor", By(Surveyor) },
            { "who signed the survey", By(Cosurveyor) },
            { "for himself", new Actor(Chair, Ties.None, ActingFor: Applicant) },
            { "for a relative", new Actor(Chair, Ties.To(Officer), ActingFor: Officer) },
            { "for a surveyor", new Actor(Chair, Ties.None, ActingFor: Surveyor) },
            { "a surveyor for the chair", new Actor(Surveyor, Ties.None, ActingFor: Chair) },
        };

    [Theory]
    [MemberData(nameof(MayNotApprove))]
    public void Approve_ByWhoStandsTooNear_IsRefusedWhateverHeDecides(string who, Actor actor)
    {
        Assert.NotEmpty(who);
        InApproval().Recused(a => a.Approve(actor, null, Now));
        InApproval().Recused(a => a.ReturnApproval(actor, "退回。"));
        InApproval().Recused(a => a.RefuseApproval(actor, "不同意。", Now));
        Assert.Equal("aid.recused", InApproval().CheckApprover(actor)?.Code);
    }

    [Fact]
    public void Approve_AtTheDistrict_NeedsTheConsentToTransfer()
    {
        var aid = AtDistrict(transfer: false);
        aid.Refused("aid.transfer-consent-missing", a => a.Approve(By(Officer), null, Now));
        // What is not taken up may be sent back or refused.
        Ok(AtDistrict(transfer: false).ReturnApproval(By(Officer), "未同意提供。"));
        Ok(AtDistrict(transfer: false).RefuseApproval(By(Officer), "不同意。", Now));
        Ok(aid.GiveConsent(ConsentKind.Transfer, "1", Applicant, null, Now));
        Ok(aid.Approve(By(Officer), null, Now));
    }

    [Fact]
    public void Approve_ByWhoReportedOrEnteredIt_IsRefused()
    {
        var reported = Ok(
            AidApplication.Open(
                CaseId,
                AidRoute.Hint,
                School,
                Applicant,
                Chair,
                "家人住院。",
                AidContent.Empty,
                Now,
                Today
            )
        ).Application;
        Assert.Equal(RecusalGround.Entered, reported.RecusalOf(Chair, Duty.Approve, Ties.None));
        Assert.Null(reported.RecusalOf(Chair, Duty.Handle, Ties.None));
        Ok(reported.FollowHint(By(Officer), onBehalf: true));
        Assert.Equal(RecusalGround.Entered, reported.RecusalOf(Officer, Duty.Approve, Ties.None));
    }

    [Fact]
    public void Approve_InPlaceOfAConflictedChair_NeedsTheConsentToo() =>
        InApproval(transfer: false)
            .Refused("aid.transfer-consent-missing", a => a.Approve(ByDistrict(Officer), null, Now));

    [Fact]
    public void Approve_Jointly_EachChairOnce()
    {
        var aid = AtDistrict();
        Ok(aid.Approve(ByDistrict(Officer), null, Now));
        Assert.Equal(Approver.Joint, Route(aid, new Money(5_000_01), joint: true));
        Ok(aid.Approve(ByDistrict(DistrictChair), null, Now));
        aid.Refused("aid.approved-before", a => a.Approve(ByDistrict(DistrictChair), null, Now));
        Ok(aid.Approve(ByDistrict(ViceChair), null, Now));
        Assert.Null(Route(aid, new Money(5_000_01), joint: true));
        Assert.Equal([Chair, Officer, DistrictChair, ViceChair], aid.Approvals.Select(a => a.By));
    }

    [Fact]
    public void Return_GoesBackToTheNextAssessment_AndItsRoundCountsForNothing()
    {
        var aid = AtDistrict();
        Ok(aid.ReturnApproval(ByDistrict(Officer), "金额偏高。"));
        Assert.Equal(AidState.Surveyed, aid.State);
        Ok(aid.Assess(Result(yuan: 900, line: 42), Now));
        Ok(aid.Publish(By(Chair), "某幼儿园", "0512-0000", After, After.AddDays(7), false));
        Assert.True(aid.Notice!.Again);
        Ok(aid.NoticeOver(Now, After.AddDays(8)));
        Assert.Equal(Approver.School, Route(aid));
        Assert.Single(aid.Approvals);
    }

    [Fact]
    public void Return_WithoutAReason_IsRefused()
    {
        InApproval().Refused("form.reason-missing", a => a.ReturnApproval(By(Chair), ""), "reason");
        InApproval().Refused("form.reason-missing", a => a.RefuseApproval(By(Chair), "", Now), "reason");
    }

    [Fact]
    public void Queue_ThenFund_IsApproved()
    {
        var aid = Waiting();
        Ok(aid.Fund());
        Assert.Equal(AidState.Approved, aid.State);
    }

    [Fact]
    public void Emergency_UpToItsLimit_IsTheChairsAlone()
    {
        var limit = Money.Yuan(2_000);
        var aid = Consented(AidRoute.Emergency);
        aid.Refused(
            "aid.emergency-too-much",
            a => a.ApproveEmergency(By(Chair), new Money(2_000_01), limit, FundId, null, Now),
            "amount"
        );
        aid.Refused(
            "aid.amount-invalid",
            a => a.ApproveEmergency(By(Chair), Money.Zero, limit, FundId, null, Now),
            "amount"
        );
        aid.Recused(a => a.ApproveEmergency(By(Applicant), limit, limit, FundId, null, Now));
        aid.Recused(a => a.ApproveEmergency(new Actor(Chair, Ties.To(Chair)), limit, limit, FundId, null, Now));
        aid.Refused("aid.approval-missing", a => a.Reserve("DA-1", limit, L1, L2, false, Now));
        Ok(aid.ApproveEmergency(By(Chair), limit, limit, FundId, null, Now));
        aid.Refused("aid.wrong-state", a => a.ApproveEmergency(By(Officer), limit, limit, FundId, null, Now));
        Ok(aid.Reserve("DA-1", Money.Yuan(9_000), L1, L2, joint: false, Now));
        Assert.Equal((limit, FundId, AidCategory.Acc), (aid.Amount, aid.FundId, aid.Category));
    }

    [Fact]
    public void Emergency_BeyondACeiling_IsRefused()
    {
        var aid = Consented(AidRoute.Emergency);
        Ok(aid.ApproveEmergency(By(Chair), L1, L1, FundId, null, Now));
        var refused = Ok(aid.RefuseForCeiling(Beyond, Now));
        Assert.Equal((AidState.Refused, null, Beyond), (aid.State, aid.EndReason, aid.EndCeiling));
        Assert.Equal(Beyond, refused.Ceiling);
    }

    [Fact]
    public void Emergency_IsReviewedAfter_AndClosedByItsNotice()
    {
        var aid = PaidAtOnce();
        aid.Refused("aid.wrong-state", a => a.Close(Now));
        aid.Refused("aid.not-author", a => a.HandInPapers(Content, Surveyor, Now, Today));
        aid.Refused(
            "aid.field-missing",
            a => a.HandInPapers(Content with { Requested = null }, Applicant, Now, Today),
            "requested"
        );
        Ok(aid.HandInPapers(Content, Applicant, Now, Today));
        aid.Refused("aid.paid-before", a => a.Withdraw(Applicant, null, Now));
        Ok(aid.Appoint(By(Chair), [Surveyor, Cosurveyor]));
        Ok(aid.RecordSurvey(Surveyor, Form, Today, Now, Today));
        Ok(aid.SignSurvey(Cosurveyor, Now));
        Ok(aid.Assess(Result(yuan: 500), Now));
        Assert.Equal(Money.Yuan(2_000), aid.Amount);
        Ok(aid.Publish(By(Chair), "某幼儿园", "0512-0000", Today, Through, false));
        Ok(aid.NoticeOver(Now, After));
        Assert.Equal((AidState.Closed, Now), (aid.State, aid.EndedAt!.Value));
    }
}

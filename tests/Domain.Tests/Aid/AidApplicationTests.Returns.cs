using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

// 退回、拿回、跳转、终止、唤醒.
public sealed partial class AidApplicationTests
{
    [Fact]
    public void StepsBack_AreBeforeTheNoticeAndTheMoney()
    {
        Assert.Equal(["aid.formcheck"], Accepted().StepsBack("aid.appoint"));
        Assert.Equal(["aid.appoint", "aid.assess"], Reviewed().StepsBack("aid.publish"));
        Assert.Equal([], InNotice().StepsBack("aid.publish"));
        Assert.Equal([], InApproval().StepsBack("aid.approve.school"));
        Assert.Equal([], PaidAtOnce().StepsBack("aid.appoint"));
    }

    [Fact]
    public void SendBack_ToTheFormalCheck_IsNotAcceptedAnyMore()
    {
        var aid = Accepted();

        Ok(aid.SendBack(By(Chair), "aid.appoint", "aid.formcheck", "材料不全。"));

        Assert.Equal((AidState.Submitted, null, null), (aid.State, aid.FundId, aid.AcceptedAt));
        Ok(aid.Accept(By(Chair), FundId, Now));
    }

    [Fact]
    public void SendBack_ToBeSurveyedAnew_KeepsWhoSurveyedFromApproving()
    {
        var aid = Reviewed();

        Ok(aid.SendBack(By(Chair), "aid.publish", "aid.appoint", "住房情况有疑问。"));

        Assert.Equal((AidState.Accepted, null, null), (aid.State, aid.Amount, aid.Survey));
        Assert.Contains(Surveyor, aid.EverSurveyed);
        Ok(aid.Appoint(By(Chair), [Surveyor, Cosurveyor]));
        Ok(aid.RecordSurvey(Surveyor, Form, Today, Now, Today));
    }

    [Fact]
    public void SendBack_ToTheAssessment_IsAssessedByANewLine()
    {
        var aid = Reviewed();

        Ok(aid.SendBack(By(Chair), "aid.publish", "aid.assess", "金额笔误。"));

        Assert.Equal(AidState.Surveyed, aid.State);
        Ok(aid.Assess(Result(line: 42, yuan: 2_000), Now));
        Assert.Equal(Money.Yuan(2_000), aid.Amount);
    }

    [Fact]
    public void SendBack_ByWhoeverMustStandAside_IsRefused() =>
        Accepted().Refused("aid.recused", a => a.SendBack(By(Applicant), "aid.appoint", "aid.formcheck", "材料不全。"));

    [Fact]
    public void TakeBack_OfTheAppointment_UntilARecordIsWritten()
    {
        var aid = Surveying();
        Ok(aid.TakeBack(By(Chair), "aid.survey", "aid.appoint"));
        Assert.Equal((AidState.Accepted, true), (aid.State, aid.Surveyors.IsEmpty));

        Recorded().Refused("task.went-on", a => a.TakeBack(By(Chair), "aid.survey", "aid.appoint"));
    }

    [Fact]
    public void Jump_WhileMoneyOrANoticeIsUnderWay_IsRefused()
    {
        foreach (var aid in new[] { InNotice(), Waiting(), Approved(), Sent(), Confirmed(), PaidAtOnce() })
            aid.Refused("case.jump-impossible", a => a.Jump("aid.assess", "有误。", Officer));
        Ok(AtDistrict().Jump("aid.assess", "有误。", Officer));
    }

    [Theory]
    [InlineData(AidState.Submitted, "aid.formcheck", AidState.Submitted)]
    [InlineData(AidState.Surveying, "aid.appoint", AidState.Accepted)]
    [InlineData(AidState.Surveyed, "aid.assess", AidState.Surveyed)]
    [InlineData(AidState.Notice, "aid.publish", AidState.Reviewed)]
    [InlineData(AidState.ApprovalDistrict, "aid.assess", AidState.Surveyed)]
    [InlineData(AidState.Approved, "aid.assess", AidState.Surveyed)]
    public void Wake_AfterTermination_GoesOnBeforeTheMoney(AidState state, string step, AidState woken)
    {
        var aid = In(state);
        Ok(aid.Terminate("重复申请。", Now));
        Assert.Equal((AidState.Cancelled, CancelReason.Terminated), (aid.State, aid.CancelledFor));
        Assert.True(aid.IsEnded);

        Ok(aid.Wake(step, "终止有误。", Officer));

        Assert.Equal((woken, null, null, null), (aid.State, aid.CancelledFor, aid.EndedAt, aid.Termination));
        Assert.False(aid.Agreed.Any());
    }

    [Theory]
    [InlineData(AidState.Sent)]
    [InlineData(AidState.Paid)]
    [InlineData(AidState.Confirmed)]
    [InlineData(AidState.Closed)]
    [InlineData(AidState.Cancelled)]
    public void Terminate_MoneySentOrOver_IsRefused(AidState state) =>
        In(state).Refused("case.terminate-too-late", a => a.Terminate("重复申请。", Now));

    [Fact]
    public void Wake_WhatWasCancelledOtherwise_IsRefused() =>
        In(AidState.Cancelled).Refused("case.not-terminated", a => a.Wake("aid.formcheck", "有误。", Officer));
}

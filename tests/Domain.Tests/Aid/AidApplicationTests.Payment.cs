using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed partial class AidApplicationTests
{
    // Scenario 11: bounced, corrected, checked by another, sent again under the same approval.
    [Fact]
    public void Bounce_IsPaidAgainUnderTheSameApproval()
    {
        var aid = Bounced();
        Assert.Equal("户名不符", aid.BounceReason);
        var approvals = aid.Approvals;
        Ok(aid.CorrectAccount(Corrected, Id(51), Applicant, Now));
        Assert.NotEqual(Corrected, aid.Content.Account);
        Ok(aid.ConfirmAccount(ByDistrict(Officer), Now));
        Assert.Equal((AidState.Approved, Corrected), (aid.State, aid.Content.Account));
        Assert.Equal(approvals, aid.Approvals);
        Ok(aid.List());
        Ok(aid.Send());
        Ok(aid.Pay(Today));
    }

    [Fact]
    public void CorrectAccount_IsCheckedByAnotherPerson()
    {
        var aid = Bounced();
        aid.Refused("aid.correction-missing", a => a.ConfirmAccount(ByDistrict(Officer), Now));
        aid.Refused("aid.proof-missing", a => a.CorrectAccount(Corrected, null, Applicant, Now), "proof");
        aid.Refused(
            "aid.account-not-own",
            a => a.CorrectAccount(Corrected with { AccountName = "李强" }, Id(51), Applicant, Now),
            "accountName"
        );
        aid.Refused("aid.not-author", a => a.CorrectAccount(Corrected, Id(51), Officer, Now));
        Ok(aid.CorrectAccount(Corrected, Id(51), Applicant, Now));
        aid.Refused("aid.correction-open", a => a.CorrectAccount(Corrected, Id(51), Applicant, Now));
        aid.Refused("aid.second-person", a => a.ConfirmAccount(By(Applicant), Now), kind: RefusalKind.Forbidden);
        aid.Recused(a => a.ConfirmAccount(new Actor(Officer, Ties.To(Officer), AtDistrict: true), Now));
    }

    [Fact]
    public void ReturnAccount_AsksForAnotherCorrection()
    {
        var aid = Bounced();
        Ok(aid.CorrectAccount(Corrected, Id(51), Applicant, Now));
        aid.Refused("form.reason-missing", a => a.ReturnAccount(ByDistrict(Officer), "", Now), "reason");
        Ok(aid.ReturnAccount(ByDistrict(Officer), "凭证不清。", Now));
        Assert.Null(aid.OpenCorrection);
        aid.Refused("aid.correction-missing", a => a.ConfirmAccount(ByDistrict(Officer), Now));
        Ok(aid.CorrectAccount(Corrected, Id(52), Applicant, Now));
        Assert.Equal(2, aid.Corrections.Length);
    }

    [Fact]
    public void Bounce_Late_TakesThePaymentBack()
    {
        var aid = NotArrived();
        Ok(aid.Bounce("账户已销户"));
        Assert.Null(aid.PaidOn);
        Assert.Null(aid.MissingReason);
    }

    [Fact]
    public void Bounce_AfterItWasConfirmed_AsksForTheAccountAndForTheReceiptAnew()
    {
        var aid = Confirmed();
        Ok(aid.Bounce("账户已销户"));
        Assert.Equal((AidState.Bounced, null, null), (aid.State, aid.ConfirmedAt, aid.PaidOn));
        Ok(aid.CorrectAccount(Corrected, Id(51), Applicant, Now));
        Ok(aid.ConfirmAccount(ByDistrict(Officer), Now));
        Ok(aid.List());
        Ok(aid.Send());
        Ok(aid.Pay(Today));
        Ok(aid.Confirm(Applicant, Now));
    }

    [Fact]
    public void Bounce_WhileAnEmergencyIsReviewed_AsksForTheAccountFirst()
    {
        var aid = PaidAtOnce();
        Ok(aid.HandInPapers(aid.Content, Applicant, Now, Today));
        Ok(aid.Appoint(By(Chair), [Surveyor, Cosurveyor]));
        Ok(aid.Bounce("账户已销户"));
        Assert.Equal((AidState.Bounced, null, false), (aid.State, aid.ConfirmedAt, aid.IsAfterReview));
        // What is reviewed before any payment cannot have bounced.
        Surveying().Refused("aid.wrong-state", a => a.Bounce("账户已销户"));
    }

    [Fact]
    public void HandInPapers_AgainAfterABounceInTheReview_TheHouseholdIsSeenAnew()
    {
        var aid = PaidAtOnce();
        Ok(aid.HandInPapers(aid.Content, Applicant, Now, Today));
        Ok(aid.Appoint(By(Chair), [Surveyor, Cosurveyor]));
        Ok(aid.RecordSurvey(Surveyor, Form, Today, Now, Today));
        Ok(aid.SignSurvey(Cosurveyor, Now));
        Ok(aid.Bounce("账户已销户"));
        Ok(aid.CorrectAccount(aid.Content.Account!, Id(51), Applicant, Now));
        Ok(aid.ConfirmAccount(By(Chair), Now));
        Ok(aid.List());
        Ok(aid.Send());
        Ok(aid.Pay(Today));
        Ok(aid.Confirm(Applicant, Now));

        Ok(aid.HandInPapers(aid.Content, Applicant, Now, Today));

        Assert.Null(aid.Survey);
        Assert.Equal((Applicant, "账户已销户"), (aid.Surveys[^1].ReturnedBy!.Value, aid.Surveys[^1].ReturnReason));
        Assert.Equal(Money.Yuan(2_000), aid.Amount);
        // The same two, whose first record would else stand in the way of their second.
        Ok(aid.Appoint(By(Chair), [Surveyor, Cosurveyor]));
        Ok(aid.RecordSurvey(Surveyor, Form, Today, Now, Today));
        Ok(aid.SignSurvey(Cosurveyor, Now));
        Assert.Equal(AidState.Surveyed, aid.State);
    }

    [Fact]
    public void Confirm_IsTheApplicantsOwn() =>
        Paid().Refused("aid.not-author", a => a.Confirm(Chair, Now), kind: RefusalKind.Forbidden);

    [Fact]
    public void ConfirmOnPaper_IsSignedAfterThePaymentAndNotInTheFuture()
    {
        var aid = Paid();
        aid.Refused(
            "aid.signed-before-payment",
            a => a.ConfirmOnPaper(By(Chair), Today.AddDays(-1), Now, Today),
            "signedOn"
        );
        aid.Refused("aid.date-in-future", a => a.ConfirmOnPaper(By(Chair), After, Now, Today), "signedOn");
        aid.Recused(a => a.ConfirmOnPaper(By(Applicant), Today, Now, Today));
        Ok(aid.ConfirmOnPaper(By(Chair), Today, Now, Today));
        Assert.Equal((AidState.Confirmed, Today), (aid.State, aid.SignedOn));
    }

    [Fact]
    public void Missing_IsTracedByFinance_AndConfirmedThen()
    {
        var aid = NotArrived();
        aid.Recused(a => a.Trace(By(Husband), "已入账。"));
        aid.Refused("form.reason-missing", a => a.Trace(By(Officer), " "), "reason");
        Ok(aid.Trace(By(Officer), "已入账。"));
        Ok(aid.Confirm(Applicant, Now));
    }

    [Fact]
    public void Close_WithoutAFollowUp_IsRefused()
    {
        var aid = Confirmed();
        aid.Refused("aid.followup-missing", a => a.Close(Now));
        aid.Refused(
            "aid.visit-before-payment",
            a => a.Visit(By(Chair), Today.AddDays(-1), FollowUpMode.Home, "好转。", Now, Today),
            "visitedOn"
        );
        aid.Refused(
            "aid.date-in-future",
            a => a.Visit(By(Chair), After, FollowUpMode.Home, "好转。", Now, Today),
            "visitedOn"
        );
        aid.Refused("aid.field-missing", a => a.Visit(By(Chair), Today, FollowUpMode.Phone, "", Now, Today), "gist");
        Ok(aid.Visit(By(Chair), Today, FollowUpMode.Phone, "好转。", Now, Today));
        Ok(aid.Close(Now));
        Ok(aid.Close(Now.AddDays(1)));
        Assert.Equal(Now, aid.EndedAt);
    }
}

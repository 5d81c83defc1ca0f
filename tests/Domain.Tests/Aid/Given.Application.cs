using EduUnion.Domain.Aid;

namespace EduUnion.Domain.Tests.Aid;

// One application in each state, each by the way that leads there.
internal static partial class Given
{
    public static AidApplication Opened(AidRoute route = AidRoute.Self, AidContent? content = null) =>
        Ok(
            AidApplication.Open(
                CaseId,
                route,
                School,
                Applicant,
                route switch
                {
                    AidRoute.Hint => Reporter,
                    AidRoute.Self or AidRoute.Emergency => Applicant,
                    _ => Chair,
                },
                route is AidRoute.Hint or AidRoute.Emergency ? "突发重病。" : null,
                content ?? Content,
                Now,
                Today
            )
        ).Application;

    public static AidApplication Consented(AidRoute route = AidRoute.Self, bool publicity = true, bool transfer = true)
    {
        var aid = Opened(route);
        Ok(aid.GiveConsent(ConsentKind.Collection, "1", Applicant, null, Now));
        if (transfer)
            Ok(aid.GiveConsent(ConsentKind.Transfer, "1", Applicant, null, Now));
        if (publicity)
            Ok(aid.GiveConsent(ConsentKind.Publicity, "1", Applicant, null, Now));
        return aid;
    }

    public static AidApplication Submitted(bool publicity = true, bool transfer = true)
    {
        var aid = Consented(publicity: publicity, transfer: transfer);
        Ok(aid.Submit(Applicant, Now, Today));
        aid.Receive("BF-YXZX-2026-0001");
        return aid;
    }

    public static AidApplication Accepted(bool publicity = true, bool transfer = true)
    {
        var aid = Submitted(publicity, transfer);
        Ok(aid.Accept(By(Chair), FundId, Now));
        return aid;
    }

    public static AidApplication Surveying(bool publicity = true, bool transfer = true)
    {
        var aid = Accepted(publicity, transfer);
        Ok(aid.Appoint(By(Chair), [Surveyor, Cosurveyor]));
        return aid;
    }

    public static AidApplication Recorded(bool publicity = true, bool transfer = true)
    {
        var aid = Surveying(publicity, transfer);
        Ok(aid.RecordSurvey(Surveyor, Form, Today, Now, Today));
        return aid;
    }

    public static AidApplication Surveyed(bool publicity = true, bool transfer = true)
    {
        var aid = Recorded(publicity, transfer);
        Ok(aid.SignSurvey(Cosurveyor, Now));
        return aid;
    }

    public static AidApplication Reviewed(AssessmentResult? result = null, bool publicity = true, bool transfer = true)
    {
        var aid = Surveyed(publicity, transfer);
        Ok(aid.Assess(result ?? Result(), Now));
        return aid;
    }

    public static AidApplication InNotice(AssessmentResult? result = null, bool publicity = true, bool transfer = true)
    {
        var aid = Reviewed(result, publicity, transfer);
        Ok(aid.Publish(By(Chair), "某幼儿园", "0512-0000", Today, Through, sensitive: false));
        return aid;
    }

    /// <summary>The notice is over and the school's chair is asked.</summary>
    public static AidApplication InApproval(AssessmentResult? result = null, bool transfer = true)
    {
        var aid = InNotice(result, transfer: transfer);
        Ok(aid.NoticeOver(Now, After));
        Route(aid);
        return aid;
    }

    /// <summary>The school's chair has agreed and the district's officer is asked.</summary>
    public static AidApplication AtDistrict(AssessmentResult? result = null, bool transfer = true)
    {
        var aid = InApproval(result, transfer);
        Ok(aid.Approve(By(Chair), null, Now));
        Route(aid);
        return aid;
    }

    /// <summary>Everybody has agreed; the money is not reserved yet.</summary>
    public static AidApplication AgreedByAll()
    {
        var aid = AtDistrict();
        Ok(aid.Approve(ByDistrict(Officer), null, Now));
        Assert.Null(Route(aid));
        return aid;
    }

    public static AidApplication Waiting()
    {
        var aid = AgreedByAll();
        Ok(aid.Queue("DA-YXZX-2026-0001", aid.Amount!.Value, L1, L2, joint: false, Now));
        return aid;
    }

    public static AidApplication Approved()
    {
        var aid = AgreedByAll();
        Ok(aid.Reserve("DA-YXZX-2026-0001", aid.Amount!.Value, L1, L2, joint: false, Now));
        return aid;
    }

    public static AidApplication Sent()
    {
        var aid = Approved();
        Ok(aid.List());
        Ok(aid.Send());
        return aid;
    }

    public static AidApplication Paid()
    {
        var aid = Sent();
        Ok(aid.Pay(Today));
        return aid;
    }

    public static AidApplication Bounced()
    {
        var aid = Sent();
        Ok(aid.Bounce("户名不符"));
        return aid;
    }

    public static AidApplication Confirmed()
    {
        var aid = Paid();
        Ok(aid.Confirm(Applicant, Now));
        return aid;
    }

    /// <summary>An emergency whose money has arrived and whose papers are owed.</summary>
    public static AidApplication PaidAtOnce()
    {
        var aid = Consented(AidRoute.Emergency);
        aid.Receive("BF-YXZX-2026-0002");
        Ok(aid.ApproveEmergency(By(Chair), Money.Yuan(2_000), Money.Yuan(2_000), FundId, null, Now));
        Ok(aid.Reserve("DA-YXZX-2026-0002", Money.Yuan(2_000), L1, L2, joint: false, Now));
        Ok(aid.List());
        Ok(aid.Send());
        Ok(aid.Pay(Today));
        Ok(aid.Confirm(Applicant, Now));
        return aid;
    }

    public static AidApplication Ended(AidState state)
    {
        var aid = state is AidState.Dismissed ? Opened(AidRoute.Hint) : Submitted();
        switch (state)
        {
            case AidState.Dismissed:
                Ok(aid.DismissHint(By(Chair), "已有其他救助。", Now));
                break;
            case AidState.Refused:
                Ok(aid.RefuseForm(By(Chair), "不属于本会会员。", Now));
                break;
            case AidState.Withdrawn:
                Ok(aid.Withdraw(Applicant, null, Now));
                break;
            case AidState.Cancelled:
                Ok(aid.Cancel(CancelReason.Died, "去世。", Now));
                break;
            default:
                aid = Confirmed();
                Ok(aid.Visit(By(Chair), Today, FollowUpMode.Home, "已好转。", Now, Today));
                Ok(aid.Close(Now));
                break;
        }
        return aid;
    }

    public static AidApplication In(AidState state)
    {
        var aid = state switch
        {
            AidState.Reported => Opened(AidRoute.Hint),
            AidState.Urgent => Consented(AidRoute.Emergency),
            AidState.Draft => Consented(),
            AidState.Submitted => Submitted(),
            AidState.Supplement => AskedToSupplement(),
            AidState.Accepted => Accepted(),
            AidState.Surveying => Surveying(),
            AidState.Surveyed => Surveyed(),
            AidState.Reviewed => Reviewed(),
            AidState.Notice => InNotice(),
            AidState.ApprovalSchool => InApproval(),
            AidState.ApprovalDistrict => AtDistrict(),
            AidState.Waiting => Waiting(),
            AidState.Approved => Approved(),
            AidState.Listed => Listed(),
            AidState.Sent => Sent(),
            AidState.Bounced => Bounced(),
            AidState.Paid => Paid(),
            AidState.Missing => NotArrived(),
            AidState.Confirmed => Confirmed(),
            _ => Ended(state),
        };
        Assert.Equal(state, aid.State);
        return aid;
    }

    public static AidApplication AskedToSupplement()
    {
        var aid = Submitted();
        Ok(aid.AskSupplement(By(Chair), "请补结算单。"));
        return aid;
    }

    public static AidApplication Listed()
    {
        var aid = Approved();
        Ok(aid.List());
        return aid;
    }

    public static AidApplication NotArrived()
    {
        var aid = Paid();
        Ok(aid.ReportMissing(By(Applicant), "未收到。"));
        return aid;
    }

    /// <summary>Who is asked next when this is the year's only aid.</summary>
    public static Approver? Route(AidApplication aid, Money? cumulative = null, bool joint = false) =>
        Ok(aid.RouteApproval(cumulative ?? aid.Amount!.Value, L1, L2, joint)).Next;
}

using System.Text.Json;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

// Which act is possible in which state (domain §3.3); everywhere else it is refused and changes nothing.
public sealed partial class AidApplicationTests
{
    private static readonly AidState[] Ends =
    [
        AidState.Dismissed,
        AidState.Closed,
        AidState.Refused,
        AidState.Withdrawn,
        AidState.Cancelled,
    ];

    [Theory]
    [InlineData("follow hint", AidState.Reported)]
    [InlineData("dismiss hint", AidState.Reported)]
    [InlineData("save", AidState.Draft, AidState.Supplement)]
    [InlineData("submit", AidState.Draft)]
    [InlineData("resubmit", AidState.Supplement)]
    [InlineData("accept", AidState.Submitted)]
    [InlineData("ask supplement", AidState.Submitted)]
    [InlineData("refuse form", AidState.Submitted)]
    [InlineData("lapse", AidState.Supplement)]
    [InlineData("appoint", AidState.Accepted)]
    [InlineData("ask district", AidState.Accepted)]
    [InlineData("return appointment", AidState.Accepted)]
    [InlineData("recuse", AidState.Surveying)]
    [InlineData("hand back", AidState.Surveying)]
    [InlineData("replace", AidState.Surveying)]
    [InlineData("record", AidState.Surveying)]
    [InlineData("sign", AidState.Surveying)]
    [InlineData("return survey", AidState.Surveying)]
    [InlineData("assess", AidState.Surveyed)]
    [InlineData("publish", AidState.Reviewed)]
    [InlineData("interrupt", AidState.Notice)]
    [InlineData("prolong", AidState.Notice)]
    [InlineData("over", AidState.Notice)]
    [InlineData("hold", AidState.Notice, AidState.ApprovalSchool, AidState.ApprovalDistrict)]
    [InlineData("route", AidState.ApprovalSchool, AidState.ApprovalDistrict)]
    [InlineData("approve", AidState.ApprovalSchool, AidState.ApprovalDistrict)]
    [InlineData("return approval", AidState.ApprovalSchool, AidState.ApprovalDistrict)]
    [InlineData("refuse approval", AidState.Urgent, AidState.ApprovalSchool, AidState.ApprovalDistrict)]
    [InlineData("ceiling", AidState.ApprovalSchool, AidState.ApprovalDistrict)]
    [InlineData("approve emergency", AidState.Urgent)]
    [InlineData("emergency ceiling", AidState.Urgent)]
    [InlineData("reserve", AidState.ApprovalDistrict)]
    [InlineData("queue", AidState.ApprovalDistrict)]
    [InlineData("fund", AidState.Waiting)]
    [InlineData("list", AidState.Approved)]
    [InlineData("unlist", AidState.Listed)]
    [InlineData("send", AidState.Listed)]
    [InlineData("pay", AidState.Sent)]
    [InlineData("bounce", AidState.Sent, AidState.Paid, AidState.Missing, AidState.Confirmed)]
    [InlineData("correct", AidState.Bounced)]
    [InlineData("confirm account", AidState.Bounced)]
    [InlineData("return account", AidState.Bounced)]
    [InlineData("confirm", AidState.Paid, AidState.Missing)]
    [InlineData("confirm on paper", AidState.Paid, AidState.Missing)]
    [InlineData("report missing", AidState.Paid)]
    [InlineData("trace", AidState.Missing)]
    [InlineData("visit", AidState.Confirmed)]
    [InlineData("close", AidState.Confirmed)]
    [InlineData(
        "withdraw",
        AidState.Urgent,
        AidState.Draft,
        AidState.Submitted,
        AidState.Supplement,
        AidState.Accepted,
        AidState.Surveying,
        AidState.Surveyed,
        AidState.Reviewed,
        AidState.Notice,
        AidState.ApprovalSchool,
        AidState.ApprovalDistrict,
        AidState.Waiting
    )]
    [InlineData(
        "cancel",
        AidState.Reported,
        AidState.Urgent,
        AidState.Draft,
        AidState.Submitted,
        AidState.Supplement,
        AidState.Accepted,
        AidState.Surveying,
        AidState.Surveyed,
        AidState.Reviewed,
        AidState.Notice,
        AidState.ApprovalSchool,
        AidState.ApprovalDistrict,
        AidState.Waiting,
        AidState.Approved,
        AidState.Listed,
        AidState.Bounced
    )]
    public void Act_IsPossibleOnlyIn(string act, params AidState[] allowed) =>
        Assert.Equal(allowed.Order(), Enum.GetValues<AidState>().Where(s => IsPossible(act, s)));

    [Theory]
    [InlineData("consent")]
    [InlineData("move school")]
    public void Act_IsPossibleUntilItEnds(string act) =>
        Assert.Equal(Ends.Order(), Enum.GetValues<AidState>().Where(s => !IsPossible(act, s)));

    private static bool IsPossible(string act, AidState state)
    {
        var aid = Prepared(act, state);
        var before = JsonSerializer.Serialize(aid, Stored);
        var possible = Try(act, aid);
        // Reckoning the same level again says the same; everything else leaves its mark.
        if (act != "route" || !possible)
            Assert.Equal(possible, before != JsonSerializer.Serialize(aid, Stored));
        return possible;
    }

    private static AidApplication Prepared(string act, AidState state)
    {
        var aid = In(state);
        switch (act, state)
        {
            case ("sign" or "return survey", AidState.Surveying):
                return Recorded();
            case ("return appointment", AidState.Accepted):
                Ok(aid.AskDistrict(By(Chair), "人手不足。"));
                break;
            case ("reserve" or "queue", AidState.ApprovalDistrict):
                return AgreedByAll();
            case ("confirm account" or "return account", AidState.Bounced):
                Ok(aid.CorrectAccount(Corrected, Id(51), Applicant, Now));
                break;
            case ("close", AidState.Confirmed):
                Ok(aid.Visit(By(Chair), Today, FollowUpMode.Home, "已好转。", Now, Today));
                break;
        }
        return aid;
    }

    private static BankAccount Corrected => BankAccount.Of("某银行", "张小丽", "6222021200007654321");

    private static bool Try(string act, AidApplication a) =>
        act switch
        {
            "follow hint" => a.FollowHint(By(Chair), onBehalf: true).IsOk,
            "dismiss hint" => a.DismissHint(By(Chair), "已有其他救助。", Now).IsOk,
            "save" => a.SaveDraft(Content with { Narrative = "改。" }, Applicant, Today).IsOk,
            "consent" => a.GiveConsent(ConsentKind.Publicity, "2", Applicant, null, Now).IsOk,
            "submit" => a.Submit(Applicant, Now, Today).IsOk,
            "resubmit" => a.Resubmit(null, Applicant, Today).IsOk,
            "accept" => a.Accept(By(Chair), FundId, Now).IsOk,
            "ask supplement" => a.AskSupplement(By(Chair), "请补结算单。").IsOk,
            "refuse form" => a.RefuseForm(By(Chair), "非会员。", Now).IsOk,
            "lapse" => a.LapseSupplement(Now).IsOk,
            "withdraw" => a.Withdraw(Applicant, null, Now).IsOk,
            "cancel" => a.Cancel(CancelReason.Died, "去世。", Now).IsOk,
            "move school" => a.MoveSchool(OtherSchool, Now).IsOk,
            "appoint" => a.Appoint(By(Chair), [Surveyor, Cosurveyor]).IsOk,
            "ask district" => a.AskDistrict(By(Chair), "人手不足。").IsOk,
            "recuse" => a.Recuse(Surveyor, Relation.InLaw, "姑嫂。", Now).IsOk,
            "return appointment" => a.ReturnAppointment(ByDistrict(Officer), "申请人未同意。").IsOk,
            "hand back" => a.HandBack(Surveyor, "住院。").IsOk,
            "replace" => a.ReplaceSurveyor(By(Chair), Surveyor, "离职。").IsOk,
            "record" => a.RecordSurvey(Surveyor, Form, Today, Now, Today).IsOk,
            "sign" => a.SignSurvey(Cosurveyor, Now).IsOk,
            "return survey" => a.ReturnSurvey(Cosurveyor, "住房未核。").IsOk,
            "assess" => a.Assess(Result(line: 42), Now).IsOk,
            "publish" => a.Publish(By(Chair), "某幼儿园", "0512-0000", Today, Through, false).IsOk,
            "interrupt" => a.InterruptNotice(1, After, "停机。", Now).IsOk,
            "prolong" => a.ProlongNotice(After).IsOk,
            "over" => a.NoticeOver(Now, After).IsOk,
            "hold" => a.Hold(ObjectionId).IsOk,
            "route" => a.RouteApproval(L2, L1, L2, joint: false).IsOk,
            "approve" => a.Approve(ByDistrict(Officer), null, Now).IsOk,
            "return approval" => a.ReturnApproval(ByDistrict(Officer), "金额偏高。").IsOk,
            "refuse approval" => a.RefuseApproval(ByDistrict(Officer), "不符合条件。", Now).IsOk,
            "ceiling" => a.ReturnForCeiling(Beyond).IsOk,
            "approve emergency" => a.ApproveEmergency(By(Chair), L1, L2, FundId, null, Now).IsOk,
            "emergency ceiling" => a.RefuseForCeiling(Beyond, Now).IsOk,
            "reserve" => a.Reserve("DA-1", Money.Yuan(3_000), L1, L2, false, Now).IsOk,
            "queue" => a.Queue("DA-1", Money.Yuan(3_000), L1, L2, false, Now).IsOk,
            "fund" => a.Fund().IsOk,
            "list" => a.List().IsOk,
            "unlist" => a.Unlist().IsOk,
            "send" => a.Send().IsOk,
            "pay" => a.Pay(Today).IsOk,
            "bounce" => a.Bounce("户名不符").IsOk,
            "correct" => a.CorrectAccount(Corrected, Id(51), Applicant, Now).IsOk,
            "confirm account" => a.ConfirmAccount(ByDistrict(Officer), Now).IsOk,
            "return account" => a.ReturnAccount(ByDistrict(Officer), "凭证不清。", Now).IsOk,
            "confirm" => a.Confirm(Applicant, Now).IsOk,
            "confirm on paper" => a.ConfirmOnPaper(By(Chair), Today, Now, Today).IsOk,
            "report missing" => a.ReportMissing(By(Applicant), "未收到。").IsOk,
            "trace" => a.Trace(By(Officer), "银行确认已入账。").IsOk,
            "visit" => a.Visit(By(Chair), Today, FollowUpMode.Home, "已好转。", Now, Today).IsOk,
            // A closed one says closed again and does nothing.
            "close" => a.State != AidState.Closed && a.Close(Now).IsOk,
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };
}

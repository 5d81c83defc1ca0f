using System.Text.Json;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed partial class AidApplicationTests
{
    [Fact]
    public void Assess_Passed_SetsCategoryAndAmount()
    {
        var aid = Reviewed(Result(yuan: 2_500, category: AidCategory.Acc));
        Assert.Equal((AidCategory.Acc, Money.Yuan(2_500)), (aid.Category, aid.Amount));
    }

    [Fact]
    public void Assess_NotPassed_IsRefused()
    {
        var aid = Surveyed();
        Ok(aid.Assess(Result(passed: false) with { Reason = "收入高于标准。" }, Now));
        Assert.Equal((AidState.Refused, "收入高于标准。"), (aid.State, aid.EndReason));
    }

    [Fact]
    public void Assess_TheSameLineTwice_ChangesNothing()
    {
        var aid = InNotice();
        var before = JsonSerializer.Serialize(aid, Stored);
        Assert.Equal(Result(), Ok(aid.Assess(Result(), Now)).Result);
        Assert.Equal(before, JsonSerializer.Serialize(aid, Stored));
    }

    [Fact]
    public void Assess_WithoutARecordSignedByTwo_IsImpossible()
    {
        // The state cannot be had without it; a stored one that was tampered with is refused all the same.
        var stored = JsonSerializer
            .Serialize(Surveyed(), Stored)
            .Replace($$"""{"by":"{{Cosurveyor}}","at":"2026-11-18T09:00:00+08:00"}""", "");
        stored = stored.Replace("""+08:00"},]""", """+08:00"}]""");
        var aid = JsonSerializer.Deserialize<AidApplication>(stored, Stored)!;
        Assert.Single(aid.Survey!.Signatures);
        aid.Refused("aid.survey-missing", a => a.Assess(Result(), Now));
    }

    [Fact]
    public void Notice_ShowsExactlyWhatItMay()
    {
        var notice = InNotice().Notice!;
        Assert.Equal(
            new PublicNotice(
                1,
                "BF-YXZX-2026-0001",
                "张**",
                "某幼儿园",
                CauseGroup.Illness,
                Money.Yuan(3_000),
                Today,
                Through,
                "0512-0000",
                Internal: false,
                Again: false
            ),
            notice
        );
        var shown = JsonSerializer.Serialize(notice, Stored);
        Assert.All(
            new[] { "小丽", MyNumber, "13800000000", "某病", "手术", "6222", "李强", "61200", "6120000" },
            secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    public void Notice_WithoutConsentOrOfASensitiveCause_IsInternal(bool publicity, bool sensitive, bool @internal) =>
        Assert.Equal(
            @internal,
            Ok(
                Reviewed(publicity: publicity).PreviewNotice("某幼儿园", "0512-0000", Today, Through, sensitive)
            ).Internal
        );

    [Fact]
    public void Notice_WhenTheConsentIsTakenBack_GoesOnInternally()
    {
        var aid = InNotice();
        Ok(aid.WithdrawConsent(ConsentKind.Transfer, Applicant, Now));
        Assert.False(aid.Notice!.Internal);
        Ok(aid.WithdrawConsent(ConsentKind.Publicity, Applicant, Now));
        Assert.True(aid.Notice!.Internal);
    }

    [Fact]
    public void Publish_WithoutContact_OrByWhoStandsTooNear_IsRefused()
    {
        Reviewed()
            .Refused("aid.contact-missing", a => a.Publish(By(Chair), "某园", "", Today, Through, false), "contact");
        Reviewed().Recused(a => a.Publish(By(Applicant), "某园", "0512", Today, Through, false));
        Reviewed(transfer: false)
            .Refused(
                "aid.transfer-consent-missing",
                a => a.Publish(ByDistrict(Officer), "某园", "0512", Today, Through, false)
            );
    }

    // Scenario 9: notice 2026-11-18, five working days, ends 11-25 24:00.
    [Fact]
    public void NoticeOver_OnItsLastDay_IsTooEarly()
    {
        var aid = InNotice();
        aid.Refused("aid.notice-running", a => a.NoticeOver(Now, Through));
        Ok(aid.NoticeOver(Now, After));
        Assert.Null(aid.Notice);
        Assert.Equal((AidState.ApprovalSchool, 1), (aid.State, aid.Round));
    }

    [Fact]
    public void Interrupt_MakesItLonger_AndNeverShorter()
    {
        var aid = InNotice();
        Ok(aid.InterruptNotice(1, After, "网站停机。", Now));
        Assert.Equal(After, aid.Notice!.Through);
        Assert.Single(aid.Notice.Interruptions);
        aid.Refused("aid.notice-running", a => a.NoticeOver(Now, After));
        aid.Refused("aid.interruption-invalid", a => a.InterruptNotice(1, After, "网站停机。", Now));
        aid.Refused("aid.interruption-invalid", a => a.InterruptNotice(0, After.AddDays(1), "网站停机。", Now));
        aid.Refused("aid.interruption-invalid", a => a.ProlongNotice(Through));
    }

    // Scenario 10: unfounded, and the application goes on.
    [Fact]
    public void Objection_Unfounded_GoesOnWhereItStood()
    {
        var aid = InNotice();
        Ok(aid.Hold(ObjectionId));
        Assert.True(aid.IsHeld);
        aid.Refused("aid.held", a => a.NoticeOver(Now, After), kind: RefusalKind.Conflict);
        Assert.False(Ok(aid.SettleObjection(Settled(ObjectionOutcome.Unfounded), Now)).StillHeld);
        Ok(aid.NoticeOver(Now, After));
        Route(aid);
        aid.Recused(a => a.Approve(By(Investigator), null, Now));
    }

    [Fact]
    public void Objection_Adjusted_IsPublishedAgain()
    {
        var aid = InNotice();
        Ok(aid.Hold(ObjectionId));
        Ok(aid.SettleObjection(Settled(ObjectionOutcome.Adjusted, 2_000, AidCategory.Loc), Now));
        Assert.Equal((AidState.Reviewed, Money.Yuan(2_000), AidCategory.Loc), (aid.State, aid.Amount, aid.Category));
        Assert.Null(aid.Notice);
        Ok(aid.Publish(By(Chair), "某幼儿园", "0512-0000", After, After.AddDays(5), false));
        Assert.Equal((2, true, Money.Yuan(2_000)), (aid.Notice!.Round, aid.Notice.Again, aid.Notice.Amount));
    }

    [Fact]
    public void Objection_Upheld_CancelsAndTakesTheNoticeDown()
    {
        var aid = InNotice();
        Ok(aid.Hold(ObjectionId));
        Ok(aid.SettleObjection(Settled(ObjectionOutcome.Upheld), Now));
        Assert.Equal((AidState.Cancelled, CancelReason.ObjectionUpheld), (aid.State, aid.CancelledFor));
        Assert.Null(aid.Notice);
    }

    [Fact]
    public void Objections_Two_HoldUntilTheLastIsSettled()
    {
        var aid = InNotice();
        Ok(aid.Hold(ObjectionId));
        Ok(aid.Hold(Id(33)));
        Ok(aid.Hold(Id(33)));
        Assert.Equal(2, aid.Holds.Length);
        Assert.True(Ok(aid.SettleObjection(Settled(ObjectionOutcome.Adjusted, 2_000), Now)).StillHeld);
        aid.Refused("aid.held", a => a.Publish(By(Chair), "某园", "0512", After, After, false));
        aid.Refused("aid.objection-unknown", a => a.SettleObjection(Settled(ObjectionOutcome.Unfounded), Now));
        Ok(aid.SettleObjection(Settled(ObjectionOutcome.Unfounded) with { ObjectionId = Id(33) }, Now));
        Assert.False(aid.IsHeld);
    }

    // Filed on the last evening, it arrives when the approval has begun.
    [Fact]
    public void Objection_DuringApproval_StopsItAndItsRoundBeginsAnew()
    {
        var aid = AtDistrict();
        Ok(aid.Hold(ObjectionId));
        aid.Refused("aid.held", a => a.Approve(ByDistrict(Officer), null, Now), kind: RefusalKind.Conflict);
        aid.Refused("aid.held", a => a.RefuseApproval(ByDistrict(Officer), "不符。", Now));
        aid.Refused("aid.held", a => a.ReturnApproval(ByDistrict(Officer), "不符。"));
        aid.Refused("aid.held", a => a.RouteApproval(L1, L1, L2, false));
        Ok(aid.SettleObjection(Settled(ObjectionOutcome.Adjusted, 800), Now));
        Ok(aid.Publish(By(Chair), "某幼儿园", "0512-0000", After, After.AddDays(5), false));
        Ok(aid.NoticeOver(Now, After.AddDays(6)));
        Assert.Empty(aid.Agreed);
        Assert.Equal(Approver.School, Route(aid));
    }

    private static ObjectionSettled Settled(
        ObjectionOutcome outcome,
        long? yuan = null,
        AidCategory? category = null
    ) =>
        new(
            ObjectionId,
            outcome,
            yuan is { } y ? Money.Yuan(y) : null,
            category,
            "经查。",
            [Investigator, Coinvestigator]
        );
}

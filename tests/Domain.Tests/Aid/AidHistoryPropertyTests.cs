using System.Text.Json;
using CsCheck;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

// Anybody tries anything at any time; what must never be, never is.
public sealed class AidHistoryPropertyTests
{
    private static readonly Guid[] People =
    [
        Applicant,
        Chair,
        Officer,
        DistrictChair,
        Surveyor,
        Cosurveyor,
        Sister,
        Husband,
        Investigator,
        Coinvestigator,
    ];

    private static readonly Ties SisterInLaw = Ties.To(Sister);

    // The common way is in it more often than the rest, so that most histories get somewhere.
    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.OneOf(Gen.Int[0, 22], Gen.Int[23, 44]),
        Gen.OneOf(Gen.Const(1), Gen.Int[0, 9]),
        Gen.Int[0, 9],
        Gen.Int[1, 60],
        (act, by, other, hundreds) => new Step(act, People[by], People[other], Money.Yuan(hundreds * 100))
    );

    private sealed record Step(int Act, Guid By, Guid Other, Money Amount)
    {
        public Actor Actor => new(By, SisterInLaw, AtDistrict: By == Officer || By == DistrictChair);
    }

    [Fact]
    public void NothingThatMustNotBe_EverIs()
    {
        var reached = new HashSet<AidState>();
        Steps.Array[20, 120].Sample(steps => IsSound(steps, reached), iter: 10_000, threads: 1);
        // A generator that gets nowhere proves nothing.
        AidState[] somewhere =
        [
            AidState.Surveyed,
            AidState.Notice,
            AidState.ApprovalSchool,
            AidState.ApprovalDistrict,
            AidState.Waiting,
            AidState.Approved,
            AidState.Bounced,
            AidState.Closed,
            AidState.Refused,
            AidState.Withdrawn,
            AidState.Cancelled,
        ];
        Assert.Empty(somewhere.Except(reached));
    }

    private static bool IsSound(Step[] steps, HashSet<AidState> reached)
    {
        var aid = Consented();
        foreach (var step in steps)
        {
            var (before, state) = (JsonSerializer.Serialize(aid, Stored), aid.State);
            // Half of the time the next thing that the case needs, else whatever comes.
            var done = step.Act <= 22 ? Forward(aid, step) : Any(aid, step);
            if (!done && before != JsonSerializer.Serialize(aid, Stored))
                return false;
            // Only an administrator wakes what he has ended himself.
            if (!IsSound(aid) || (state != aid.State && Ended(state) && step.Act != 44))
                return false;
            reached.Add(aid.State);
        }
        return true;
    }

    private static bool Ended(AidState state) =>
        state is AidState.Closed or AidState.Refused or AidState.Withdrawn or AidState.Cancelled;

    private static bool IsSound(AidApplication aid)
    {
        Guid[] near = [Applicant, Husband, Sister];
        if (aid.Surveyors.Intersect(near).Any() || aid.Approvals.Select(a => a.By).Intersect(near).Any())
            return false;
        if (aid.Approvals.Select(a => a.By).Intersect(aid.EverSurveyed).Any())
            return false;
        var surveyed = aid.State is >= AidState.Surveyed and <= AidState.Closed;
        if (surveyed && aid.Survey?.Signatures.Select(s => s.By).Distinct().Count() is null or < 2)
            return false;
        if (surveyed && aid.State > AidState.Surveyed && aid.Amount is null)
            return false;
        var approved = aid.State is >= AidState.Waiting and <= AidState.Closed;
        var due = Money.Zero;
        if (approved && !aid.Covers(due = aid.Amount!.Value, L1, L2, joint: false))
            return false;
        if (approved && aid.Approvals.Where(a => a.Round == aid.Round).Any(a => a.Amount != due))
            return false;
        return !aid.IsHeld || !approved;
    }

    private static bool Forward(AidApplication a, Step s) =>
        a.State switch
        {
            AidState.Draft => a.Submit(s.By, Now, Today).IsOk,
            AidState.Submitted => a.Accept(s.Actor, FundId, Now).IsOk,
            AidState.Supplement => a.Resubmit(null, s.By, Today).IsOk,
            AidState.Accepted => a.Appoint(s.Actor, [s.Other, Cosurveyor, Surveyor]).IsOk,
            AidState.Surveying when a.Survey is null => a.RecordSurvey(Surveyor, Form, Today, Now, Today).IsOk,
            AidState.Surveying => a.SignSurvey(a.Cosurveyors[0], Now).IsOk,
            AidState.Surveyed => a.Assess(
                Result(yuan: s.Amount.Fen / 100, line: 100 + a.Round * 7 + a.Notices.Length),
                Now
            ).IsOk,
            AidState.Reviewed => a.Publish(s.Actor, "某园", "0512", Today, Through, false).IsOk,
            AidState.Notice => a.NoticeOver(Now, After).IsOk,
            AidState.ApprovalSchool or AidState.ApprovalDistrict => Approve(a, s),
            AidState.Waiting => a.Fund().IsOk,
            AidState.Approved => a.List().IsOk,
            AidState.Listed => a.Send().IsOk,
            AidState.Sent => a.Pay(Today).IsOk,
            AidState.Bounced when a.OpenCorrection is null => a.CorrectAccount(
                Content.Account,
                Id(51),
                Applicant,
                Now
            ).IsOk,
            AidState.Bounced => a.ConfirmAccount(s.Actor, Now).IsOk,
            AidState.Paid or AidState.Missing => a.Confirm(s.By, Now).IsOk,
            AidState.Confirmed when a.FollowUp is null => a.Visit(
                s.Actor,
                Today,
                FollowUpMode.Home,
                "好转。",
                Now,
                Today
            ).IsOk,
            _ => a.Close(Now).IsOk,
        };

    private static bool Approve(AidApplication a, Step s)
    {
        if (a.Pending is not null && !a.Agreed.Contains(a.Pending.Value))
            return a.Approve(s.Actor, null, Now).IsOk;
        if (a.Covers(a.Amount!.Value, L1, L2, joint: false))
            return s.Amount > L1
                ? a.Reserve("DA-1", a.Amount.Value, L1, L2, false, Now).IsOk
                : a.Queue("DA-1", a.Amount.Value, L1, L2, false, Now).IsOk;
        return a.RouteApproval(a.Amount.Value, L1, L2, joint: false).IsOk;
    }

    private static bool Any(AidApplication a, Step s) =>
        s.Act switch
        {
            23 => a.Recuse(s.By, Relation.InLaw, "姻亲。", Now).IsOk,
            24 => a.ReturnSurvey(s.By, "未核。").IsOk,
            25 => a.AskSupplement(s.Actor, "请补。").IsOk,
            26 => a.Hold(ObjectionId).IsOk,
            27 or 28 => a.SettleObjection(
                new ObjectionSettled(ObjectionId, ObjectionOutcome.Unfounded, null, null, "经查。", [Investigator]),
                Now
            ).IsOk,
            29 => a.SettleObjection(
                new ObjectionSettled(ObjectionId, ObjectionOutcome.Adjusted, s.Amount, null, "经查。", [Investigator]),
                Now
            ).IsOk,
            30 => a.ReturnApproval(s.Actor, "偏高。").IsOk,
            31 => s.Amount > Money.Yuan(5_800) && a.RefuseApproval(s.Actor, "不符。", Now).IsOk,
            32 => a.Approve(s.Actor, null, Now).IsOk,
            33 => a.Reserve("DA-1", a.Amount ?? Money.Zero, L1, L2, false, Now).IsOk,
            34 => a.Bounce("户名不符").IsOk,
            35 => a.Unlist().IsOk,
            36 => a.MoveSchool(s.Amount > L1 ? OtherSchool : School, Now).IsOk,
            37 => s.Amount > Money.Yuan(5_800) && a.Withdraw(s.By, null, Now).IsOk,
            38 => s.Amount > Money.Yuan(5_800) && a.Cancel(CancelReason.Died, "去世。", Now).IsOk,
            39 => a.ReportMissing(s.Actor, "未收到。").IsOk,
            40 => a.LapseSupplement(Now).IsOk,
            41 => a.StepsBack(a.State == AidState.Reviewed ? "aid.publish" : "aid.appoint") is { IsEmpty: false } back
                && a.SendBack(
                    s.Actor,
                    a.State == AidState.Reviewed ? "aid.publish" : "aid.appoint",
                    back[^1],
                    "有误。"
                ).IsOk,
            42 => a.StepsOpen is { IsEmpty: false } open && a.Jump(open[0], "有误。", s.By).IsOk,
            43 => s.Amount > Money.Yuan(5_000) && a.Terminate("重复。", Now).IsOk,
            _ => a.StepsToWake is { IsEmpty: false } wake && a.Wake(wake[^1], "有误。", s.By).IsOk,
        };
}

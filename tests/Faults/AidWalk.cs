using System.Globalization;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Seeds;

namespace EduUnion.Faults;

/// <summary>
/// One application, to which anything is done in any order, and the plain one beside it: both say yes or no to the same,
/// both come to the same state, and a no has changed nothing at all. Now and then it is stored and read again.
/// </summary>
internal sealed class AidWalk
{
    private const int Longest = 250;
    private const string Reason = "按章程办理。";
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 2);
    private static readonly DateOnly LastDay = new(2026, 11, 9);
    private static readonly Money L1 = Money.Yuan(1_000);
    private static readonly Money L2 = Money.Yuan(5_000);
    private static readonly AidContent Said = SeedFiles
        .Read<List<DemoApplication>>("demo/aid.json")[0]
        .Content("申请人", 1, Today);

    private readonly Random _chance;
    private readonly ISet<string> _done;
    private readonly PlainAid _plain;
    private readonly Guid _applicant;
    private readonly Guid _relative;
    private readonly long _before;
    private readonly List<Guid> _objections = [];
    private AidApplication _aid;
    private int _last;

    /// <param name="done">Gets every act that was not refused.</param>
    public AidWalk(Random chance, ISet<string> done)
    {
        (_chance, _done) = (chance, done);
        (_applicant, _relative) = (NewId(), NewId());
        // What he got this year already.
        _before = chance.Next(4) == 0 ? chance.Next(6_000) : 0;
        var route = chance.Next(3) == 0 ? AidRoute.Emergency : AidRoute.Self;
        _plain = new PlainAid(route == AidRoute.Emergency);
        _aid = AidApplication
            .Open(NewId(), route, NewId(), _applicant, _applicant, Reason, Said, Now, Today)
            .Value.Application;
        foreach (var kind in Enum.GetValues<ConsentKind>())
            Assert.True(_aid.GiveConsent(kind, "1", _applicant, null, Now).IsOk);
    }

    /// <returns>Acts tried.</returns>
    public int Run()
    {
        var steps = 0;
        for (; steps < Longest && !_aid.IsEnded; steps++)
        {
            Try(Choose());
            Assert.Equal(_plain.State, $"{_aid.State}");
            if (!_aid.IsEnded)
                Assert.Equal(_plain.Objections > 0, _aid.IsHeld);
            if (_chance.Next(20) == 0)
                StoreAndRead();
        }
        return Math.Max(steps, 1);
    }

    /// <summary>Mostly something that may be done, and seldom what ends it: else no walk came to the money.</summary>
    private string Choose()
    {
        var act = Pick(PlainAid.Acts);
        for (var more = _chance.Next(4) * 20; more > 0 && !PlainAid.IsOf(act, _plain.State); more--)
            act = Pick(PlainAid.Acts);
        return PlainAid.Ends(act) && _chance.Next(50) > 0 ? Choose() : act;
    }

    private void Try(string act)
    {
        var (over, near, yuan) = (
            _chance.Next(2) == 0,
            _chance.Next(6) == 0,
            _chance.Next(1, act == "give at once" ? 2_500 : 8_000)
        );
        // What the law does with money that has arrived is no rule of this table.
        if (act is "dies" or "leaves the district" && _plain.IsReview)
            return;
        var may = _plain.May(act, over, near, yuan);
        // Storing costs more than all the rest.
        var before = may ? "" : Stored();
        var level = _plain.Asked(_before);
        var refusal = Do(
            act,
            over,
            new Actor(near ? Pick([_applicant, _relative]) : NewId(), Ties.To(_relative)),
            yuan
        );
        Assert.True(may == refusal is null, $"{act} in {_plain.State}: {refusal?.Code ?? "not refused"}");
        if (!may)
        {
            Assert.Equal(before, Stored());
            return;
        }
        _done.Add(act);
        _plain.Do(act, yuan);
        if (act == "notice ends" && !_aid.IsEnded)
            Assert.Equal("School", Route());
        if (act is "agree" or "give at once")
            Agreed(act == "agree" ? level! : "School");
    }

    private Refusal? Do(string act, bool over, Actor actor, long yuan) =>
        act switch
        {
            "give at once" => _aid.ApproveEmergency(
                actor,
                Money.Yuan(yuan),
                Money.Yuan(PlainAid.AtOnce),
                NewId(),
                null,
                Now
            ).Refusal,
            "hand in papers" => _aid.HandInPapers(Said, _applicant, Now, Today).Refusal,
            "submit" => _aid.Submit(_applicant, Now, Today).Refusal,
            "ask completion" => _aid.AskSupplement(actor, Reason).Refusal,
            "complete" => _aid.Resubmit(_chance.Next(2) == 0 ? null : Said, _applicant, Today).Refusal,
            "completion lapses" => _aid.LapseSupplement(Now).Refusal,
            "accept" => _aid.Accept(actor, NewId(), Now).Refusal,
            "refuse form" => _aid.RefuseForm(actor, Reason, Now).Refusal,
            "appoint" => _aid.Appoint(actor, [NewId(), NewId()]).Refusal,
            "stand aside" => _aid.Recuse(Surveyor(0), Relation.InLaw, Reason, Now).Refusal,
            "hand back" => _aid.HandBack(Surveyor(1), Reason).Refusal,
            "record" => _aid.RecordSurvey(Surveyor(0), Form(), Today, Now, Today).Refusal,
            "sign" => _aid.SignSurvey(Surveyor(1), Now).Refusal,
            "send record back" => _aid.ReturnSurvey(Surveyor(1), Reason).Refusal,
            "assess yes" => _aid.Assess(Result(true, yuan), Now).Refusal,
            "assess no" => _aid.Assess(Result(false, yuan), Now).Refusal,
            "publish" => _aid.Publish(actor, "云溪幼儿园", "分机 4101", Today, LastDay, sensitive: false).Refusal,
            "object" => Object(),
            "unfounded" => Settle(ObjectionOutcome.Unfounded, yuan),
            "adjust" => Settle(ObjectionOutcome.Adjusted, yuan),
            "uphold" => Settle(ObjectionOutcome.Upheld, yuan),
            "notice ends" => _aid.NoticeOver(Now, over ? LastDay.AddDays(1) : LastDay).Refusal,
            "agree" => _aid.Approve(actor, null, Now).Refusal,
            "send approval back" => _aid.ReturnApproval(actor, Reason).Refusal,
            "refuse" => _aid.RefuseApproval(actor, Reason, Now).Refusal,
            "money comes" => _aid.Fund().Refusal,
            "list" => _aid.List().Refusal,
            "take off list" => _aid.Unlist().Refusal,
            "send" => _aid.Send().Refusal,
            "pay" => _aid.Pay(Today).Refusal,
            "bounce" => _aid.Bounce("户名不符").Refusal,
            "correct account" => _aid.CorrectAccount(Said.Account!, NewId(), _applicant, Now).Refusal,
            "check account" => _aid.ConfirmAccount(Anybody(), Now).Refusal,
            "send account back" => _aid.ReturnAccount(Anybody(), Reason, Now).Refusal,
            "confirm" => _aid.Confirm(_applicant, Now).Refusal,
            "nothing came" => _aid.ReportMissing(new Actor(_applicant, Ties.None), Reason).Refusal,
            "trace" => _aid.Trace(Anybody(), Reason).Refusal,
            "visit" => _aid.Visit(Anybody(), Today, FollowUpMode.Home, Reason, Now, Today).Refusal,
            "close" => _aid.Close(Now).Refusal,
            "withdraw" => _aid.Withdraw(_applicant, Reason, Now).Refusal,
            "dies" => _aid.Cancel(CancelReason.Died, Reason, Now).Refusal,
            "leaves the district" => _aid.Cancel(CancelReason.LeftDistrict, Reason, Now).Refusal,
            _ => throw new InvalidOperationException(act),
        };

    /// <summary>Who is asked next is reckoned anew; nobody left: the money is held, or waited for.</summary>
    private void Agreed(string level)
    {
        var fundIsShort = _chance.Next(3) == 0;
        _plain.Agree(level, _before, fundIsShort);
        if (_aid.Route != AidRoute.Emergency)
            Assert.Equal(_plain.Asked(_before), Route());
        var held = fundIsShort
            ? _aid.Queue("DA-1", Cumulative, L1, L2, false, Now).Refusal
            : _aid.Reserve("DA-1", Cumulative, L1, L2, false, Now).Refusal;
        // Before everybody has agreed no money is held.
        Assert.Equal(_plain.State is "Waiting" or "Approved" ? null : "aid.approval-missing", held?.Code);
    }

    private string? Route()
    {
        var routed = _aid.RouteApproval(Cumulative, L1, L2, joint: false);
        Assert.True(routed.IsOk, routed.Refusal?.Code);
        return routed.Value.Next is { } next ? $"{next}" : null;
    }

    private Money Cumulative => Money.Yuan(_before) + _aid.Amount!.Value;

    private Refusal? Object()
    {
        var id = NewId();
        var held = _aid.Hold(id);
        if (held.IsOk)
            _objections.Add(id);
        return held.Refusal;
    }

    private Refusal? Settle(ObjectionOutcome outcome, long yuan)
    {
        var id = _objections.Count == 0 ? NewId() : _objections[^1];
        var amount = outcome == ObjectionOutcome.Adjusted ? Money.Yuan(yuan) : (Money?)null;
        var settled = _aid.SettleObjection(new ObjectionSettled(id, outcome, amount, null, Reason, []), Now);
        if (settled.IsOk)
            _objections.Remove(id);
        return settled.Refusal;
    }

    private void StoreAndRead()
    {
        var stored = Stored();
        _aid = JsonSerializer.Deserialize<AidApplication>(stored, CaseJson.Options)!;
        Assert.Equal(stored, Stored());
    }

    private string Stored() => JsonSerializer.Serialize(_aid, CaseJson.Options);

    private AssessmentResult Result(bool passed, long yuan) =>
        new(
            NewId(),
            NewId(),
            passed,
            AidCategory.Rel,
            Money.Yuan(yuan),
            6,
            6,
            passed ? 6 : 0,
            passed ? 0 : 6,
            0,
            Reason,
            Today
        );

    private static SurveyForm Form() =>
        new(
            Today,
            "申请人家中",
            SurveyMode.Home,
            null,
            "申请人、邻居",
            "一致",
            "一致",
            "一致",
            SurveyConclusion.Supports,
            null
        );

    private Guid Surveyor(int at) => _aid.Surveyors.Length > at ? _aid.Surveyors[at] : NewId();

    private Actor Anybody() => new(NewId(), Ties.To(_relative));

    private T Pick<T>(IReadOnlyList<T> from) => from[_chance.Next(from.Count)];

    private Guid NewId() => Guid.Parse((++_last).ToString("x32", CultureInfo.InvariantCulture));
}

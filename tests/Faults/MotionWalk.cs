using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;

namespace EduUnion.Faults;

/// <summary>
/// One motion, to which anything is done in any order, and the plain one beside it: both say yes or no to the same, both
/// come to the same state, and a no has changed nothing at all. Now and then it is stored and read again.
/// </summary>
internal sealed class MotionWalk
{
    private const int Longest = 250;
    private const string Reason = "依据章程第六条。";
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly Guid Committee = Guid.Parse("0198c0de-0000-7000-8000-00000000000c");
    private static readonly string[] OfParts =
    [
        "accept",
        "not ours",
        "reassign",
        "rule",
        "draft",
        "send back",
        "ask extension",
        "grant extension",
        "refuse extension",
    ];

    private static readonly string[] OfPromises = ["report", "verify", "excuse", "reject report"];

    private readonly Random _chance;
    private readonly ISet<string> _done;
    private readonly PlainMotion _plain = new();
    private readonly Guid[] _people;
    private readonly Guid _proposer;
    private Motion _motion;
    private DateTimeOffset _now = new(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);
    private int _last;

    /// <param name="done">Gets every act that was not refused.</param>
    public MotionWalk(Random chance, ISet<string> done)
    {
        (_chance, _done) = (chance, done);
        _people = [.. Enumerable.Range(0, PlainMotion.People).Select(_ => NewId())];
        _proposer = NewId();
        _motion = Motion.Create(NewId(), NewId(), NewId(), _proposer, Content()).Value.Motion;
    }

    /// <returns>Acts tried.</returns>
    public int Run()
    {
        var steps = 0;
        for (; steps < Longest && _motion.State is not (MotionState.Archived or MotionState.Withdrawn); steps++)
        {
            _now = _now.AddMinutes(1);
            if (!GoOn())
                Try(Choose());
            Compare();
            if (_chance.Next(20) == 0)
                StoreAndRead();
        }
        return Math.Max(steps, 1);
    }

    /// <summary>Mostly something that may be done, and seldom what ends it at once: else no walk came far.</summary>
    private string Choose()
    {
        var act = Pick(PlainMotion.Acts);
        for (var more = _chance.Next(4) * 20; more > 0 && !PlainMotion.IsOf(act, _plain.State); more--)
            act = Pick(PlainMotion.Acts);
        return act is "withdraw" or "window closes" or "agree withdrawal" && _chance.Next(12) > 0 ? Choose() : act;
    }

    /// <summary>What no person does: an answer goes out, a main motion is answered, a form runs out.</summary>
    private bool GoOn()
    {
        var signing = _plain.Parts.FindIndex(p => p.State == "Signing");
        if (signing >= 0 && _plain.State is "Handling" or "Rehandling" && _chance.Next(4) == 0)
        {
            _motion.Deliver(PartIds[signing], _now);
            _plain.Deliver(_plain.Parts[signing]);
            if (_plain.Parts.All(p => p.State == "Delivered"))
                Reply();
            return true;
        }
        if (_plain.State == "Merged" && _chance.Next(8) == 0)
        {
            var @class = Pick(["A", "B"]);
            _motion.TakeAnswer([Answered(@class)], _now);
            _plain.MainAnswered(@class);
            return true;
        }
        if (!_plain.FormOpen || _chance.Next(20) > 0)
            return false;
        _motion.LapseFeedback(_now);
        _plain.Lapse();
        Pledge();
        return true;
    }

    private void Try(string act)
    {
        var (who, at) = (
            _chance.Next(PlainMotion.People),
            _plain.Parts.Count == 0 ? -1 : _chance.Next(_plain.Parts.Count)
        );
        var promise = _plain.Promises.Count == 0 ? -1 : _chance.Next(_plain.Promises.Count);
        var (collecting, what) = (_chance.Next(5) > 0, Word(act));
        // Without a part, a promise or a discontent there is no task for it.
        if (OfParts.Contains(act) && (at < 0 || _plain.State is not ("Assigned" or "Handling" or "Rehandling")))
            return;
        if (OfPromises.Contains(act) && promise < 0)
            return;
        if (act is "rehandle" or "explain" && _plain.State == "Replied" && !_plain.Discontent)
            return;
        var part = at < 0 ? null : _plain.Parts[at];
        var may = _plain.May(act, who, part, promise, collecting, what);
        // Storing costs more than all the rest.
        var before = may ? "" : Stored();
        var refusal = Do(act, _people[who], at < 0 ? default : PartIds[at], promise, collecting, what);
        Assert.True(may == refusal is null, $"{act} {what} in {_plain.State}: {refusal?.Code ?? "not refused"}");
        if (!may)
        {
            Assert.Equal(before, Stored());
            return;
        }
        _done.Add(act);
        if (act == "assign")
            _plain.Assign(_motion.Parts.Length);
        _plain.Do(act, who, part, promise, what);
        if (act is "rate" && _plain.State is "Tracking" or "Closed" || act == "minutes")
            Pledge();
        else if (act == "rate" && _plain.State == "DisputeMeeting")
            _motion.CallMeeting();
        else if (OfPromises.Contains(act) && _plain.State is "Closed" or "ClosedDissent")
            _motion.Close(_now);
    }

    private Refusal? Do(string act, Guid who, Guid part, int promise, bool collecting, string what) =>
        act switch
        {
            "revise" => _motion.Revise(Content()).Refusal,
            "invite" => _motion.Invite([who], _now).Refusal,
            "confirm" => Cosign(who, CosignState.Confirmed),
            "decline" => Cosign(who, CosignState.Declined),
            "unsign" => Cosign(who, CosignState.Withdrawn),
            "submit" => _motion.Submit(PlainMotion.Minimum, collecting, _now).Refusal,
            "window closes" => _motion.Lapse(PlainMotion.Minimum, _now).Refusal,
            "to opinion" => Then(_motion.AcceptConversion(), () => _motion.BecomeOpinion("T-1", _now)),
            "withdraw" => _motion.Withdraw(Reason).Refusal,
            "propose" => _motion.Recommend(Recommended(what)).Refusal,
            "file" => Then(Decide(act), () => _motion.File("0302-001", _now)),
            "merge" => Then(Decide(act), () => _motion.Merge("0302-002", Committee, "0302-001", _now)),
            "opinion" => Then(Decide(act), () => _motion.BecomeOpinion(null, _now)),
            "reject" => Then(Decide(act), () => _motion.Reject(_now)),
            "return" or "dispute" => Decide(act).Refusal,
            "resubmit" => _motion.Resubmit(_chance.Next(2) == 0 ? null : Content(), _now).Refusal,
            "appeal" => _motion.LodgeAppeal(Reason, _proposer, Today, Today, _now).Refusal,
            "reopen" => Then(_motion.DecideAppeal(true, Reason, Committee, _now), () => _motion.Reopen(_now)),
            "uphold" => _motion.DecideAppeal(false, Reason, Committee, _now).Refusal,
            "assign" => _motion
                .Assign([
                    .. Enumerable.Range(0, _chance.Next(1, 3)).Select(_ => new Handling(NewId(), NewId(), [], _now)),
                ])
                .Refusal,
            "unmerge" => _motion.Unmerge().Refusal,
            "ask withdrawal" => _motion.AskWithdrawal(Reason, _motion.ProposerId, _now).Refusal,
            "take over" => _motion.TakeOver(who, _now).Refusal,
            "agree withdrawal" => Then(_motion.DecideWithdrawal(true, null, _now), () => _motion.EndByWithdrawal(_now)),
            "refuse withdrawal" => _motion.DecideWithdrawal(false, Reason, _now).Refusal,
            "accept" => _motion.Accept(part, Committee, _now).Refusal,
            "not ours" => _motion.Return(part, Committee, Reason, 2, Today, _now, Today).Refusal,
            "reassign" or "rule" => _motion.Reassign(part, NewId(), [], act == "rule", _now).Refusal,
            "draft" => Draft(part, what).Refusal,
            "send back" => _motion.ReturnAnswer(part, "handling.sign", Reason).Refusal,
            "ask extension" => _motion
                .AskExtension(part, new ExtensionRequest(Committee, _now, 10, Reason), 1, 20, Today, Today)
                .Refusal,
            "grant extension" => _motion.DecideExtension(part, Committee, 5, null, _now).Refusal,
            "refuse extension" => _motion.DecideExtension(part, null, null, null, _now).Refusal,
            "rate" => _motion
                .Rate(Satisfaction.Basic, Enum.Parse<Satisfaction>(what), Reason, _motion.ProposerId, _now)
                .Refusal,
            "rehandle" => Then(
                _motion.ReviewDiscontent(true, null, Committee, _now),
                () => _motion.Rehandle(_ => NewId(), _now)
            ),
            "explain" => Then(
                _motion.ReviewDiscontent(false, Reason, Committee, _now),
                () => Assert.True(_motion.Explain(Met(), Today, _now).IsOk)
            ),
            "minutes" => _motion.MinuteDispute(Met(), Today).Refusal,
            "report" => _motion.Report(Promise(promise), true, Reason, Committee, _now).Refusal,
            "verify" => Settle(promise, CommitmentState.Verified),
            "excuse" => Settle(promise, CommitmentState.Explained),
            "reject report" => Settle(promise, CommitmentState.Open),
            "archive" => _motion.Archive(_now).Refusal,
            _ => throw new InvalidOperationException(act),
        };

    private void Compare()
    {
        Assert.Equal(_plain.State, $"{_motion.State}");
        Assert.Equal(_plain.Lead is { } lead ? _people[lead] : _proposer, _motion.ProposerId);
        Assert.Equal(
            _plain.Cosigners,
            _people.Select(p => $"{_motion.Cosigners.FirstOrDefault(c => c.MemberId == p)?.State}")
        );
        Assert.Equal(_plain.Parts.Select(p => p.State), _motion.CurrentParts.Select(p => $"{p.State}"));
        if (_plain.State == "Tracking")
            Assert.Equal(_plain.Promises, _motion.Commitments.Select(c => $"{c.State}"));
        Assert.Equal(_plain.FormOpen, _motion.Forms is [.., { IsOpen: true }]);
    }

    private void StoreAndRead()
    {
        var stored = Stored();
        _motion = JsonSerializer.Deserialize<Motion>(stored, CaseJson.Options)!;
        Assert.Equal(stored, Stored());
    }

    private string Stored() => JsonSerializer.Serialize(_motion, CaseJson.Options);

    private IReadOnlyList<Guid> PartIds => [.. _motion.CurrentParts.Select(p => p.Id)];

    private void Reply()
    {
        var opinion = _motion.IsOpinion;
        _motion.Reply(_now);
        if (opinion)
            _motion.Close(_now);
    }

    private void Pledge()
    {
        if (_motion.Follow(_ => NewId(), Today).Ids.IsEmpty)
            _motion.Close(_now);
    }

    private Outcome<MotionReviewed> Decide(string outcome) =>
        _motion.Decide(outcome, "beyondPower", Reason, PlainMotion.Minimum);

    private Refusal? Cosign(Guid who, CosignState answer) =>
        _motion.Cosign(who, answer, PlainMotion.Minimum, _now).Refusal;

    private Refusal? Settle(int promise, CommitmentState finding) =>
        _motion.Settle(Promise(promise), finding, Reason, Committee, _now).Refusal;

    private Guid Promise(int promise) => _motion.Commitments[promise].Id;

    private Outcome<AnswerDrafted> Draft(Guid part, string @class) =>
        _motion.DraftAnswer(
            part,
            Enum.Parse<AnswerClass>(@class),
            Reason,
            @class == "C" ? Today.AddDays(90) : null,
            @class == "B" ? [new Commitment("午休室", "总务处", Today.AddDays(30))] : [],
            Committee,
            _now,
            Today
        );

    /// <summary>The part of another motion whose answer is taken.</summary>
    private Handling Answered(string @class)
    {
        ImmutableArray<Commitment> promises = @class == "B" ? [new("午休室", "总务处", Today.AddDays(30))] : [];
        return new Handling(NewId(), NewId(), [], _now)
        {
            State = HandlingState.Delivered,
            Answer = new AnswerDraft(1, Enum.Parse<AnswerClass>(@class), Reason, null, promises, Committee, _now),
        };
    }

    private static Recommendation Recommended(string what) =>
        new(what, "beyondPower", Reason, null, [], Committee, what == "merge" ? Committee : null);

    private static FollowUpMeeting Met() => new(1, Today, "工会会议室", "各方", Reason, Committee, default);

    private string Word(string act) =>
        act switch
        {
            "propose" => Pick(["file", "merge", "return", "opinion", "reject"]),
            "draft" => Pick(["A", "B", "B", "C", "D"]),
            "rate" => Pick(["Satisfied", "Basic", "Dissatisfied"]),
            _ => "",
        };

    private static Refusal? Then<T>(Outcome<T> said, Action then)
    {
        if (said.IsOk)
            then();
        return said.Refusal;
    }

    private MotionContent Content() =>
        MotionContent.Of($"改善教师午休场所{++_last}", "welfare", new string('因', 60), [new string('议', 10)]);

    private T Pick<T>(IReadOnlyList<T> from) => from[_chance.Next(from.Count)];

    private Guid NewId() => Guid.Parse((++_last).ToString("x32", CultureInfo.InvariantCulture));
}

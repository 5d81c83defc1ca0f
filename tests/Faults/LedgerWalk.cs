using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Funds;

namespace EduUnion.Faults;

/// <summary>Money of three funds and six people, moved at random, by the domain and by a plain count beside it.</summary>
internal sealed class LedgerWalk
{
    private const int Longest = 250;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);
    private static readonly FundKind[] Kinds = Enum.GetValues<FundKind>();

    private readonly Random _chance;
    private readonly ISet<string> _refused;
    private readonly List<Both> _funds = [];
    private readonly List<(Both Fund, Claim Claim, PlainClaim Plain)> _claims = [];
    private readonly List<(Both Fund, PaymentBatch Batch, PlainList Plain)> _lists = [];
    private readonly Dictionary<string, (PaymentResult Result, (PlainList, int, bool) Plain)> _said = [];
    private readonly Guid[] _people;
    private int _last;

    /// <param name="refused">Gets the code of every refusal.</param>
    public LedgerWalk(Random chance, ISet<string> refused)
    {
        (_chance, _refused) = (chance, refused);
        _people = [.. Enumerable.Range(0, 6).Select(_ => NewId())];
        foreach (var code in new[] { "A", "B", "C" })
            _funds.Add(Open(code));
    }

    /// <returns>Acts made.</returns>
    public int Run()
    {
        for (var step = 0; step < Longest; step++)
        {
            var (real, plain) = Act();
            Assert.Equal(plain, real);
            if (real is not null)
                _refused.Add(real);
            Compare();
        }
        return Longest;
    }

    private (string? Real, string? Plain) Act()
    {
        var fund = Pick(_funds);
        return _chance.Next(14) switch
        {
            0 => Order(fund, PostingKind.Income),
            1 => Order(fund, Pick([PostingKind.Opening, PostingKind.Budget, PostingKind.BudgetCut])),
            2 => Transfer(fund, Pick(_funds)),
            3 => Correct(fund),
            4 or 5 or 6 => Ask(fund),
            7 => Serve(fund),
            8 => Cancel(),
            9 => List(fund),
            10 => Remove(),
            11 => Release(),
            _ => Answer(),
        };
    }

    private (string?, string?) Order(Both fund, PostingKind kind)
    {
        var (amount, posting) = (Amount(20_000), Ordered());
        var done = kind switch
        {
            PostingKind.Budget => fund.Fund.Allot(new(amount), posting),
            PostingKind.BudgetCut => fund.Fund.Cut(new(amount), posting),
            _ => fund.Fund.Receive(kind == PostingKind.Opening, new(amount), posting),
        };
        var plain = kind switch
        {
            PostingKind.Budget => fund.Plain.Allot(amount),
            PostingKind.BudgetCut => fund.Plain.Cut(amount),
            _ => fund.Plain.Receive(kind == PostingKind.Opening, amount),
        };
        if (done.IsOk)
            fund.Enter(done.Value);
        return (done.Refusal?.Code, plain);
    }

    private (string?, string?) Transfer(Both from, Both to)
    {
        var amount = Amount(8_000);
        var done = from.Fund.Transfer(to.Fund, new(amount), Ordered());
        if (done.IsOk)
            foreach (var entry in done.Value)
                (entry.FundId == from.Fund.Id ? from : to).Enter(entry);
        return (done.Refusal?.Code, from.Plain.Transfer(to.Plain, to.Fund.Year, $"{to.Fund.Kind}", amount));
    }

    /// <summary>What claims and payments wrote is not an order's to take back; the same entry never twice.</summary>
    private (string?, string?) Correct(Both fund)
    {
        if (fund.Entries.Count == 0)
            return default;
        var entry = Pick(fund.Entries);
        if (fund.TakenBack.Contains(entry.Number))
            return default;
        var done = fund.Fund.Correct(entry, Ordered());
        if (done.IsOk)
        {
            fund.TakenBack.Add(entry.Number);
            fund.Enter(done.Value);
        }
        var ordered = entry.OrderId is not null && entry.Kind != PostingKind.Reversal;
        return (
            done.Refusal?.Code,
            ordered ? fund.Plain.Correct($"{entry.Kind}", entry.Amount.Fen) : "fund.not-reversible"
        );
    }

    private (string?, string?) Ask(Both fund)
    {
        var (member, cause, amount) = (Pick(_people), Pick(["illness", "accident"]), Amount(5_000));
        var claim = Claim.Of(
            NewId(),
            fund.Fund.Id,
            NewId(),
            member,
            NewId(),
            $"BF-{_last}",
            "DA-1",
            cause,
            new(amount),
            fund.Fund.Year,
            Now
        );
        var others = _claims.Select(c => c.Claim).Where(c => c.MemberId == member);
        var waiting = _claims.Any(c => c.Fund == fund && c.Claim.State == ClaimState.Waiting);
        var done = fund.Fund.Ask(claim, others, waiting, Now);
        var plain = new PlainClaim(member, cause, amount);
        if (done.IsOk)
        {
            _claims.Add((fund, claim, plain));
            if (done.Value is { } entry)
                fund.Enter(entry);
        }
        return (done.Refusal?.Code, fund.Plain.Ask(plain));
    }

    private (string?, string?) Serve(Both fund)
    {
        var waiting = _claims.Where(c => c.Fund == fund && c.Claim.State == ClaimState.Waiting).Select(c => c.Claim);
        // In any order: the queue is the fund's own matter.
        foreach (var (_, entry) in fund.Fund.Serve(waiting.Reverse().ToList(), Now))
            fund.Enter(entry);
        fund.Plain.Serve();
        return default;
    }

    private (string?, string?) Cancel()
    {
        if (_claims.Count == 0)
            return default;
        var (fund, claim, plain) = Pick(_claims);
        if (claim.State == ClaimState.Listed)
        {
            var (_, batch, list) = _lists.Single(l => l.Batch.Lines.Any(x => x.ClaimId == claim.Id && x.IsLive));
            var line = batch.Lines.Single(x => x.ClaimId == claim.Id && x.IsLive);
            var off = batch.TakeOff(line.Id, Now);
            Assert.Equal(list.Remove(line.Position - 1, cancelling: true), off.Refusal?.Code);
        }
        var held =
            claim.ReservedBy is { } number && claim.State != ClaimState.Cancelled ? fund.Entries[number - 1] : null;
        var done = fund.Fund.Release(claim, held, "reason", Now);
        if (done.IsOk && done.Value is { } entry)
            fund.Enter(entry);
        return (done.Refusal?.Code, fund.Plain.Cancel(plain));
    }

    private (string?, string?) List(Both fund)
    {
        var (by, chosen) = (
            Pick(_people),
            // Mostly what may be listed; now and then anything.
            _claims
                .Where(c => _chance.Next(20) == 0 || (c.Fund == fund && c.Claim.State == ClaimState.Reserved))
                .Where(_ => _chance.Next(3) == 0)
                .ToList()
        );
        var done = PaymentBatch.Make(
            NewId(),
            fund.Fund,
            [.. chosen.Select(c => new NewLine(NewId(), c.Claim, ""))],
            by,
            Now
        );
        List<PlainClaim> claims = [.. chosen.Select(c => c.Plain)];
        var plain = PlainList.Make(fund.Plain, claims, by);
        if (done.IsOk)
            _lists.Add((fund, done.Value, new PlainList(fund.Plain, by, claims)));
        return (done.Refusal?.Code, plain);
    }

    private (string?, string?) Remove()
    {
        if (_lists.Count == 0)
            return default;
        var (_, batch, plain) = Pick(_lists);
        var line = Pick(batch.Lines);
        return (
            batch.Remove(line.Id, _claims.Single(c => c.Claim.Id == line.ClaimId).Claim, Now).Refusal?.Code,
            plain.Remove(line.Position - 1, cancelling: false)
        );
    }

    private (string?, string?) Release()
    {
        if (_lists.Count == 0)
            return default;
        var ((fund, batch, plain), by) = (Pick(_lists), Pick(_people));
        var claims = batch
            .Lines.Select(l => l.ClaimId)
            .Distinct()
            .ToDictionary(id => id, id => _claims.Single(c => c.Claim.Id == id).Claim);
        var done = batch.Release(fund.Fund, claims, by, Now);
        if (done.IsOk)
            foreach (var entry in done.Value)
                fund.Enter(entry);
        return (done.Refusal?.Code, plain.Release(by));
    }

    /// <summary>The bank's word, now and then the same again, and sometimes about something else; a bounce may be put right.</summary>
    private (string?, string?) Answer()
    {
        if (
            _claims.FirstOrDefault(c => c.Claim.State == ClaimState.Bounced && _chance.Next(2) == 0) is
            { Claim: not null } back
        )
        {
            back.Plain.State = "Reserved";
            return (back.Claim.Correct("", "4321", Now).Refusal?.Code, null);
        }
        if (_lists.Count == 0)
            return default;
        var (fund, batch, plain) = Pick(_lists);
        var line = Pick(batch.Lines);
        var (paid, reason) = (_chance.Next(3) > 0, _chance.Next(10) > 0);
        var again = _said.Count > 0 && _chance.Next(10) == 0;
        var reference = again ? Pick(_said.Keys.ToList()) : $"R{++_last}";
        var known = _said.TryGetValue(reference, out var before) ? before : default;
        var result = new PaymentResult
        {
            BankReference = reference,
            LineId = line.Id,
            IsPaid = paid,
            Reason = reason ? "户名不符" : "",
            At = Now,
            ById = _people[0],
        };
        var done = Reconciliation.Take(
            fund.Fund,
            _claims.Single(c => c.Claim.Id == line.ClaimId).Claim,
            line,
            result,
            known.Result,
            line.SentBy is { } sent ? fund.Entries[sent - 1] : null
        );
        var expected = plain.Answer(line.Position - 1, paid, reason, again ? known.Plain : null);
        if (done.IsOk)
        {
            _said.TryAdd(reference, (result, (plain, line.Position - 1, paid)));
            if (done.Value is { } entry)
                fund.Enter(entry);
        }
        return (done.Refusal?.Code, expected);
    }

    private void Compare()
    {
        foreach (var (fund, plain) in _funds.Select(f => (f.Fund, f.Plain)))
        {
            Assert.Equal(
                (plain.Opening, plain.Income, plain.Available, plain.Reserved, plain.InTransit),
                (
                    fund.Balances.Opening.Fen,
                    fund.Balances.Income.Fen,
                    fund.Balances.Available.Fen,
                    fund.Balances.Reserved.Fen,
                    fund.Balances.InTransit.Fen
                )
            );
            Assert.Equal(
                (plain.Paid, plain.Returned, plain.Budget, plain.Budget, plain.Entries),
                (
                    fund.Balances.Paid.Fen,
                    fund.Balances.Returned.Fen,
                    fund.Balances.Budget.Fen,
                    fund.Balances.Allotment.Fen,
                    fund.Entries
                )
            );
            Assert.True(plain.Available >= 0, "more was given away than there is");
        }
        foreach (var both in _funds)
            Assert.Equal(both.Fund.Entries, both.Entries.Count);
        foreach (var (_, claim, plain) in _claims)
            Assert.Equal(plain.State, $"{claim.State}");
        foreach (var (_, batch, plain) in _lists)
            Assert.Equal(
                (plain.State, string.Join(' ', plain.Lines)),
                ($"{batch.State}", string.Join(' ', batch.Lines.Select(l => l.State)))
            );
    }

    private Both Open(string code)
    {
        long? Limit(int most) => _chance.Next(3) == 0 ? _chance.Next(1, most) : null;
        var (year, kind) = (_chance.Next(4) == 0 ? 2027 : 2026, Pick(Kinds));
        var plain = new PlainFund(NewId(), year, $"{kind}")
        {
            PerPayment = Limit(6_000),
            PerPerson = Limit(15_000),
            PerCause = Limit(10_000),
        };
        var fund = Fund.Open(plain.Id, NewId(), year, kind, code, code);
        fund.Limits = new FundLimits(Fen(plain.PerPayment), Fen(plain.PerPerson), Fen(plain.PerCause));
        return new Both(fund, plain);

        static Money? Fen(long? fen) => fen is { } of ? new Money(of) : null;
    }

    /// <summary>Odd sums of fen, and rarely none or less.</summary>
    private long Amount(int most) => _chance.Next(25) == 0 ? -_chance.Next(2) : _chance.Next(1, most);

    private Posting Ordered() => new(Now) { OrderId = NewId() };

    private T Pick<T>(IReadOnlyList<T> from) => from[_chance.Next(from.Count)];

    private Guid NewId() => Guid.Parse((++_last).ToString("x32", CultureInfo.InvariantCulture));

    /// <summary>A fund twice, with the entries that it wrote.</summary>
    private sealed record Both(Fund Fund, PlainFund Plain)
    {
        public List<LedgerEntry> Entries { get; } = [];
        public HashSet<int> TakenBack { get; } = [];

        /// <summary>Numbered without a gap.</summary>
        public void Enter(LedgerEntry entry)
        {
            Entries.Add(entry);
            Assert.Equal(Entries.Count, entry.Number);
        }
    }
}

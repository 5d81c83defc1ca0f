using System.Reflection;
using EduUnion.Domain.Funds;

namespace EduUnion.Domain.Tests.Funds;

/// <summary>
/// Two funds with everything that hangs on them, in memory. It does what the use cases do around the rules (serve the queue
/// when money comes, keep results by reference) and can be copied, so that a crash is a copy thrown away.
/// </summary>
internal sealed class Till
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    public static readonly Guid Maker = new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
    public static readonly Guid Releaser = new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2]);

    private static readonly MethodInfo Clone = typeof(object).GetMethod(
        "MemberwiseClone",
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;
    private static readonly FieldInfo LinesOf = typeof(PaymentBatch).GetField(
        "_lines",
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    private int _ids;

    public Till() =>
        Funds = [
            Fund.Open(NextId(), NextId(), 2026, FundKind.UnionMoney, "GH", "工会经费"),
            Fund.Open(NextId(), NextId(), 2026, FundKind.Donation, "JK", "捐款"),
        ];

    private Till(Till other)
    {
        _ids = other._ids;
        Now = other.Now;
        Funds = other.Funds.ConvertAll(Copied);
        Claims = other.Claims.ConvertAll(Copied);
        Batches = other.Batches.ConvertAll(batch =>
        {
            var copy = Copied(batch);
            LinesOf.SetValue(copy, batch.Lines.Select(Copied).ToList());
            return copy;
        });
        Entries = [.. other.Entries];
        Results = new(other.Results);
    }

    public DateTimeOffset Now { get; private set; } = Start;
    public List<Fund> Funds { get; }
    public List<Claim> Claims { get; } = [];
    public List<PaymentBatch> Batches { get; } = [];
    public List<LedgerEntry> Entries { get; } = [];
    public Dictionary<string, PaymentResult> Results { get; } = [];

    public IEnumerable<PaymentLine> Lines => Batches.SelectMany(b => b.Lines);

    public Till Copy() => new(this);

    public Guid NextId() => new(2, 0, 0, BitConverter.GetBytes((long)++_ids));

    public Fund FundOf(Guid id) => Funds.Single(f => f.Id == id);

    public Claim ClaimOf(Guid id) => Claims.Single(c => c.Id == id);

    public LedgerEntry Entry(Guid fund, int? number) => Entries.Single(e => e.FundId == fund && e.Number == number);

    public void Tick() => Now = Now.AddMinutes(1);

    public Refusal? Income(Fund fund, Money amount) => Keep(fund.Receive(false, amount, Order()), fund);

    public Refusal? Allot(Fund fund, Money amount) => Keep(fund.Allot(amount, Order()), fund);

    public Refusal? Cut(Fund fund, Money amount) => Keep(fund.Cut(amount, Order()), fund);

    public Refusal? Transfer(Fund from, Fund to, Money amount)
    {
        var moved = from.Transfer(to, amount, Order());
        if (!moved.IsOk)
            return moved.Refusal;
        Entries.AddRange(moved.Value);
        Serve(to);
        return null;
    }

    public Refusal? Correct(LedgerEntry entry)
    {
        // What the unique index does in the database.
        if (Entries.Any(e => e.FundId == entry.FundId && e.Reverses == entry.Number))
            return Refusal.Because("fund.corrected");
        var fund = FundOf(entry.FundId);
        return Keep(fund.Correct(entry, Order()), fund);
    }

    public (Claim Claim, Refusal? Refused) Ask(Fund fund, Money amount, int member, string cause = "illness")
    {
        var claim = Claim.Of(
            NextId(),
            fund.Id,
            NextId(),
            new Guid(3, 0, 0, BitConverter.GetBytes((long)member)),
            NextId(),
            $"BF-{_ids:0000}",
            "DA-1",
            cause,
            amount,
            2026,
            Now
        );
        var others = Claims.Where(c => c.MemberId == claim.MemberId && c.IsLive).ToList();
        var queued = Claims.Any(c => c.FundId == fund.Id && c.State == ClaimState.Waiting);
        var asked = fund.Ask(claim, others, queued, Now);
        if (!asked.IsOk)
            return (claim, asked.Refusal);
        Claims.Add(claim);
        if (asked.Value is { } entry)
            Entries.Add(entry);
        return (claim, null);
    }

    public Refusal? Release(Claim claim)
    {
        var fund = FundOf(claim.FundId);
        var line = Lines.SingleOrDefault(l => l.ClaimId == claim.Id && l.State == LineState.Listed);
        var reserved = claim.ReservedBy is null ? null : Entry(fund.Id, claim.ReservedBy);
        var released = fund.Release(claim, reserved, "申请人去世", Now);
        if (!released.IsOk)
            return released.Refusal;
        if (line is not null)
            Assert.True(Batches.Single(b => b.Id == line.BatchId).TakeOff(line.Id, Now).IsOk);
        if (released.Value is { } entry)
            Entries.Add(entry);
        Serve(fund);
        return null;
    }

    public Outcome<PaymentBatch> Make(Fund fund, IEnumerable<Claim> claims, Guid? by = null)
    {
        var made = PaymentBatch.Make(
            NextId(),
            fund,
            [.. claims.Select(c => new NewLine(NextId(), c, "sealed"))],
            by ?? Maker,
            Now
        );
        if (made.IsOk)
            Batches.Add(made.Value);
        return made;
    }

    public Refusal? Send(PaymentBatch batch, Guid? by = null)
    {
        var sent = batch.Release(
            FundOf(batch.FundId),
            batch.Lines.Select(l => ClaimOf(l.ClaimId)).DistinctBy(c => c.Id).ToDictionary(c => c.Id),
            by ?? Releaser,
            Now
        );
        if (sent.IsOk)
            Entries.AddRange(sent.Value);
        return sent.Refusal;
    }

    public Outcome<LedgerEntry?> Result(PaymentLine line, bool paid, string reference)
    {
        var fund = FundOf(line.FundId);
        var result = new PaymentResult
        {
            BankReference = reference,
            LineId = line.Id,
            IsPaid = paid,
            Reason = paid ? "" : "户名不符",
            At = Now,
            ById = Maker,
        };
        var taken = Reconciliation.Take(
            fund,
            ClaimOf(line.ClaimId),
            line,
            result,
            Results.GetValueOrDefault(reference),
            line.SentBy is null ? null : Entry(fund.Id, line.SentBy)
        );
        if (taken is { IsOk: true, Value: { } entry })
        {
            Entries.Add(entry);
            Results.Add(reference, result);
        }
        return taken;
    }

    private Posting Order() => new(Now, Maker, "测试") { OrderId = NextId() };

    private Refusal? Keep(Outcome<LedgerEntry> made, Fund fund)
    {
        if (!made.IsOk)
            return made.Refusal;
        Entries.Add(made.Value);
        Serve(fund);
        return null;
    }

    private void Serve(Fund fund) =>
        Entries.AddRange(
            fund.Serve(Claims.Where(c => c.FundId == fund.Id && c.State == ClaimState.Waiting), Now)
                .Select(served => served.Entry)
        );

    private static T Copied<T>(T original)
        where T : class => (T)Clone.Invoke(original, null)!;
}

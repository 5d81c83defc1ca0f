using System.Collections.Immutable;

namespace EduUnion.Domain.Funds;

public enum BatchState
{
    /// <summary>制表: made, waits for the second person.</summary>
    Made,

    /// <summary>已复核发出: with the bank.</summary>
    Released,

    /// <summary>已撤销: every line was taken off before it was released.</summary>
    Dropped,
}

/// <summary>What the caller knows that stands against a payment.</summary>
/// <param name="Related">Members to whom whoever pays stands too near (回避, domain §3.8).</param>
/// <param name="Closed">Members whose file is frozen or closed (domain §3.5: no payments).</param>
public sealed record Unpayable(ImmutableHashSet<Guid> Related, ImmutableHashSet<Guid> Closed)
{
    public static Unpayable Nobody { get; } = new([], []);

    /// <summary>
    /// Refusals: <c>payment.own-payee</c> (403, case number: himself, or somebody he stands too near),
    /// <c>payment.file-closed</c> (case number).
    /// </summary>
    public Refusal? Check(Guid by, IReadOnlyCollection<Claim> claims) =>
        claims.FirstOrDefault(c => c.MemberId == by || Related.Contains(c.MemberId)) is { } near
            ? new Refusal("payment.own-payee", RefusalKind.Forbidden)
            {
                Field = "claims",
                Arguments = [near.CaseNumber],
            }
        : claims.FirstOrDefault(c => Closed.Contains(c.MemberId)) is { } closed
            ? Refusal.At("claims", "payment.file-closed", closed.CaseNumber)
        : null;
}

/// <summary>A claim to be listed, with its payee sealed for the new line.</summary>
public sealed record NewLine(Guid LineId, Claim Claim, string Payee);

/// <summary>
/// A payment list (发放清册) of one fund: made by one person of the finance office, released by another (双人复核, domain
/// §3.3 (8)). Changed only under the lock of its fund.
/// </summary>
public sealed class PaymentBatch
{
    /// <summary>Lines on one list.</summary>
    public const int Longest = 200;

    private readonly List<PaymentLine> _lines = [];

    private PaymentBatch() { }

    public Guid Id { get; private init; }
    public Guid FundId { get; private init; }

    /// <summary>批次号: fund's code, year and a running number, <c>GH2026-003</c>.</summary>
    public string Number { get; private init; } = "";
    public BatchState State { get; private set; }
    public Guid MadeById { get; private init; }
    public DateTimeOffset MadeAt { get; private init; }
    public Guid? ReleasedById { get; private set; }
    public DateTimeOffset? ReleasedAt { get; private set; }

    public IReadOnlyList<PaymentLine> Lines => _lines;

    /// <summary>What is on the list: every line that was not taken off.</summary>
    public Money Total =>
        _lines.Where(l => l.State != LineState.Removed).Aggregate(Money.Zero, (sum, line) => sum + line.Amount);

    /// <summary>
    /// Lists reserved claims. Refusals: <c>payment.none-chosen</c>, <c>payment.too-many</c>, <c>payment.not-reserved</c>
    /// (409, case number: somebody listed it first, or its account waits for a correction), <c>payment.no-file</c> (case
    /// number), and those of <see cref="Unpayable.Check"/>.
    /// </summary>
    public static Outcome<PaymentBatch> Make(
        Guid id,
        Fund fund,
        IReadOnlyList<NewLine> wanted,
        Guid by,
        DateTimeOffset now,
        Unpayable? unpayable = null
    )
    {
        if (wanted.Count == 0)
            return Refusal.At("claims", "payment.none-chosen");
        if (wanted.Count > Longest)
            return Refusal.At("claims", "payment.too-many", Longest);
        if (wanted.FirstOrDefault(w => w.Claim.FundId != fund.Id || !w.Claim.Can(ClaimState.Listed)) is { } taken)
            return new Refusal("payment.not-reserved", RefusalKind.Conflict) { Arguments = [taken.Claim.CaseNumber] };
        if (wanted.FirstOrDefault(w => w.Claim.FileNumber.Length == 0) is { } unfiled)
            return Refusal.At("claims", "payment.no-file", unfiled.Claim.CaseNumber);
        if ((unpayable ?? Unpayable.Nobody).Check(by, [.. wanted.Select(w => w.Claim)]) is { } refused)
            return refused;
        var batch = new PaymentBatch
        {
            Id = id,
            FundId = fund.Id,
            Number = $"{fund.Code}{fund.Year}-{fund.NextBatch():000}",
            MadeById = by,
            MadeAt = now,
        };
        foreach (var (line, at) in wanted.Select((line, at) => (line, at)))
        {
            batch._lines.Add(PaymentLine.Of(line.LineId, batch, at + 1, line));
            line.Claim.Move(ClaimState.Listed, now);
        }
        return batch;
    }

    /// <summary>
    /// Takes a line off before the release; the claim may be listed again. A list that loses its last line is dropped.
    /// Refusals: <c>payment.batch-released</c> (409), <c>payment.line-unknown</c> (404).
    /// </summary>
    public Outcome<PaymentLine> Remove(Guid lineId, Claim claim, DateTimeOffset now)
    {
        var off = TakeOff(lineId, now);
        if (off.IsOk)
            claim.Move(ClaimState.Reserved, now);
        return off;
    }

    /// <summary>The line of a claim that is cancelled leaves the list. Refusals: as <see cref="Remove"/>.</summary>
    public Outcome<PaymentLine> TakeOff(Guid lineId, DateTimeOffset now)
    {
        if (State == BatchState.Released)
            return Released();
        if (_lines.FirstOrDefault(l => l.Id == lineId && l.Can(LineState.Removed)) is not { } line)
            return Refusal.Missing("payment.line-unknown");
        line.Move(LineState.Removed, now);
        if (_lines.All(l => l.State == LineState.Removed))
            State = BatchState.Dropped;
        return line;
    }

    /// <summary>
    /// The second person gives the list to the bank: every line goes into transit. Refusals: <c>payment.batch-released</c>
    /// (409), <c>payment.batch-dropped</c> (409), <c>payment.maker-releases</c> (403), and those of <see cref="Unpayable.Check"/>.
    /// </summary>
    public Outcome<ImmutableArray<LedgerEntry>> Release(
        Fund fund,
        IReadOnlyDictionary<Guid, Claim> claims,
        Guid by,
        DateTimeOffset now,
        Unpayable? unpayable = null
    )
    {
        if (State == BatchState.Released)
            return Released();
        if (State == BatchState.Dropped)
            return new Refusal("payment.batch-dropped", RefusalKind.Conflict);
        if (by == MadeById)
            return Refusal.Forbidden("payment.maker-releases");
        var listed = _lines.Where(l => l.State == LineState.Listed).ToList();
        if ((unpayable ?? Unpayable.Nobody).Check(by, [.. listed.Select(l => claims[l.ClaimId])]) is { } refused)
            return refused;
        var entries = ImmutableArray.CreateBuilder<LedgerEntry>();
        foreach (var line in listed)
        {
            var entry = fund.Send(line, new Posting(now, by));
            line.Send(entry.Number, now);
            claims[line.ClaimId].Move(ClaimState.Sent, now);
            entries.Add(entry);
        }
        (State, ReleasedById, ReleasedAt) = (BatchState.Released, by, now);
        return entries.ToImmutable();
    }

    private Refusal Released() =>
        new("payment.batch-released", RefusalKind.Conflict) { Arguments = [ReleasedAt!.Value] };
}

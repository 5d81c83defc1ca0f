using System.Collections.Immutable;
using static EduUnion.Domain.Funds.LineState;

namespace EduUnion.Domain.Funds;

/// <summary>
/// One payment of one claim on one list. A claim has at most one line that is listed, sent or paid: what the bank has and
/// has not answered can never be paid again before it is reconciled.
/// </summary>
public sealed class PaymentLine
{
    /// <summary>Every legal move. What is not here is refused.</summary>
    private static readonly ImmutableDictionary<LineState, LineState[]> Moves = new Dictionary<LineState, LineState[]>
    {
        [Listed] = [Removed, Sent],
        [Sent] = [Paid, Bounced],
        [Paid] = [Returned],
    }.ToImmutableDictionary();

    private PaymentLine() { }

    public Guid Id { get; private init; }
    public Guid BatchId { get; private init; }
    public Guid FundId { get; private init; }
    public Guid ClaimId { get; private init; }

    /// <summary>序号 on the list, from 1.</summary>
    public int Position { get; private init; }

    /// <summary>付款编号: the list's number and the position; it goes through the bank and comes back with the result.</summary>
    public string Reference { get; private init; } = "";
    public Money Amount { get; private init; }

    /// <summary>Name, bank and account as they were when it was listed, sealed.</summary>
    public string Payee { get; private init; } = "";
    public string Tail { get; private init; } = "";
    public LineState State { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>The number of the entry by which it went into transit.</summary>
    public int? SentBy { get; private set; }

    /// <summary>What the bank said when it came back.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Listed, sent or paid.</summary>
    public bool IsLive => State is Listed or Sent or Paid;

    internal static PaymentLine Of(Guid id, PaymentBatch batch, int position, NewLine wanted) =>
        new()
        {
            Id = id,
            BatchId = batch.Id,
            FundId = batch.FundId,
            ClaimId = wanted.Claim.Id,
            Position = position,
            Reference = $"{batch.Number}-{position:000}",
            Amount = wanted.Claim.Amount,
            Payee = wanted.Payee,
            Tail = wanted.Claim.Tail,
            ChangedAt = batch.MadeAt,
        };

    public bool Can(LineState to) => Moves.GetValueOrDefault(State, []).Contains(to);

    internal void Send(int entry, DateTimeOffset now)
    {
        SentBy = entry;
        Move(Sent, now);
    }

    internal void Move(LineState to, DateTimeOffset now, string reason = "")
    {
        if (!Can(to))
            throw new InvalidOperationException($"A payment line cannot go from {State} to {to}.");
        (State, ChangedAt, Reason) = (to, now, reason);
    }
}

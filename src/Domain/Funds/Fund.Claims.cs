namespace EduUnion.Domain.Funds;

/// <summary>What claims do to their fund: reserve, queue, release.</summary>
public sealed partial class Fund
{
    /// <summary>
    /// Reserves a new claim, or puts it at the end of the queue (no entry) where the fund is short or somebody waits
    /// already: nobody is overtaken, whatever he asks for. Refusals: those of <see cref="FundLimits.Check(Claim, IEnumerable{Claim})"/>.
    /// </summary>
    /// <param name="others">The person's other claims of the year.</param>
    /// <param name="queued">Whether anybody waits on this fund.</param>
    public Outcome<LedgerEntry?> Ask(Claim claim, IEnumerable<Claim> others, bool queued, DateTimeOffset now)
    {
        if (Wrong(claim.Amount) is { } wrong)
            return wrong;
        if (Limits.Check(claim, others) is { } beyond)
            return beyond;
        claim.Queue(++Places, now);
        return queued || claim.Amount > Free ? (LedgerEntry?)null : Hold(claim, now);
    }

    /// <summary>Serves the queue from its head until the next in it does not fit; the claims served with their entries.</summary>
    /// <param name="waiting">All that wait on this fund, in any order.</param>
    public IReadOnlyList<(Claim Claim, LedgerEntry Entry)> Serve(IEnumerable<Claim> waiting, DateTimeOffset now)
    {
        var served = new List<(Claim, LedgerEntry)>();
        foreach (var next in waiting.OrderBy(c => c.Place).TakeWhile(c => c.Amount <= Free))
            served.Add((next, Hold(next, now)));
        return served;
    }

    /// <summary>
    /// Cancels a claim that the bank does not have: what was held is free again (null: it only waited). Refusals:
    /// <c>payment.sent</c> (409), which the bank has or has paid; <c>payment.cancelled</c> (409).
    /// </summary>
    /// <param name="reserved">The entry that holds its money; null when it waits.</param>
    public Outcome<LedgerEntry?> Release(Claim claim, LedgerEntry? reserved, string reason, DateTimeOffset now)
    {
        if (claim.State == ClaimState.Cancelled)
            return new Refusal("payment.cancelled", RefusalKind.Conflict);
        if (!claim.Can(ClaimState.Cancelled))
            return new Refusal("payment.sent", RefusalKind.Conflict);
        if (reserved?.Number != claim.ReservedBy)
            throw new ArgumentException("This is not the entry that holds the claim's money.", nameof(reserved));
        claim.Move(ClaimState.Cancelled, now, reason);
        // The reason is the case's own and may say more than a ledger should.
        return reserved is null ? null : Reverse(reserved, new Posting(now) { ClaimId = claim.Id });
    }

    internal LedgerEntry Send(PaymentLine line, Posting posting) =>
        Post(PostingKind.Send, Account.InTransit, Account.Reserved, line.Amount, Of(line, posting));

    internal LedgerEntry Pay(PaymentLine line, Posting posting) =>
        Post(PostingKind.Pay, Account.Paid, Account.InTransit, line.Amount, Of(line, posting));

    internal LedgerEntry Bounce(PaymentLine line, LedgerEntry sent, Posting posting) =>
        Reverse(sent, Of(line, posting));

    internal LedgerEntry Return(PaymentLine line, Posting posting) =>
        Post(PostingKind.Return, Account.Reserved, Account.Returned, line.Amount, Of(line, posting));

    internal int NextBatch() => ++Batches;

    private static Posting Of(PaymentLine line, Posting posting) =>
        posting with
        {
            ClaimId = line.ClaimId,
            LineId = line.Id,
        };

    private LedgerEntry Hold(Claim claim, DateTimeOffset now)
    {
        var entry = Post(
            PostingKind.Reserve,
            Account.Reserved,
            Account.Available,
            claim.Amount,
            new Posting(now) { ClaimId = claim.Id }
        );
        claim.Hold(entry.Number, now);
        return entry;
    }
}

namespace EduUnion.Domain.Funds;

/// <summary>What the bank says of one payment (回单), kept for ever by the bank's own reference.</summary>
public sealed class PaymentResult
{
    /// <summary>银行流水号; one result a reference.</summary>
    public required string BankReference { get; init; }
    public required Guid LineId { get; init; }

    /// <summary>Paid, or come back.</summary>
    public required bool IsPaid { get; init; }
    public string Reason { get; init; } = "";
    public required DateTimeOffset At { get; init; }
    public required Guid ById { get; init; }
}

/// <summary>What a result does.</summary>
public enum ResultEffect
{
    /// <summary>It was said before; nothing happens.</summary>
    Repeats,
    Pays,
    Bounces,

    /// <summary>A late bounce of what was reported as paid.</summary>
    Returns,
}

/// <summary>Takes results in; harmless when repeated or late, refused when they contradict what is known.</summary>
public static class Reconciliation
{
    /// <summary>
    /// What the result would do; changes nothing. Refusals: <c>result.reason-missing</c>, <c>result.reference-used</c> (the
    /// bank's reference belongs to another payment or said the opposite), <c>result.not-sent</c>, <c>result.contradicts</c>.
    /// </summary>
    /// <param name="known">What is known under the same bank reference.</param>
    public static Outcome<ResultEffect> Judge(PaymentLine line, PaymentResult result, PaymentResult? known)
    {
        if (known is not null)
            return known.LineId == result.LineId && known.IsPaid == result.IsPaid
                ? ResultEffect.Repeats
                : Refusal.At("bankReference", "result.reference-used", result.BankReference);
        if (!result.IsPaid && string.IsNullOrWhiteSpace(result.Reason))
            return Refusal.At("reason", "result.reason-missing");
        return line.State switch
        {
            LineState.Sent => result.IsPaid ? ResultEffect.Pays : ResultEffect.Bounces,
            LineState.Paid when !result.IsPaid => ResultEffect.Returns,
            LineState.Listed or LineState.Removed => Refusal.At("reference", "result.not-sent"),
            _ => Refusal.At("result", "result.contradicts"),
        };
    }

    /// <summary>
    /// Takes the result in; the entry it made, null when it only repeats. Refusals: those of <see cref="Judge"/>.
    /// </summary>
    /// <param name="sent">The entry by which the line went into transit, for the reversal of a bounce.</param>
    public static Outcome<LedgerEntry?> Take(
        Fund fund,
        Claim claim,
        PaymentLine line,
        PaymentResult result,
        PaymentResult? known,
        LedgerEntry? sent
    )
    {
        var judged = Judge(line, result, known);
        if (!judged.IsOk)
            return judged.Refusal;
        var posting = new Posting(result.At, result.ById);
        switch (judged.Value)
        {
            case ResultEffect.Pays:
                var paid = fund.Pay(line, posting);
                line.Move(LineState.Paid, result.At);
                claim.Move(ClaimState.Paid, result.At);
                return paid;
            case ResultEffect.Bounces:
                if (sent is null || sent.Number != line.SentBy)
                    throw new ArgumentException("This is not the entry by which the line was sent.", nameof(sent));
                var bounced = fund.Bounce(line, sent, posting with { Text = result.Reason });
                line.Move(LineState.Bounced, result.At, result.Reason);
                claim.Move(ClaimState.Bounced, result.At, result.Reason);
                return bounced;
            case ResultEffect.Returns:
                var returned = fund.Return(line, posting with { Text = result.Reason });
                line.Move(LineState.Returned, result.At, result.Reason);
                claim.Move(ClaimState.Bounced, result.At, result.Reason);
                return returned;
            default:
                return (LedgerEntry?)null;
        }
    }
}

namespace EduUnion.Domain.Funds;

public enum OrderKind
{
    Opening,
    Income,
    Budget,
    BudgetCut,
    Transfer,

    /// <summary>Takes an earlier order's entries back.</summary>
    Correction,
}

public enum OrderState
{
    Proposed,
    Approved,
    Refused,
}

/// <summary>
/// Income, budget, a transfer or a correction as one person proposes it; it counts when the district's chair has approved
/// it (domain §5). Never changed otherwise.
/// </summary>
public sealed class FundOrder
{
    private FundOrder() { }

    public Guid Id { get; private init; }
    public Guid FundId { get; private init; }
    public OrderKind Kind { get; private init; }
    public Money Amount { get; private init; }

    /// <summary>Where a transfer goes.</summary>
    public Guid? ToFundId { get; private init; }

    /// <summary>The order that a correction takes back.</summary>
    public Guid? CorrectsId { get; private init; }

    /// <summary>摘要: what for, from whom.</summary>
    public string Text { get; private init; } = "";
    public Guid ProposedById { get; private init; }
    public DateTimeOffset ProposedAt { get; private init; }
    public OrderState State { get; private set; }
    public Guid? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why it was refused.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>
    /// Refusals: <c>fund.amount</c>, <c>form.required</c> (text, target fund), <c>fund.same</c>.
    /// </summary>
    public static Outcome<FundOrder> Propose(
        Guid id,
        Guid fundId,
        OrderKind kind,
        Money amount,
        string? text,
        Guid by,
        DateTimeOffset now,
        Guid? toFund = null,
        Guid? corrects = null
    )
    {
        if (amount <= Money.Zero)
            return Refusal.At("amount", "fund.amount");
        if (string.IsNullOrWhiteSpace(text))
            return Refusal.At("text", "form.required");
        if (kind == OrderKind.Transfer && toFund is null)
            return Refusal.At("toFund", "form.required");
        if (kind == OrderKind.Transfer && toFund == fundId)
            return Refusal.At("toFund", "fund.same");
        return new FundOrder
        {
            Id = id,
            FundId = fundId,
            Kind = kind,
            Amount = amount,
            ToFundId = toFund,
            CorrectsId = corrects,
            Text = text.Trim(),
            ProposedById = by,
            ProposedAt = now,
        };
    }

    /// <summary>Refusals: <c>fund.order-decided</c> (409), <c>fund.proposer-approves</c> (403).</summary>
    public Refusal? Approve(Guid by, DateTimeOffset now) => Decide(OrderState.Approved, by, "", now);

    /// <summary>Refusals: as <see cref="Approve"/>, and <c>form.required</c> without a reason.</summary>
    public Refusal? Refuse(string? reason, Guid by, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(reason)
            ? Refusal.At("reason", "form.required")
            : Decide(OrderState.Refused, by, reason.Trim(), now);

    private Refusal? Decide(OrderState to, Guid by, string reason, DateTimeOffset now)
    {
        if (State != OrderState.Proposed)
            return new Refusal("fund.order-decided", RefusalKind.Conflict) { Arguments = [DecidedAt!.Value] };
        if (by == ProposedById)
            return Refusal.Forbidden("fund.proposer-approves");
        (State, DecidedById, DecidedAt, Reason) = (to, by, now, reason);
        return null;
    }
}

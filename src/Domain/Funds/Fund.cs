using System.Collections.Immutable;

namespace EduUnion.Domain.Funds;

/// <summary>
/// A fund (资金) of one year: its balances and the counters that its lock guards. Every method that moves money returns the
/// entries it made, which the caller stores in the same commit; a refusal changes nothing. Amounts in fen.
/// </summary>
public sealed partial class Fund
{
    private Fund() { }

    public Guid Id { get; private init; }

    /// <summary>The district or the school whose money it is.</summary>
    public Guid OrganisationId { get; private init; }
    public int Year { get; private init; }
    public FundKind Kind { get; private init; }

    /// <summary>Short and unique in its year, across the district: payment lists are numbered by it (<c>GH</c>).</summary>
    public string Code { get; private init; } = "";
    public string Name { get; private init; } = "";
    public FundLimits Limits { get; set; } = new();
    public Balances Balances { get; private set; }

    /// <summary>Whether a budget was ever recorded; without one only the money limits what is reserved.</summary>
    public bool HasBudget { get; private set; }

    /// <summary>The number of the last entry.</summary>
    public int Entries { get; private set; }

    /// <summary>The last place given in the queue.</summary>
    public int Places { get; private set; }

    /// <summary>The number of the last payment list.</summary>
    public int Batches { get; private set; }

    /// <summary>Grows with every change of the limits; a form of an older version is refused.</summary>
    public int Version { get; set; }

    /// <summary>What may still be reserved: within the money, and within the budget where there is one.</summary>
    public Money Free =>
        HasBudget && Balances.Budget - Balances.Committed < Balances.Available
            ? Balances.Budget - Balances.Committed
            : Balances.Available;

    public static Fund Open(Guid id, Guid organisationId, int year, FundKind kind, string code, string name) =>
        new()
        {
            Id = id,
            OrganisationId = organisationId,
            Year = year,
            Kind = kind,
            Code = code,
            Name = name,
        };

    /// <summary>Money has come: what the year began with, or income. Refusals: <c>fund.amount</c>.</summary>
    public Outcome<LedgerEntry> Receive(bool opening, Money amount, Posting posting) =>
        Wrong(amount) is { } wrong ? wrong
        : opening ? Post(PostingKind.Opening, Account.Available, Account.Opening, amount, posting)
        : Post(PostingKind.Income, Account.Available, Account.Income, amount, posting);

    /// <summary>More may be spent in the year. Refusals: <c>fund.amount</c>.</summary>
    public Outcome<LedgerEntry> Allot(Money amount, Posting posting) =>
        Wrong(amount) is { } wrong
            ? wrong
            : Post(PostingKind.Budget, Account.Budget, Account.Allotment, amount, posting);

    /// <summary>
    /// Less may be spent. Refusals: <c>fund.amount</c>, <c>fund.budget-committed</c> (how much can be cut at most).
    /// </summary>
    public Outcome<LedgerEntry> Cut(Money amount, Posting posting)
    {
        if (Wrong(amount) is { } wrong)
            return wrong;
        var most = Balances.Budget - Balances.Committed;
        return amount > most
            ? Refusal.At("amount", "fund.budget-committed", most)
            : Post(PostingKind.BudgetCut, Account.Allotment, Account.Budget, amount, posting);
    }

    /// <summary>
    /// Moves money to another fund, and the permission to spend it where a fund keeps a budget. Refusals:
    /// <c>fund.amount</c>, <c>fund.same</c>, <c>fund.other-year</c>, <c>fund.other-kind</c> (special-purpose money),
    /// <c>fund.short</c> (how much is free).
    /// </summary>
    public Outcome<ImmutableArray<LedgerEntry>> Transfer(Fund to, Money amount, Posting posting)
    {
        if (Wrong(amount) is { } wrong)
            return wrong;
        if (to.Id == Id)
            return Refusal.At("toFund", "fund.same");
        if (to.Year != Year)
            return Refusal.At("toFund", "fund.other-year", to.Year);
        // Given for one purpose (domain §3.8: must not be diverted).
        if (to.Kind != Kind && Kind is FundKind.UpperUnion or FundKind.Donation or FundKind.MutualAid)
            return Refusal.At("toFund", "fund.other-kind");
        if (amount > Free)
            return Refusal.At("amount", "fund.short", Free);
        var entries = ImmutableArray.CreateBuilder<LedgerEntry>();
        entries.Add(Post(PostingKind.TransferOut, Account.Income, Account.Available, amount, posting));
        entries.Add(to.Post(PostingKind.TransferIn, Account.Available, Account.Income, amount, posting));
        if (HasBudget)
            entries.Add(Post(PostingKind.BudgetCut, Account.Allotment, Account.Budget, amount, posting));
        if (to.HasBudget)
            entries.Add(to.Post(PostingKind.Budget, Account.Budget, Account.Allotment, amount, posting));
        return entries.ToImmutable();
    }

    /// <summary>
    /// Takes an order's entry back. Entries of claims and payments are taken back by what happens to them. Refusals:
    /// <c>fund.not-reversible</c>, <c>fund.short</c> (how much is free).
    /// </summary>
    public Outcome<LedgerEntry> Correct(LedgerEntry entry, Posting posting)
    {
        if (entry.FundId != Id || entry.OrderId is null || entry.Kind == PostingKind.Reversal)
            return Refusal.Because("fund.not-reversible");
        var most = entry.Debit switch
        {
            Account.Available => Balances.Available,
            Account.Budget => Balances.Budget - Balances.Committed,
            _ => entry.Amount,
        };
        return entry.Amount > most ? Refusal.Because("fund.short", most) : Reverse(entry, posting);
    }

    private static Refusal? Wrong(Money amount) => amount > Money.Zero ? null : Refusal.At("amount", "fund.amount");

    private LedgerEntry Reverse(LedgerEntry entry, Posting posting) =>
        Post(PostingKind.Reversal, entry.Credit, entry.Debit, entry.Amount, posting, entry.Number);

    private LedgerEntry Post(
        PostingKind kind,
        Account debit,
        Account credit,
        Money amount,
        Posting posting,
        int? reverses = null
    )
    {
        var entry = new LedgerEntry
        {
            FundId = Id,
            Number = ++Entries,
            At = posting.At,
            Kind = kind,
            Debit = debit,
            Credit = credit,
            Amount = amount,
            Reverses = reverses,
            ClaimId = posting.ClaimId,
            LineId = posting.LineId,
            OrderId = posting.OrderId,
            ById = posting.ById,
            Text = posting.Text,
        };
        Balances = Balances.With(entry);
        HasBudget |= debit == Account.Budget;
        return entry;
    }
}

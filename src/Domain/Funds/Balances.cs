namespace EduUnion.Domain.Funds;

/// <summary>
/// The balances of a fund's accounts, each on its own side, so that all are shown without a sign. Kept on the fund's row
/// under its lock and always what <see cref="Of"/> makes of the entries.
/// </summary>
public readonly record struct Balances(
    Money Opening,
    Money Income,
    Money Available,
    Money Reserved,
    Money InTransit,
    Money Paid,
    Money Returned,
    Money Allotment,
    Money Budget
)
{
    public Money this[Account account] =>
        account switch
        {
            Account.Opening => Opening,
            Account.Income => Income,
            Account.Available => Available,
            Account.Reserved => Reserved,
            Account.InTransit => InTransit,
            Account.Paid => Paid,
            Account.Returned => Returned,
            Account.Allotment => Allotment,
            _ => Budget,
        };

    /// <summary>Approved and not known to be paid, whether or not the bank has it.</summary>
    public Money Held => Reserved + InTransit;

    /// <summary>What counts against the budget: held, and paid for good.</summary>
    public Money Committed => Held + Paid - Returned;

    public static Balances Of(IEnumerable<LedgerEntry> entries) =>
        entries.Aggregate(default(Balances), (balances, entry) => balances.With(entry));

    public Balances With(LedgerEntry entry) =>
        Moved(entry.Debit, OnCreditSide(entry.Debit) ? -entry.Amount : entry.Amount)
            .Moved(entry.Credit, OnCreditSide(entry.Credit) ? entry.Amount : -entry.Amount);

    private static bool OnCreditSide(Account account) =>
        account is Account.Opening or Account.Income or Account.Returned or Account.Allotment;

    private Balances Moved(Account account, Money by) =>
        account switch
        {
            Account.Opening => this with { Opening = Opening + by },
            Account.Income => this with { Income = Income + by },
            Account.Available => this with { Available = Available + by },
            Account.Reserved => this with { Reserved = Reserved + by },
            Account.InTransit => this with { InTransit = InTransit + by },
            Account.Paid => this with { Paid = Paid + by },
            Account.Returned => this with { Returned = Returned + by },
            Account.Allotment => this with { Allotment = Allotment + by },
            _ => this with { Budget = Budget + by },
        };
}

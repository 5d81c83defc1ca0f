using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;

namespace EduUnion.Host.Api;

/// <summary>Amounts are whole fen. <c>available = opening + income − reserved − paid + returned</c>.</summary>
/// <param name="ReservedFen">Approved and not known to be paid; what the bank has is among it.</param>
/// <param name="InTransitFen">Of what is reserved, what the bank has.</param>
/// <param name="BudgetFen">How much may be spent in the year; null = no budget is kept.</param>
/// <param name="FreeFen">What may still be reserved, within money and budget.</param>
/// <param name="Waiting">Approved amounts in the queue.</param>
public sealed record FundAnswer(
    Guid Id,
    string Code,
    string Name,
    int Year,
    FundKind Kind,
    Guid OrganisationId,
    string Organisation,
    long OpeningFen,
    long IncomeFen,
    long? BudgetFen,
    long ReservedFen,
    long InTransitFen,
    long PaidFen,
    long ReturnedFen,
    long AvailableFen,
    long FreeFen,
    int Waiting,
    long WaitingFen
)
{
    public static FundAnswer Of(FundItem item)
    {
        var (fund, at) = (item.Fund, item.Fund.Balances);
        return new(
            fund.Id,
            fund.Code,
            fund.Name,
            fund.Year,
            fund.Kind,
            fund.OrganisationId,
            item.Organisation,
            at.Opening.Fen,
            at.Income.Fen,
            fund.HasBudget ? at.Budget.Fen : null,
            at.Held.Fen,
            at.InTransit.Fen,
            at.Paid.Fen,
            at.Returned.Fen,
            at.Available.Fen,
            fund.Free.Fen,
            item.Waiting,
            item.WaitingAmount.Fen
        );
    }
}

/// <param name="Reverses">The number of the entry that this one takes back.</param>
/// <param name="ReversedBy">The number of the entry by which this one was taken back.</param>
/// <param name="About">The case's number, for entries of claims and payments.</param>
public sealed record EntryAnswer(
    int Number,
    DateTimeOffset At,
    PostingKind Kind,
    Account Debit,
    Account Credit,
    long AmountFen,
    int? Reverses,
    int? ReversedBy,
    string? About,
    Guid? OrderId,
    string? By,
    string Text
)
{
    public static EntryAnswer Of(EntryItem item) =>
        new(
            item.Entry.Number,
            item.Entry.At,
            item.Entry.Kind,
            item.Entry.Debit,
            item.Entry.Credit,
            item.Entry.Amount.Fen,
            item.Entry.Reverses,
            item.ReversedBy,
            item.About,
            item.Entry.OrderId,
            item.By,
            item.Entry.Text
        );
}

public sealed record OrderAnswer(
    Guid Id,
    Guid FundId,
    string Fund,
    OrderKind Kind,
    long AmountFen,
    Guid? ToFundId,
    string? ToFund,
    Guid? CorrectsId,
    string Text,
    OrderState State,
    string ProposedBy,
    DateTimeOffset ProposedAt,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string Reason
)
{
    public static OrderAnswer Of(OrderItem item) =>
        new(
            item.Order.Id,
            item.Order.FundId,
            item.Fund,
            item.Order.Kind,
            item.Order.Amount.Fen,
            item.Order.ToFundId,
            item.ToFund,
            item.Order.CorrectsId,
            item.Order.Text,
            item.Order.State,
            item.ProposedBy,
            item.Order.ProposedAt,
            item.DecidedBy,
            item.Order.DecidedAt,
            item.Order.Reason
        );
}

public sealed record QueueAnswer(int Place, string CaseNumber, string School, long AmountFen, DateTimeOffset Since)
{
    public static QueueAnswer Of(QueueItem item) =>
        new(item.Place, item.CaseNumber, item.School, item.Amount.Fen, item.Since);
}

/// <summary>One approved amount. The account's last four digits only.</summary>
public sealed record ClaimAnswer(
    Guid Id,
    Guid FundId,
    string Fund,
    string CaseNumber,
    string FileNumber,
    string Name,
    string School,
    long AmountFen,
    ClaimState State,
    string Tail,
    DateTimeOffset ChangedAt
)
{
    public static ClaimAnswer Of(ClaimItem item) =>
        new(
            item.Claim.Id,
            item.Claim.FundId,
            item.Fund,
            item.Claim.CaseNumber,
            item.Claim.FileNumber,
            item.Member,
            item.School,
            item.Claim.Amount.Fen,
            item.Claim.State,
            item.Claim.Tail,
            item.Claim.ChangedAt
        );
}

public sealed record LineAnswer(
    Guid Id,
    int Position,
    string Reference,
    Guid ClaimId,
    string CaseNumber,
    string FileNumber,
    string Name,
    string School,
    long AmountFen,
    string Tail,
    LineState State,
    string? BankReference,
    string Reason
);

/// <param name="Capitals">The total in capital numerals (大写).</param>
public sealed record BatchAnswer(
    Guid Id,
    string Number,
    Guid FundId,
    string Fund,
    BatchState State,
    long TotalFen,
    string Capitals,
    string MadeBy,
    DateTimeOffset MadeAt,
    string? ReleasedBy,
    DateTimeOffset? ReleasedAt,
    IReadOnlyList<LineAnswer> Lines
)
{
    public static BatchAnswer Of(BatchView view) =>
        new(
            view.Batch.Id,
            view.Batch.Number,
            view.Fund.Id,
            view.Fund.Name,
            view.Batch.State,
            view.Batch.Total.Fen,
            CapitalAmount.Of(view.Batch.Total),
            view.MadeBy,
            view.Batch.MadeAt,
            view.ReleasedBy,
            view.Batch.ReleasedAt,
            [
                .. view.Lines.Select(l => new LineAnswer(
                    l.Line.Id,
                    l.Line.Position,
                    l.Line.Reference,
                    l.Claim.Id,
                    l.Claim.CaseNumber,
                    l.Claim.FileNumber,
                    l.Member,
                    l.School,
                    l.Line.Amount.Fen,
                    l.Line.Tail,
                    l.Line.State,
                    l.Result?.BankReference,
                    l.Line.Reason
                )),
            ]
        );
}

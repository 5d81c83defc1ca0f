namespace EduUnion.Domain.Funds;

/// <summary>What an entry records.</summary>
public enum PostingKind
{
    Opening,
    Income,
    TransferOut,
    TransferIn,
    Budget,
    BudgetCut,

    /// <summary>预留 for an approved amount.</summary>
    Reserve,

    /// <summary>Given to the bank.</summary>
    Send,

    /// <summary>The bank has paid.</summary>
    Pay,

    /// <summary>退汇: reported as paid, came back; reserved again for the same approval.</summary>
    Return,

    /// <summary>冲销 of an earlier entry: a release, a bounce, or a correction.</summary>
    Reversal,
}

/// <summary>
/// One entry (分录) of a fund's ledger; once written it is never changed or deleted. What was wrong is taken back by a
/// reversal that names it, each entry at most once.
/// </summary>
public sealed class LedgerEntry
{
    public required Guid FundId { get; init; }

    /// <summary>From 1, without gaps within the fund.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required PostingKind Kind { get; init; }
    public required Account Debit { get; init; }
    public required Account Credit { get; init; }

    /// <summary>More than zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>The number of the entry that this one takes back.</summary>
    public int? Reverses { get; init; }
    public Guid? ClaimId { get; init; }
    public Guid? LineId { get; init; }
    public Guid? OrderId { get; init; }

    /// <summary>Null = it followed from what somebody else did, or from a step of a case.</summary>
    public Guid? ById { get; init; }

    /// <summary>A reason or a note; names nobody.</summary>
    public string Text { get; init; } = "";
}

/// <summary>When, by whom and why an entry is written.</summary>
public sealed record Posting(DateTimeOffset At, Guid? ById = null, string Text = "")
{
    public Guid? ClaimId { get; init; }
    public Guid? LineId { get; init; }
    public Guid? OrderId { get; init; }
}

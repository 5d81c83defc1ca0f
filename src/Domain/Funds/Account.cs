namespace EduUnion.Domain.Funds;

/// <summary>
/// The accounts of one fund. Every entry debits one and credits another by the same positive amount, so that always
/// <c>available = opening + income − reserved − in transit − paid + returned</c> (domain §3.8).
/// </summary>
public enum Account
{
    /// <summary>期初结余: what the year began with (kept on the credit side).</summary>
    Opening,

    /// <summary>收入, transfers between funds among it (credit side).</summary>
    Income,

    /// <summary>可用.</summary>
    Available,

    /// <summary>已预留: approved, not yet given to the bank.</summary>
    Reserved,

    /// <summary>在途: with the bank, result unknown. Counts as reserved in every figure that is shown.</summary>
    InTransit,

    /// <summary>已支付, gross: what came back later stands under <see cref="Returned"/>.</summary>
    Paid,

    /// <summary>退回: paid and come back (credit side).</summary>
    Returned,

    /// <summary>预算批复: the other side of the budget, which is a permission and no money (credit side).</summary>
    Allotment,

    /// <summary>预算: how much may be spent in the year.</summary>
    Budget,
}

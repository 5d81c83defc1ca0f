using EduUnion.Domain;

namespace EduUnion.Host.Funds;

/// <summary>An approved amount asks its fund for the money.</summary>
/// <param name="MemberId">The applicant, who is the payee; ceilings and cumulative sums count by person.</param>
/// <param name="FileNumber">The person's file (DA-…), no payment without one; empty where it is opened with the reservation.</param>
/// <param name="Cause">The main cause's code: a fund may limit what one person gets for one cause in a year.</param>
/// <param name="Year">The calendar year in which it counts.</param>
/// <param name="Account">In plain; sealed before it is kept.</param>
public sealed record ClaimRequest(
    Guid CaseId,
    Guid FundId,
    Guid MemberId,
    Guid SchoolId,
    string CaseNumber,
    string FileNumber,
    string Cause,
    Money Amount,
    int Year,
    string PayeeName,
    string BankName,
    string Account
)
{
    /// <summary>On the chair's word, before any review.</summary>
    public bool Emergency { get; init; }
}

/// <summary>What the fund said.</summary>
public abstract record Reservation
{
    private Reservation() { }

    /// <summary>The money is held; it may be paid.</summary>
    public sealed record Reserved(Guid ClaimId) : Reservation;

    /// <summary>The fund is short, or others wait already; signal <c>fund.reserved</c> comes when its turn has come.</summary>
    /// <param name="Place">From 1.</param>
    public sealed record Waiting(Guid ClaimId, int Place) : Reservation;

    /// <summary>The person's sum of the year is beyond what the approvals cover: one more level must agree. Nothing is held.</summary>
    public sealed record Climbs : Reservation;

    /// <summary>
    /// A limit of the fund forbids it; nothing is held. Codes: <c>fund.unknown</c>, <c>fund.ceiling-payment</c>,
    /// <c>fund.ceiling-person</c>, <c>fund.ceiling-cause</c>.
    /// </summary>
    public sealed record Ceiling(Refusal Why) : Reservation;
}

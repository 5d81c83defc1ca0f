using EduUnion.Domain;
using EduUnion.Domain.Funds;

namespace EduUnion.Host.Funds;

/// <summary>How the money of a case stands.</summary>
/// <param name="Year">In which it counts for the person.</param>
/// <param name="Place">Its place in the fund's queue, from 1; null when it does not wait.</param>
/// <param name="Line">The state of its latest payment line; null when it was never listed.</param>
/// <param name="BounceReason">What the bank said when it came back; null when it did not.</param>
/// <param name="Tail">The last four digits of the account.</param>
public sealed record ClaimView(
    Guid Id,
    Guid CaseId,
    Guid FundId,
    string FundName,
    Money Amount,
    int Year,
    ClaimState State,
    int? Place,
    LineState? Line,
    string? BatchNumber,
    string? BounceReason,
    string Tail,
    DateTimeOffset ChangedAt
);

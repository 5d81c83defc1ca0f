using EduUnion.Domain;

namespace EduUnion.Host.Funds;

/// <summary>
/// The money of cases, as the steps of a case ask for it. Everything happens in the caller's transaction, which has locked
/// the case; here the person's year is locked, then the fund. Nothing is saved or committed here.
/// </summary>
public sealed class ClaimBook
{
    /// <summary>Paid, reserved and waiting of the person in the calendar year, of all funds.</summary>
    public Task<Money> CumulativeAsync(Guid memberId, int year, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>
    /// Reserves the amount, or queues it where the fund is short or others wait already. Asked again for a case that has a
    /// live claim, it says how that one stands.
    /// </summary>
    /// <param name="covered">Whether the approvals given so far cover this cumulative sum (this amount included).</param>
    public Task<Reservation> ReserveAsync(
        ClaimRequest request,
        Func<Money, bool> covered,
        DateTimeOffset now,
        CancellationToken cancellation
    ) => throw new NotImplementedException();

    /// <summary>
    /// Gives the money back and serves the queue. Nothing happens (false) for a case without a live claim. Refusals:
    /// <c>payment.sent</c> (409): the bank has it and its result is not known, or it is paid.
    /// </summary>
    public Task<Outcome<bool>> ReleaseAsync(
        Guid caseId,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellation
    ) => throw new NotImplementedException();

    /// <summary>
    /// A corrected account after a bounce, already checked by a second person; the claim may be listed again. Refusals:
    /// <c>payment.no-claim</c>, <c>payment.not-bounced</c>.
    /// </summary>
    public Task<Outcome<bool>> CorrectAccountAsync(
        Guid caseId,
        string payeeName,
        string bankName,
        string account,
        DateTimeOffset now,
        CancellationToken cancellation
    ) => throw new NotImplementedException();

    /// <summary>The case's claim, the latest if an earlier one was cancelled; null when it has none.</summary>
    public Task<ClaimView?> OfCaseAsync(Guid caseId, CancellationToken cancellation) =>
        throw new NotImplementedException();
}

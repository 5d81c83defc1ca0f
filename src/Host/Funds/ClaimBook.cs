using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Funds;

/// <summary>
/// The money of cases, as the steps of a case ask for it. Everything happens in the caller's transaction, which has locked
/// the case; here the person's year is locked, then the fund. Nothing is saved or committed here.
/// </summary>
public sealed class ClaimBook(EduUnionDb db, Vault vault)
{
    private readonly Ledger _ledger = new(db);

    /// <summary>Paid, held and waiting of the person in the calendar year, of all funds.</summary>
    public async Task<Money> CumulativeAsync(Guid memberId, int year, CancellationToken cancellation) =>
        Sum(await OfPersonAsync(memberId, year, cancellation));

    /// <summary>
    /// Reserves the amount, or queues it where the fund is short or others wait already. Asked again for a case that has a
    /// live claim, it says how that one stands.
    /// </summary>
    /// <param name="covered">Whether the approvals given so far cover this cumulative sum (this amount included).</param>
    public async Task<Reservation> ReserveAsync(
        ClaimRequest request,
        Func<Money, bool> covered,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await db.LockPersonYearAsync(request.MemberId, request.Year, cancellation);
        if (await _ledger.LockAsync(request.FundId, cancellation) is not { } fund)
            return new Reservation.Ceiling(Refusal.At("fund", "fund.unknown"));
        if (fund.Year != request.Year)
            return new Reservation.Ceiling(Refusal.At("fund", "fund.other-year", fund.Year));
        var waiting = await _ledger.WaitingAsync(fund.Id, cancellation);
        var person = await OfPersonAsync(request.MemberId, request.Year, cancellation);
        if (await LiveAsync(request.CaseId, cancellation) is { } standing)
            return Said(standing, waiting);
        var claim = ClaimOf(request, now);
        if (fund.Limits.Check(claim, person) is { } beyond)
            return new Reservation.Ceiling(beyond);
        if (!covered(Sum(person) + request.Amount))
            return new Reservation.Climbs();
        var asked = fund.Ask(claim, person, waiting.Count > 0, now);
        if (!asked.IsOk)
            return new Reservation.Ceiling(asked.Refusal);
        db.Add(claim);
        if (asked.Value is { } entry)
            db.Add(entry);
        else
            waiting.Add(claim);
        return Said(claim, waiting);
    }

    /// <summary>
    /// Gives the money back, takes the claim off a list that is not released, and serves the queue. Nothing happens (false)
    /// for a case without a live claim. Refusals: <c>payment.sent</c> (409): the bank has it or has paid it.
    /// </summary>
    public async Task<Outcome<bool>> ReleaseAsync(
        Guid caseId,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (await LockedAsync(caseId, cancellation) is not var (fund, claim))
            return false;
        var listed = claim.State == ClaimState.Listed;
        var reserved = await _ledger.EntryAsync(fund.Id, claim.ReservedBy, cancellation);
        var released = fund.Release(claim, reserved, reason, now);
        if (!released.IsOk)
            return released.Refusal;
        if (listed)
            await TakeOffAsync(claim, now, cancellation);
        if (released.Value is { } entry)
            db.Add(entry);
        await _ledger.ServeAsync(fund, now, cancellation);
        return true;
    }

    /// <summary>Emergency aid of the person in the year: what one chair's word has given.</summary>
    public async Task<Money> EmergenciesAsync(Guid memberId, int year, CancellationToken cancellation) =>
        Sum((await OfPersonAsync(memberId, year, cancellation)).Where(c => c.Emergency));

    /// <summary>Notes the file under which the case's claim is paid.</summary>
    public async Task FileAsync(Guid caseId, string fileNumber, CancellationToken cancellation) =>
        (await HereAsync(caseId, cancellation))?.FileUnder(fileNumber);

    /// <summary>The person has gone to another school, whose chair follows the money from here.</summary>
    public async Task MoveSchoolAsync(Guid caseId, Guid schoolId, CancellationToken cancellation)
    {
        if (await LockedAsync(caseId, cancellation) is var (_, claim))
            claim.MoveSchool(schoolId);
    }

    /// <summary>
    /// A corrected account after a bounce, already checked by a second person; the claim may be listed again. Refusals:
    /// <c>payment.no-claim</c> (404), <c>payment.not-bounced</c>.
    /// </summary>
    public async Task<Outcome<bool>> CorrectAccountAsync(
        Guid caseId,
        string payeeName,
        string bankName,
        string account,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (await LockedAsync(caseId, cancellation) is not var (_, claim))
            return Refusal.Missing("payment.no-claim");
        var payee = new Payee(payeeName, bankName, account);
        return claim.Correct(payee.Seal(vault, claim.Id), payee.Tail, now).Then(_ => (Outcome<bool>)true);
    }

    /// <summary>The case's claim, the latest if an earlier one was cancelled; null when it has none.</summary>
    public async Task<ClaimView?> OfCaseAsync(Guid caseId, CancellationToken cancellation) =>
        await (
            from claim in db.Set<Claim>().AsNoTracking()
            join fund in db.Set<Fund>() on claim.FundId equals fund.Id
            where claim.CaseId == caseId
            orderby claim.At descending, claim.Id descending
            let line = db.Set<PaymentLine>()
                .Where(l => l.ClaimId == claim.Id)
                .OrderByDescending(l => l.ChangedAt)
                .ThenByDescending(l => l.Id)
                .FirstOrDefault()
            select new ClaimView(
                claim.Id,
                claim.CaseId,
                claim.FundId,
                fund.Name,
                claim.Amount,
                claim.Year,
                claim.State,
                claim.State == ClaimState.Waiting
                    ? db.Set<Claim>()
                        .Count(c => c.FundId == claim.FundId && c.State == ClaimState.Waiting && c.Place <= claim.Place)
                    : null,
                line == null ? null : line.State,
                line == null
                    ? null
                    : db.Set<PaymentBatch>().Where(b => b.Id == line.BatchId).Select(b => b.Number).First(),
                line == null || line.Reason == "" ? null : line.Reason,
                claim.Tail,
                claim.ChangedAt
            )
        ).FirstOrDefaultAsync(cancellation);

    private async Task TakeOffAsync(Claim claim, DateTimeOffset now, CancellationToken cancellation)
    {
        var batch = await db.Set<PaymentBatch>()
            .Include(b => b.Lines)
            .FirstAsync(b => b.Lines.Any(l => l.ClaimId == claim.Id && l.State == LineState.Listed), cancellation);
        var line = batch.Lines.First(l => l.ClaimId == claim.Id && l.State == LineState.Listed);
        batch.TakeOff(line.Id, now);
    }

    /// <summary>The fund is locked first; which one it is never changes for a claim.</summary>
    private async Task<(Fund Fund, Claim Claim)?> LockedAsync(Guid caseId, CancellationToken cancellation)
    {
        var fundId = await db.Set<Claim>()
            .Where(c => c.CaseId == caseId && c.State != ClaimState.Cancelled)
            .Select(c => (Guid?)c.FundId)
            .FirstOrDefaultAsync(cancellation);
        if (fundId is not { } id || await _ledger.LockAsync(id, cancellation) is not { } fund)
            return null;
        return await LiveAsync(caseId, cancellation) is { } claim ? (fund, claim) : null;
    }

    private async Task<Claim?> HereAsync(Guid caseId, CancellationToken cancellation) =>
        db.Set<Claim>().Local.FirstOrDefault(c => c.CaseId == caseId && c.IsLive)
        ?? await LiveAsync(caseId, cancellation);

    private Task<Claim?> LiveAsync(Guid caseId, CancellationToken cancellation) =>
        db.Set<Claim>().FirstOrDefaultAsync(c => c.CaseId == caseId && c.State != ClaimState.Cancelled, cancellation);

    /// <summary>As the database has them, those changed in this transaction as they are here.</summary>
    private async Task<List<Claim>> OfPersonAsync(Guid memberId, int year, CancellationToken cancellation)
    {
        var stored = await db.Set<Claim>()
            .AsNoTracking()
            .Where(c => c.MemberId == memberId && c.Year == year)
            .ToListAsync(cancellation);
        var here = db.Set<Claim>().Local.Where(c => c.MemberId == memberId && c.Year == year).ToList();
        return [.. stored.Where(s => here.All(h => h.Id != s.Id)).Concat(here).Where(c => c.IsLive)];
    }

    private Claim ClaimOf(ClaimRequest request, DateTimeOffset now)
    {
        var claim = Claim.Of(
            Guid.CreateVersion7(now),
            request.FundId,
            request.CaseId,
            request.MemberId,
            request.SchoolId,
            request.CaseNumber,
            request.FileNumber,
            // Only compared: what it is, would be somebody's health in a plain column.
            vault.Index("fund.cause", request.Cause),
            request.Amount,
            request.Year,
            now
        );
        var payee = new Payee(request.PayeeName, request.BankName, request.Account);
        claim.PayTo(payee.Seal(vault, claim.Id), payee.Tail);
        if (request.Emergency)
            claim.MarkEmergency();
        return claim;
    }

    private static Reservation Said(Claim claim, List<Claim> waiting) =>
        claim.State == ClaimState.Waiting
            ? new Reservation.Waiting(claim.Id, waiting.FindIndex(w => w.Id == claim.Id) + 1)
            : new Reservation.Reserved(claim.Id);

    private static Money Sum(IEnumerable<Claim> claims) =>
        claims.Aggregate(Money.Zero, (sum, claim) => sum + claim.Amount);
}

using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Relations;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Funds;

public sealed record BatchDone(Guid BatchId, string Number, BatchState State, long TotalFen, int Lines);

/// <summary>
/// Payment lists: made by one of the finance office, released by another; every change tells the cases concerned. All of a
/// list happens under the lock of its fund. Everywhere: <c>payment.batch-unknown</c> or <c>fund.unknown</c> (404),
/// <c>fund.not-yours</c> (403: not of the finance office).
/// </summary>
public sealed class PaymentCommands(
    EduUnionDb db,
    FundCommits commits,
    FundAccess access,
    RelationBook relations,
    AidFiles files,
    Vault vault
)
{
    private readonly Ledger _ledger = new(db);

    /// <summary>
    /// Lists reserved claims of one fund, in the order of their approval. Refusals: <c>payment.claim-unknown</c>, and those
    /// of <see cref="PaymentBatch.Make"/>.
    /// </summary>
    public Task<Outcome<BatchDone>> MakeAsync(
        Guid fundId,
        IReadOnlyCollection<Guid> claims,
        Asker asker,
        CancellationToken cancellation
    ) =>
        commits.RunAsync<BatchDone>(
            asker,
            async now =>
            {
                if (await DeniedAsync(fundId, asker, cancellation) is { } denied)
                    return denied;
                var fund = (await _ledger.LockAsync(fundId, cancellation))!;
                var chosen = await db.Set<Claim>()
                    .Where(c => c.FundId == fundId && claims.Contains(c.Id))
                    .OrderBy(c => c.Place)
                    .ToListAsync(cancellation);
                if (chosen.Count < claims.Distinct().Count())
                    return Refusal.At("claims", "payment.claim-unknown");
                var made = PaymentBatch.Make(
                    Guid.CreateVersion7(now),
                    fund,
                    chosen.ConvertAll(claim => NewLine(claim, now)),
                    asker.MemberId,
                    now,
                    await UnpayableAsync(chosen, asker.MemberId, cancellation)
                );
                if (!made.IsOk)
                    return made.Refusal;
                db.Add(made.Value);
                foreach (var line in made.Value.Lines)
                    Tell(line, chosen, SignalRow.PaymentListed, now);
                return Done(made.Value);
            },
            cancellation
        );

    /// <summary>Takes a line off a list that is not released. Refusals: those of <see cref="PaymentBatch.Remove"/>.</summary>
    public Task<Outcome<BatchDone>> RemoveLineAsync(
        Guid batchId,
        Guid lineId,
        Asker asker,
        CancellationToken cancellation
    ) =>
        WithAsync(
            batchId,
            asker,
            (batch, _, claims, now) =>
            {
                if (batch.Lines.FirstOrDefault(l => l.Id == lineId) is not { } line)
                    return Task.FromResult<Refusal?>(Refusal.Missing("payment.line-unknown"));
                var claim = claims.First(c => c.Id == line.ClaimId);
                var removed = batch.Remove(lineId, claim, now);
                if (removed.IsOk)
                    Tell(line, claims, SignalRow.PaymentUnlisted, now);
                return Task.FromResult(removed.Refusal);
            },
            cancellation
        );

    /// <summary>
    /// The second person gives the list to the bank. Doing it again answers as the first time, and sends nothing. Refusals:
    /// those of <see cref="PaymentBatch.Release"/>; <c>payment.batch-released</c> only for somebody else.
    /// </summary>
    public Task<Outcome<BatchDone>> ReleaseAsync(Guid batchId, Asker asker, CancellationToken cancellation) =>
        WithAsync(
            batchId,
            asker,
            async (batch, fund, claims, now) =>
            {
                if (batch.State == BatchState.Released && batch.ReleasedById == asker.MemberId)
                    return null;
                var listed = batch.Lines.Where(l => l.State == LineState.Listed).ToList();
                var sent = batch.Release(
                    fund,
                    claims.ToDictionary(c => c.Id),
                    asker.MemberId,
                    now,
                    await UnpayableAsync(claims, asker.MemberId, cancellation)
                );
                if (!sent.IsOk)
                    return sent.Refusal;
                db.AddRange(sent.Value);
                foreach (var line in listed)
                    Tell(line, claims, SignalRow.PaymentSent, now);
                return null;
            },
            cancellation
        );

    private Task<Outcome<BatchDone>> WithAsync(
        Guid batchId,
        Asker asker,
        Func<PaymentBatch, Fund, IReadOnlyList<Claim>, DateTimeOffset, Task<Refusal?>> change,
        CancellationToken cancellation
    ) =>
        commits.RunAsync<BatchDone>(
            asker,
            async now =>
            {
                var locked = await LockedAsync(batchId, asker, cancellation);
                if (!locked.IsOk)
                    return locked.Refusal;
                var (batch, fund, claims) = locked.Value;
                return await change(batch, fund, claims, now) is { } refused ? refused : Done(batch);
            },
            cancellation
        );

    /// <summary>The list with its fund, locked, and the claims on it.</summary>
    internal async Task<Outcome<(PaymentBatch Batch, Fund Fund, List<Claim> Claims)>> LockedAsync(
        Guid batchId,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var fundId = await db.Set<PaymentBatch>()
            .Where(b => b.Id == batchId)
            .Select(b => (Guid?)b.FundId)
            .FirstOrDefaultAsync(cancellation);
        if (fundId is not { } id)
            return Refusal.Missing("payment.batch-unknown");
        if (await DeniedAsync(id, asker, cancellation) is { } denied)
            return denied.Kind == RefusalKind.Missing ? Refusal.Missing("payment.batch-unknown") : denied;
        var fund = (await _ledger.LockAsync(id, cancellation))!;
        var batch = await db.Set<PaymentBatch>().Include(b => b.Lines).FirstAsync(b => b.Id == batchId, cancellation);
        var claims = await db.Set<Claim>()
            .Where(c => db.Set<PaymentLine>().Any(l => l.BatchId == batchId && l.ClaimId == c.Id))
            .ToListAsync(cancellation);
        return (batch, fund, claims);
    }

    internal void Tell(PaymentLine line, IEnumerable<Claim> claims, string signal, DateTimeOffset now) =>
        db.Add(SignalRow.To(claims.First(c => c.Id == line.ClaimId).CaseId, signal, line.Id, now));

    private async Task<Refusal?> DeniedAsync(Guid fundId, Asker asker, CancellationToken cancellation)
    {
        var owner = await db.Set<Fund>()
            .Where(f => f.Id == fundId)
            .Select(f => (Guid?)f.OrganisationId)
            .FirstOrDefaultAsync(cancellation);
        return owner is { } place
            ? await access.RefusedAsync(asker.MemberId, place, [Office.Finance], cancellation)
            : Refusal.Missing("fund.unknown");
    }

    /// <summary>
    /// Whom the member may not pay: his relatives, and those in whose cases he stands aside or lives in the household. And
    /// whom nobody may pay: whose file is frozen or was left for a reason that ends payments.
    /// </summary>
    public async Task<Unpayable> UnpayableAsync(
        IReadOnlyCollection<Claim> claims,
        Guid memberId,
        CancellationToken cancellation
    )
    {
        var payees = claims.Select(c => c.MemberId).Distinct().ToList();
        var related = await relations.RelatedToAsync(memberId, cancellation);
        var aside = await db.Set<CaseRow>()
            .Where(c => c.Kind == AidCase.KindName && payees.Contains(c.StarterId))
            .Where(c => c.Parties.Any(p => p.PartyId == memberId && p.Role == PartyRole.Recused))
            .Select(c => c.StarterId)
            .ToListAsync(cancellation);
        var active = nameof(FileState.Active);
        var left = await db.Set<AidFileRow>()
            .AsNoTracking()
            .Where(f => payees.Contains(f.MemberId) && f.State != active)
            .ToListAsync(cancellation);
        return new([.. related, .. aside], [.. left.Where(f => !files.Read(f).MayBePaid).Select(f => f.MemberId)]);
    }

    /// <summary>The payee as he is now, sealed anew for the line: a later correction does not change what was sent.</summary>
    private NewLine NewLine(Claim claim, DateTimeOffset now)
    {
        var line = Guid.CreateVersion7(now);
        return new(line, claim, Payee.Open(vault, claim.Payee, claim.Id).Seal(vault, line));
    }

    private static BatchDone Done(PaymentBatch batch) =>
        new(batch.Id, batch.Number, batch.State, batch.Total.Fen, batch.Lines.Count(l => l.State != LineState.Removed));
}

using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Funds;

/// <summary>
/// A fund under its lock. Claims, lists and lines are read for writing only behind that lock, so one transaction at a time
/// changes anything of a fund. Saves nothing.
/// </summary>
internal sealed class Ledger(EduUnionDb db)
{
    /// <summary>The fund, locked until the transaction ends; null when there is none.</summary>
    public async Task<Fund?> LockAsync(Guid fundId, CancellationToken cancellation)
    {
        await db.LockFundAsync(fundId, cancellation);
        return await db.Set<Fund>().FirstOrDefaultAsync(f => f.Id == fundId, cancellation);
    }

    /// <summary>All that wait on the fund, those queued in this transaction among them.</summary>
    public async Task<List<Claim>> WaitingAsync(Guid fundId, CancellationToken cancellation)
    {
        await db.Set<Claim>().Where(c => c.FundId == fundId && c.State == ClaimState.Waiting).LoadAsync(cancellation);
        return
        [
            .. db.Set<Claim>()
                .Local.Where(c => c.FundId == fundId && c.State == ClaimState.Waiting)
                .OrderBy(c => c.Place),
        ];
    }

    /// <summary>Whoever money came for: every claim that is served tells its case.</summary>
    public async Task ServeAsync(Fund fund, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var (claim, entry) in fund.Serve(await WaitingAsync(fund.Id, cancellation), now))
        {
            db.Add(entry);
            // A claim is served once, so its id tells this signal from every other.
            db.Add(SignalRow.To(claim.CaseId, SignalRow.FundReserved, claim.Id, now));
        }
    }

    public async Task<LedgerEntry?> EntryAsync(Guid fundId, int? number, CancellationToken cancellation) =>
        number is { } wanted ? await db.Set<LedgerEntry>().FindAsync([fundId, wanted], cancellation) : null;
}

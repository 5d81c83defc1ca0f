using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Funds;

/// <summary>A fund in a list, and how many wait for it.</summary>
public sealed record FundItem(Fund Fund, string Organisation, int Waiting, Money WaitingAmount);

/// <summary>A line of the ledger.</summary>
/// <param name="About">Case number, list or proposal that it belongs to.</param>
public sealed record EntryItem(LedgerEntry Entry, string? About, string? By, int? ReversedBy);

/// <summary>Somebody in a fund's queue.</summary>
public sealed record QueueItem(
    int Place,
    Guid CaseId,
    string CaseNumber,
    string School,
    Money Amount,
    DateTimeOffset Since
);

/// <summary>A proposal with the names of who proposed and decided.</summary>
public sealed record OrderItem(FundOrder Order, string Fund, string? ToFund, string ProposedBy, string? DecidedBy);

/// <summary>Funds as they are read, each for somebody who may (<see cref="FundSight"/>).</summary>
public sealed class FundBook(EduUnionDb db, OrganisationBook organisations)
{
    /// <summary>The funds of a year, the district's first.</summary>
    public async Task<IReadOnlyList<FundItem>> ListAsync(FundSight sight, int year, CancellationToken cancellation)
    {
        var funds = await Seen(sight).Where(f => f.Year == year).ToListAsync(cancellation);
        var ids = funds.ConvertAll(f => f.Id);
        var waiting = (
            await db.Set<Claim>()
                .AsNoTracking()
                .Where(c => ids.Contains(c.FundId) && c.State == ClaimState.Waiting)
                .Select(c => new { c.FundId, c.Amount })
                .ToListAsync(cancellation)
        ).ToLookup(c => c.FundId, c => c.Amount);
        return
        [
            .. funds
                .Select(f => new FundItem(
                    f,
                    organisations.Find(f.OrganisationId)?.Name ?? "",
                    waiting[f.Id].Count(),
                    waiting[f.Id].Aggregate(Money.Zero, (sum, amount) => sum + amount)
                ))
                .OrderBy(f => organisations.Path(f.Fund.OrganisationId).Count)
                .ThenBy(f => f.Organisation, StringComparer.Ordinal)
                .ThenBy(f => f.Fund.Code, StringComparer.Ordinal),
        ];
    }

    /// <summary>The years for which there are funds, the latest first.</summary>
    public async Task<IReadOnlyList<int>> YearsAsync(FundSight sight, CancellationToken cancellation) =>
        await Seen(sight).Select(f => f.Year).Distinct().OrderDescending().ToListAsync(cancellation);

    public Task<Fund?> FindAsync(FundSight sight, Guid id, CancellationToken cancellation) =>
        Seen(sight).FirstOrDefaultAsync(f => f.Id == id, cancellation);

    /// <summary>
    /// The funds from which an applicant of this school may be paid in the year: the district's and the school's own.
    /// </summary>
    public async Task<IReadOnlyList<Fund>> ChoicesAsync(Guid schoolId, int year, CancellationToken cancellation)
    {
        var owners = organisations.Path(schoolId);
        return await db.Set<Fund>()
            .AsNoTracking()
            .Where(f => owners.Contains(f.OrganisationId) && f.Year == year)
            .OrderBy(f => f.Code)
            .ToListAsync(cancellation);
    }

    /// <summary>The ledger, the latest entry first, paged by number.</summary>
    /// <param name="before">Entries below this number; null = from the last.</param>
    public async Task<Slice<EntryItem>> EntriesAsync(
        Guid fundId,
        int? before,
        int limit,
        CancellationToken cancellation
    )
    {
        var entries = db.Set<LedgerEntry>().AsNoTracking().Where(e => e.FundId == fundId);
        var items = await (
            from entry in entries
            where before == null || entry.Number < before
            orderby entry.Number descending
            select new EntryItem(
                entry,
                db.Set<Claim>().Where(c => c.Id == entry.ClaimId).Select(c => c.CaseNumber).FirstOrDefault(),
                db.Set<Member>().Where(m => m.Id == entry.ById).Select(m => m.Name).FirstOrDefault(),
                entries.Where(e => e.Reverses == entry.Number).Select(e => (int?)e.Number).FirstOrDefault()
            )
        )
            .Take(limit + 1)
            .ToListAsync(cancellation);
        return new([.. items.Take(limit)], items.Count > limit ? $"{items[limit - 1].Entry.Number}" : null);
    }

    /// <summary>Who waits, in the order in which they are served.</summary>
    /// <param name="schools">Only those of these schools; their places are those of the whole queue.</param>
    public async Task<IReadOnlyList<QueueItem>> QueueAsync(
        Guid fundId,
        IReadOnlyList<Guid> schools,
        CancellationToken cancellation
    )
    {
        var waiting = await db.Set<Claim>()
            .AsNoTracking()
            .Where(c => c.FundId == fundId && c.State == ClaimState.Waiting)
            .OrderBy(c => c.Place)
            .ToListAsync(cancellation);
        return
        [
            .. waiting
                .Select(
                    (c, at) =>
                        (
                            c.SchoolId,
                            Item: new QueueItem(
                                at + 1,
                                c.CaseId,
                                c.CaseNumber,
                                organisations.Find(c.SchoolId)?.Name ?? "",
                                c.Amount,
                                c.At
                            )
                        )
                )
                .Where(q => schools.Contains(q.SchoolId))
                .Select(q => q.Item),
        ];
    }

    /// <summary>Proposals: those of a fund, the latest first; without a fund, those that wait for a decision.</summary>
    public async Task<IReadOnlyList<OrderItem>> OrdersAsync(
        FundSight sight,
        Guid? fundId,
        CancellationToken cancellation
    )
    {
        var orders = Orders(sight);
        orders = fundId is { } of
            ? orders.Where(o => o.FundId == of || o.ToFundId == of)
            : orders.Where(o => o.State == OrderState.Proposed);
        return await Named(orders).Take(100).ToListAsync(cancellation);
    }

    /// <summary>One proposal; null for who may not see it.</summary>
    public Task<OrderItem?> OrderAsync(FundSight sight, Guid orderId, CancellationToken cancellation) =>
        Named(Orders(sight).Where(o => o.Id == orderId)).FirstOrDefaultAsync(cancellation);

    private IQueryable<FundOrder> Orders(FundSight sight)
    {
        var seen = Seen(sight).Select(f => f.Id);
        return db.Set<FundOrder>().AsNoTracking().Where(o => seen.Contains(o.FundId));
    }

    private IQueryable<OrderItem> Named(IQueryable<FundOrder> orders) =>
        from order in orders
        join fund in db.Set<Fund>() on order.FundId equals fund.Id
        join proposer in db.Set<Member>() on order.ProposedById equals proposer.Id
        orderby order.ProposedAt descending, order.Id descending
        select new OrderItem(
            order,
            fund.Name,
            db.Set<Fund>().Where(f => f.Id == order.ToFundId).Select(f => f.Name).FirstOrDefault(),
            proposer.Name,
            db.Set<Member>().Where(m => m.Id == order.DecidedById).Select(m => m.Name).FirstOrDefault()
        );

    private IQueryable<Fund> Seen(FundSight sight)
    {
        var owners = sight.Owners;
        return db.Set<Fund>().AsNoTracking().Where(f => owners.Contains(f.OrganisationId));
    }
}

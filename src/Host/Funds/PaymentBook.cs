using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Funds;

/// <summary>One approved amount as the finance office and a school see it.</summary>
public sealed record ClaimItem(Claim Claim, string Member, string School, string Fund);

/// <summary>A fund with amounts that can be paid.</summary>
public sealed record PayableFund(Guid FundId, string Fund, int Count, Money Amount);

/// <summary>A list in a list.</summary>
/// <param name="Open">Lines that are sent and not answered.</param>
public sealed record BatchItem(
    Guid Id,
    string Number,
    string Fund,
    BatchState State,
    int Lines,
    int Open,
    int Bounced,
    Money Total,
    string MadeBy,
    DateTimeOffset MadeAt
);

/// <summary>A line with what 发放清册 shows of it.</summary>
public sealed record LineItem(PaymentLine Line, Claim Claim, string Member, string School, PaymentResult? Result);

/// <summary>A list with its lines, and who opened its account numbers.</summary>
public sealed record BatchView(
    PaymentBatch Batch,
    Fund Fund,
    string MadeBy,
    string? ReleasedBy,
    IReadOnlyList<LineItem> Lines,
    IReadOnlyList<(string By, DateTimeOffset At, string Format)> Files
);

/// <summary>Claims and payment lists as they are read, each for somebody who may (<see cref="FundSight"/>).</summary>
public sealed class PaymentBook(EduUnionDb db, OrganisationBook organisations)
{
    /// <summary>The funds from which something can be paid now.</summary>
    public async Task<IReadOnlyList<PayableFund>> PayableFundsAsync(FundSight sight, CancellationToken cancellation)
    {
        var owners = sight.Owners;
        var reserved = await (
            from claim in db.Set<Claim>()
            join fund in db.Set<Fund>() on claim.FundId equals fund.Id
            where claim.State == ClaimState.Reserved && owners.Contains(fund.OrganisationId)
            select new
            {
                fund.Id,
                Name = fund.Name + " " + fund.Code,
                fund.Year,
                claim.Amount,
            }
        ).ToListAsync(cancellation);
        return
        [
            .. reserved
                .GroupBy(r => (r.Id, r.Name, r.Year))
                .OrderBy(g => g.Key.Name, StringComparer.Ordinal)
                .Select(g => new PayableFund(
                    g.Key.Id,
                    $"{g.Key.Name}{g.Key.Year}",
                    g.Count(),
                    g.Aggregate(Money.Zero, (sum, r) => sum + r.Amount)
                )),
        ];
    }

    /// <summary>What can be listed now, in the order of approval.</summary>
    public async Task<IReadOnlyList<ClaimItem>> PayableAsync(Guid fundId, CancellationToken cancellation) =>
        [
            .. (
                await ItemsAsync(
                    db.Set<Claim>()
                        .Where(c => c.FundId == fundId && c.State == ClaimState.Reserved)
                        .OrderBy(c => c.Place)
                        .Take(PaymentBatch.Longest),
                    cancellation
                )
            ).OrderBy(c => c.Claim.Place),
        ];

    /// <summary>The claims of the schools that one sees, the latest change first, paged by key.</summary>
    public async Task<Slice<ClaimItem>> ClaimsAsync(
        FundSight sight,
        ClaimState? state,
        string? after,
        int limit,
        CancellationToken cancellation
    )
    {
        var schools = sight.Schools;
        var claims = db.Set<Claim>().Where(c => schools.Contains(c.SchoolId));
        if (state is { } wanted)
            claims = claims.Where(c => c.State == wanted);
        // The instant is in the key: where the claim at the end of a page has gone since does not matter.
        if (ListKey.Read(after) is { At: { } from, Id: var last })
            claims = claims.Where(c => c.ChangedAt < from || (c.ChangedAt == from && c.Id < last));
        // A join keeps no order. The databases order ids as their text, .NET does not.
        var found = await ItemsAsync(
            claims.OrderByDescending(c => c.ChangedAt).ThenByDescending(c => c.Id).Take(limit + 1),
            cancellation
        );
        var items = found.OrderByDescending(c => c.Claim.ChangedAt).ThenByDescending(c => $"{c.Claim.Id}").ToList();
        var end = items.Count > limit ? items[limit - 1].Claim : null;
        return new([.. items.Take(limit)], end is null ? null : new ListKey(end.ChangedAt, end.Id).ToString());
    }

    /// <summary>The lists of the funds that one sees, the latest first, paged by key.</summary>
    public async Task<Slice<BatchItem>> BatchesAsync(
        FundSight sight,
        Guid? after,
        int limit,
        CancellationToken cancellation
    )
    {
        var batches = Seen(sight);
        if (after is { } last)
        {
            var from = await batches.Where(b => b.Id == last).Select(b => b.MadeAt).FirstOrDefaultAsync(cancellation);
            batches = batches.Where(b => b.MadeAt < from || (b.MadeAt == from && b.Id < last));
        }
        var found = await (
            from batch in batches.Include(b => b.Lines)
            join fund in db.Set<Fund>() on batch.FundId equals fund.Id
            join maker in db.Set<Member>() on batch.MadeById equals maker.Id
            orderby batch.MadeAt descending, batch.Id descending
            select new
            {
                Batch = batch,
                Fund = fund.Name,
                Maker = maker.Name,
            }
        )
            .Take(limit + 1)
            .ToListAsync(cancellation);
        return new(
            [
                .. found
                    .Take(limit)
                    .Select(b => new BatchItem(
                        b.Batch.Id,
                        b.Batch.Number,
                        b.Fund,
                        b.Batch.State,
                        b.Batch.Lines.Count(l => l.State != LineState.Removed),
                        b.Batch.Lines.Count(l => l.State == LineState.Sent),
                        b.Batch.Lines.Count(l => l.State is LineState.Bounced or LineState.Returned),
                        b.Batch.Total,
                        b.Maker,
                        b.Batch.MadeAt
                    )),
            ],
            found.Count > limit ? found[limit - 1].Batch.Id.ToString() : null
        );
    }

    /// <summary>One list; null for who may not see it.</summary>
    public async Task<BatchView?> FindAsync(FundSight sight, Guid batchId, CancellationToken cancellation)
    {
        var batch = await Seen(sight).Include(b => b.Lines).FirstOrDefaultAsync(b => b.Id == batchId, cancellation);
        if (batch is null)
            return null;
        var ids = batch.Lines.Select(l => l.ClaimId).ToList();
        var claims = (await ItemsAsync(db.Set<Claim>().Where(c => ids.Contains(c.Id)), cancellation)).ToDictionary(c =>
            c.Claim.Id
        );
        var results = (
            await db.Set<PaymentResult>()
                .AsNoTracking()
                .Where(r => db.Set<PaymentLine>().Any(l => l.BatchId == batchId && l.Id == r.LineId))
                .ToListAsync(cancellation)
        ).ToLookup(r => r.LineId);
        var files = await (
            from file in db.Set<BankFileRow>().AsNoTracking()
            join member in db.Set<Member>() on file.ById equals member.Id
            where file.BatchId == batchId
            orderby file.At
            select new
            {
                member.Name,
                file.At,
                file.Format,
            }
        ).ToListAsync(cancellation);
        return new(
            batch,
            await db.Set<Fund>().AsNoTracking().FirstAsync(f => f.Id == batch.FundId, cancellation),
            (await NameAsync(batch.MadeById, cancellation))!,
            await NameAsync(batch.ReleasedById, cancellation),
            [
                .. batch
                    .Lines.OrderBy(l => l.Position)
                    .Select(l =>
                    {
                        var claim = claims[l.ClaimId];
                        return new LineItem(l, claim.Claim, claim.Member, claim.School, results[l.Id].MaxBy(r => r.At));
                    }),
            ],
            [.. files.Select(f => (f.Name, f.At, f.Format))]
        );
    }

    // Names are always there for who may see a list at all; a school's chair sees his own people's claims, no lists.
    private IQueryable<PaymentBatch> Seen(FundSight sight)
    {
        var owners = sight.ReadsLists ? sight.Owners : [];
        return db.Set<PaymentBatch>()
            .AsNoTracking()
            .Where(b => db.Set<Fund>().Any(f => f.Id == b.FundId && owners.Contains(f.OrganisationId)));
    }

    private async Task<string?> NameAsync(Guid? member, CancellationToken cancellation) =>
        await db.Set<Member>().Where(m => m.Id == member).Select(m => m.Name).FirstOrDefaultAsync(cancellation);

    private async Task<List<ClaimItem>> ItemsAsync(IQueryable<Claim> claims, CancellationToken cancellation)
    {
        var found = await (
            from claim in claims.AsNoTracking()
            join member in db.Set<Member>() on claim.MemberId equals member.Id
            join fund in db.Set<Fund>() on claim.FundId equals fund.Id
            select new
            {
                Claim = claim,
                member.Name,
                Fund = fund.Name,
            }
        ).ToListAsync(cancellation);
        return found.ConvertAll(f => new ClaimItem(
            f.Claim,
            f.Name,
            organisations.Find(f.Claim.SchoolId)?.Name ?? "",
            f.Fund
        ));
    }
}

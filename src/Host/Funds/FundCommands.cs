using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Funds;

/// <summary>A fund to be opened.</summary>
public sealed record NewFund(Guid OrganisationId, int Year, FundKind Kind, string? Code, string? Name);

/// <summary>What somebody proposes to do with a fund's money or budget.</summary>
/// <param name="Amount">Not read for a correction, which takes the whole of an order back.</param>
public sealed record FundProposal(
    OrderKind Kind,
    Money Amount,
    string? Text,
    Guid? ToFundId = null,
    Guid? CorrectsId = null
);

public sealed record OrderDone(Guid OrderId, OrderState State);

/// <summary>
/// Income, budgets, transfers and corrections: proposed by one, approved by the district's chair, and only then in the
/// ledger. Money that comes serves the fund's queue in the same commit. Everywhere: <c>fund.unknown</c> (404),
/// <c>fund.not-yours</c> (403).
/// </summary>
public sealed class FundCommands(EduUnionDb db, FundCommits commits, FundAccess access, AdminLog log)
{
    private const int LongestName = 40;
    private readonly Ledger _ledger = new(db);

    /// <summary>
    /// Opens a fund of a year; by the district's officer. Doing it again with the same id changes nothing. Refusals:
    /// <c>fund.code</c> (two to six capital letters), <c>fund.code-taken</c>, <c>fund.year</c>, <c>form.required</c>,
    /// <c>form.too-long</c>.
    /// </summary>
    public Task<Outcome<Guid>> OpenAsync(Guid id, NewFund wanted, Asker asker, CancellationToken cancellation) =>
        commits.RunAsync<Guid>(
            asker,
            async now =>
            {
                if (
                    await DeniedAsync(wanted.OrganisationId, asker, [Office.DistrictOfficer], cancellation) is
                    { } denied
                )
                    return denied;
                await db.LockOrganisationAsync(wanted.OrganisationId, cancellation);
                if (await db.Set<Fund>().AnyAsync(f => f.Id == id, cancellation))
                    return id;
                var (code, name) = (wanted.Code?.Trim().ToUpperInvariant() ?? "", wanted.Name?.Trim() ?? "");
                if (code.Length is < 2 or > 6 || !code.All(char.IsAsciiLetterUpper))
                    return Refusal.At("code", "fund.code");
                if (name.Length == 0)
                    return Refusal.At("name", "form.required");
                if (name.Length > LongestName)
                    return Refusal.At("name", "form.too-long", LongestName, name.Length);
                if (wanted.Year is < 2000 or > 2999)
                    return Refusal.At("year", "fund.year");
                if (await db.Set<Fund>().AnyAsync(f => f.Year == wanted.Year && f.Code == code, cancellation))
                    return Refusal.At("code", "fund.code-taken", code);
                db.Add(Fund.Open(id, wanted.OrganisationId, wanted.Year, wanted.Kind, code, name));
                log.Add(asker.MemberId, "fund.opened", name, $"{code}{wanted.Year}");
                return id;
            },
            cancellation
        );

    /// <summary>
    /// Sets what the fund allows; by the district's officer. What is approved already stays. Refusals: <c>form.stale</c>
    /// (412), and those of <see cref="FundLimits.Check()"/>.
    /// </summary>
    public Task<Outcome<Guid>> LimitAsync(
        Guid fundId,
        FundLimits limits,
        int seen,
        Asker asker,
        CancellationToken cancellation
    ) =>
        commits.RunAsync<Guid>(
            asker,
            async now =>
            {
                var locked = await LockedAsync(fundId, asker, [Office.DistrictOfficer], cancellation);
                if (!locked.IsOk)
                    return locked.Refusal;
                var fund = locked.Value;
                if (fund.Version != seen)
                    return new Refusal("fund.stale", RefusalKind.Stale);
                if (limits.Check() is { } wrong)
                    return wrong;
                fund.Limits = limits;
                fund.Version++;
                log.Add(asker.MemberId, "fund.limited", fund.Name, $"{fund.Code}{fund.Year}");
                return fundId;
            },
            cancellation
        );

    /// <summary>
    /// Proposes; nothing counts yet. The finance office keeps the ledger (opening, income, corrections), the officer also
    /// the budget. Refusals: those of <see cref="FundOrder.Propose"/>, <c>fund.not-correctable</c> (no approved order of
    /// this fund, or a correction itself), <c>fund.corrected</c> (409), <c>fund.target-unknown</c>.
    /// </summary>
    public Task<Outcome<OrderDone>> ProposeAsync(
        Guid fundId,
        FundProposal proposal,
        Asker asker,
        CancellationToken cancellation
    ) =>
        commits.RunAsync<OrderDone>(
            asker,
            async now =>
            {
                var locked = await LockedAsync(fundId, asker, ProposersOf(proposal.Kind), cancellation);
                if (!locked.IsOk)
                    return locked.Refusal;
                if (Remark.Check("text", proposal.Text) is { } unreadable)
                    return unreadable;
                var (amount, to) = (proposal.Amount, proposal.ToFundId);
                if (proposal.Kind == OrderKind.Transfer && to is { } target)
                {
                    if (await SeenAsync(target, asker, cancellation) is null)
                        return Refusal.At("toFund", "fund.target-unknown");
                }
                else if (proposal.Kind == OrderKind.Correction)
                {
                    var corrects = await CorrectableAsync(fundId, proposal.CorrectsId, cancellation);
                    if (!corrects.IsOk)
                        return corrects.Refusal;
                    (amount, to) = (corrects.Value.Amount, corrects.Value.ToFundId);
                }
                var order = FundOrder.Propose(
                    Guid.CreateVersion7(now),
                    fundId,
                    proposal.Kind,
                    amount,
                    proposal.Text,
                    asker.MemberId,
                    now,
                    to,
                    proposal.Kind == OrderKind.Correction ? proposal.CorrectsId : null
                );
                if (!order.IsOk)
                    return order.Refusal;
                db.Add(order.Value);
                return new OrderDone(order.Value.Id, order.Value.State);
            },
            cancellation
        );

    /// <summary>
    /// The chair approves: now it is in the ledger. Refusals: <c>fund.order-unknown</c> (404), those of
    /// <see cref="FundOrder.Approve"/> and of what it does to the fund.
    /// </summary>
    public Task<Outcome<OrderDone>> ApproveAsync(Guid orderId, Asker asker, CancellationToken cancellation) =>
        DecideAsync(
            orderId,
            asker,
            async (order, funds, now) =>
            {
                if (order.Approve(asker.MemberId, now) is { } refused)
                    return refused;
                var posting = new Posting(now, asker.MemberId, order.Text) { OrderId = order.Id };
                var entries = await CarryOutAsync(order, funds, posting, cancellation);
                if (!entries.IsOk)
                    return entries.Refusal;
                db.AddRange(entries.Value);
                foreach (var fund in funds)
                    await _ledger.ServeAsync(fund, now, cancellation);
                return null;
            },
            cancellation
        );

    /// <summary>Refusals: <c>fund.order-unknown</c> (404), and those of <see cref="FundOrder.Refuse"/>.</summary>
    public Task<Outcome<OrderDone>> RefuseAsync(
        Guid orderId,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        DecideAsync(
            orderId,
            asker,
            (order, _, now) =>
                Task.FromResult(Remark.Check("reason", reason) ?? order.Refuse(reason, asker.MemberId, now)),
            cancellation
        );

    internal static IReadOnlyCollection<Office> ProposersOf(OrderKind kind) =>
        kind is OrderKind.Opening or OrderKind.Income or OrderKind.Correction
            ? [Office.DistrictOfficer, Office.Finance]
            : [Office.DistrictOfficer];

    private async Task<Outcome<ImmutableArray<LedgerEntry>>> CarryOutAsync(
        FundOrder order,
        IReadOnlyList<Fund> funds,
        Posting posting,
        CancellationToken cancellation
    )
    {
        var fund = funds.First(f => f.Id == order.FundId);
        switch (order.Kind)
        {
            case OrderKind.Transfer:
                return fund.Transfer(funds.First(f => f.Id == order.ToFundId), order.Amount, posting);
            case OrderKind.Correction:
                var written = await db.Set<LedgerEntry>()
                    .Where(e => e.OrderId == order.CorrectsId)
                    .OrderBy(e => e.Number)
                    .ToListAsync(cancellation);
                var corrections = written.ConvertAll(e => funds.First(f => f.Id == e.FundId).Correct(e, posting));
                var refused = corrections.Select(c => c.Refusal).FirstOrDefault(r => r is not null);
                return refused is null ? corrections.ConvertAll(c => c.Value).ToImmutableArray() : refused;
            default:
                var done = order.Kind switch
                {
                    OrderKind.Budget => fund.Allot(order.Amount, posting),
                    OrderKind.BudgetCut => fund.Cut(order.Amount, posting),
                    _ => fund.Receive(order.Kind == OrderKind.Opening, order.Amount, posting),
                };
                return done.Then(entry => (Outcome<ImmutableArray<LedgerEntry>>)ImmutableArray.Create(entry));
        }
    }

    private Task<Outcome<OrderDone>> DecideAsync(
        Guid orderId,
        Asker asker,
        Func<FundOrder, IReadOnlyList<Fund>, DateTimeOffset, Task<Refusal?>> decide,
        CancellationToken cancellation
    ) =>
        commits.RunAsync<OrderDone>(
            asker,
            async now =>
            {
                var places = await db.Set<FundOrder>()
                    .Where(o => o.Id == orderId)
                    .Select(o => new { o.FundId, o.ToFundId })
                    .FirstOrDefaultAsync(cancellation);
                if (places is null || await SeenAsync(places.FundId, asker, cancellation) is not { } place)
                    return Refusal.Missing("fund.order-unknown");
                if (await DeniedAsync(place, asker, [Office.DistrictChair], cancellation) is { } denied)
                    return denied;
                // Two funds are locked in the order of their ids.
                var funds = new List<Fund>();
                foreach (var id in new[] { places.FundId, places.ToFundId ?? places.FundId }.Distinct().Order())
                    funds.Add((await _ledger.LockAsync(id, cancellation))!);
                var order = await db.Set<FundOrder>().FirstAsync(o => o.Id == orderId, cancellation);
                return await decide(order, funds, now) is { } refused ? refused : new OrderDone(order.Id, order.State);
            },
            cancellation
        );

    private async Task<Outcome<FundOrder>> CorrectableAsync(Guid fundId, Guid? orderId, CancellationToken cancellation)
    {
        var order = await db.Set<FundOrder>()
            .AsNoTracking()
            .FirstOrDefaultAsync(o => o.Id == orderId && o.FundId == fundId, cancellation);
        if (order is not { State: OrderState.Approved, Kind: not OrderKind.Correction })
            return Refusal.At("corrects", "fund.not-correctable");
        return await db.Set<FundOrder>()
            .AnyAsync(o => o.CorrectsId == orderId && o.State != OrderState.Refused, cancellation)
            ? new Refusal("fund.corrected", RefusalKind.Conflict)
            : order;
    }

    private async Task<Outcome<Fund>> LockedAsync(
        Guid fundId,
        Asker asker,
        IReadOnlyCollection<Office> needed,
        CancellationToken cancellation
    )
    {
        if (await SeenAsync(fundId, asker, cancellation) is not { } place)
            return Refusal.Missing("fund.unknown");
        if (await DeniedAsync(place, asker, needed, cancellation) is { } denied)
            return denied;
        return (await _ledger.LockAsync(fundId, cancellation))!;
    }

    /// <summary>Whose fund it is, where the asker sees it.</summary>
    private async Task<Guid?> SeenAsync(Guid fundId, Asker asker, CancellationToken cancellation)
    {
        var place = await db.Set<Fund>()
            .Where(f => f.Id == fundId)
            .Select(f => (Guid?)f.OrganisationId)
            .FirstOrDefaultAsync(cancellation);
        var sight = await access.SightAsync(asker.MemberId, cancellation);
        return place is { } owner && sight.Owners.Contains(owner) ? owner : null;
    }

    private Task<Refusal?> DeniedAsync(
        Guid organisation,
        Asker asker,
        IReadOnlyCollection<Office> needed,
        CancellationToken cancellation
    ) => access.RefusedAsync(asker.MemberId, organisation, needed, cancellation);
}

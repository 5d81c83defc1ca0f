using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour;

/// <summary>What the finance office, the district and the bank do; each is one line of the script.</summary>
public sealed class MoneyPlay(Stage stage, AidTown town, AidPlay play)
{
    /// <summary>A payment list over what is reserved for these cases.</summary>
    public async Task<BatchDone> ListAsync(string who, params Guid[] cases)
    {
        var claims = await ClaimsAsync(cases);
        var done = await DoAsync<PaymentCommands, BatchDone>(c =>
            c.MakeAsync(town.FundId, [.. claims.Select(x => x.Id)], play.As(who), default)
        );
        stage.Say(who, $"制作发放清册 {done.Number}，{done.Lines} 笔，合计 {new Money(done.TotalFen)} 元");
        return done;
    }

    public async Task ReleaseAsync(BatchDone batch, string who)
    {
        await DoAsync<PaymentCommands, BatchDone>(c => c.ReleaseAsync(batch.BatchId, play.As(who), default));
        stage.Say(who, $"复核并发出清册 {batch.Number}");
    }

    public async Task ReleaseRefusedAsync(BatchDone batch, string who, string code)
    {
        await stage.RestartAsync();
        var done = await stage.WithAsync<PaymentCommands, Outcome<BatchDone>>(c =>
            c.ReleaseAsync(batch.BatchId, play.As(who), default)
        );
        play.Refused(who, $"复核清册 {batch.Number}", code, done.Refusal);
    }

    /// <summary>The bank's answer: what is in <paramref name="back"/> came back for that reason, all else is paid.</summary>
    public async Task AnswerAsync(BatchDone batch, string who, string reason = "", params Guid[] back)
    {
        var lines = await LinesAsync(batch.BatchId);
        var returned = (await ClaimsAsync(back)).Select(c => c.Id).ToList();
        List<BankResult> results =
        [
            .. lines.Select(
                (l, i) =>
                    new BankResult(
                        i + 1,
                        l.Reference,
                        $"{batch.Number}/{i + 1}",
                        !returned.Contains(l.ClaimId),
                        returned.Contains(l.ClaimId) ? reason : ""
                    )
            ),
        ];
        var done = await DoAsync<BankResults, ResultsDone>(c =>
            c.TakeAsync(batch.BatchId, results, true, play.As(who), default)
        );
        Stage.Expect("results taken", lines.Count, done.Changes);
        stage.Say(
            who,
            $"导入银行结果：成功 {lines.Count - back.Length} 笔{(back.Length > 0 ? $"，退回 {back.Length} 笔（{reason}）" : "")}"
        );
    }

    /// <summary>Another fund of the district with so much money, entered by one and approved by another.</summary>
    public async Task<Guid> OpenFundAsync(string code, string name, Money opening)
    {
        var id = Guid.CreateVersion7(stage.Time.GetUtcNow());
        await DoAsync<FundCommands, Guid>(c =>
            c.OpenAsync(
                id,
                new NewFund(town.Town.DistrictId, stage.Today.Year, FundKind.UnionMoney, code, name),
                play.As("区经办"),
                default
            )
        );
        await OrderAsync(id, new FundProposal(OrderKind.Opening, opening, "年初结转"), "财务甲");
        return id;
    }

    /// <summary>Proposed by one, approved by the district's chair.</summary>
    public async Task OrderAsync(Guid fund, FundProposal proposal, string who)
    {
        var order = await DoAsync<FundCommands, OrderDone>(c => c.ProposeAsync(fund, proposal, play.As(who), default));
        stage.Say(who, $"{proposal.Text} {proposal.Amount} 元，待批准");
        await DoAsync<FundCommands, OrderDone>(c => c.ApproveAsync(order.OrderId, play.As("区工会主席"), default));
        stage.Say("区工会主席", $"批准：{proposal.Text}");
    }

    public Task<Fund> FundAsync(Guid? id = null) =>
        stage.WithAsync<EduUnionDb, Fund>(db =>
            db.Set<Fund>().AsNoTracking().SingleAsync(f => f.Id == (id ?? town.FundId))
        );

    public async Task ExpectAsync(Money available, Money reserved, Money paid)
    {
        var balances = (await FundAsync()).Balances;
        Stage.Expect("available", available, balances.Available);
        Stage.Expect("reserved and with the bank", reserved, balances.Held);
        Stage.Expect("paid", paid, balances.Paid);
    }

    /// <summary>The fund's ledger as it stands, and that its balances are what it adds up to.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> EntriesAsync()
    {
        var entries = await stage.WithAsync<EduUnionDb, List<LedgerEntry>>(db =>
            db.Set<LedgerEntry>()
                .AsNoTracking()
                .Where(e => e.FundId == town.FundId)
                .OrderBy(e => e.Number)
                .ToListAsync()
        );
        Stage.Expect("balances", Balances.Of(entries), (await FundAsync()).Balances);
        return entries;
    }

    public async Task<ClaimView> ClaimAsync(Guid id) =>
        (await stage.WithAsync<ClaimBook, ClaimView?>(b => b.OfCaseAsync(id, default)))!;

    public Task<List<PaymentLine>> LinesAsync(Guid batch) =>
        stage.WithAsync<EduUnionDb, List<PaymentLine>>(db =>
            db.Set<PaymentLine>().AsNoTracking().Where(l => l.BatchId == batch).OrderBy(l => l.Reference).ToListAsync()
        );

    private Task<List<Claim>> ClaimsAsync(IEnumerable<Guid> cases) =>
        stage.WithAsync<EduUnionDb, List<Claim>>(db =>
            db.Set<Claim>().AsNoTracking().Where(c => cases.Contains(c.CaseId)).OrderBy(c => c.Place).ToListAsync()
        );

    private async Task<T> DoAsync<TCommands, T>(Func<TCommands, Task<Outcome<T>>> act)
        where TCommands : notnull
    {
        await stage.RestartAsync();
        return AidPlay.Done(await stage.WithAsync(act));
    }
}

using System.Data.Common;
using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Funds;

/// <summary>
/// The histories of <c>LedgerPropertyTests</c>, fewer, through the use cases on a database; the program dies before or
/// after any commit of an act, which is then repeated. Beside it: no entry of the ledger is ever changed or deleted.
/// </summary>
public sealed class HistoryTests
{
    private const int Histories = 100;
    private const int Acts = 14;

    // Payments come to their end seldom by chance: what leads there is tried more often.
    private static readonly int[] Kinds = [0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 9, 9, 10, 10, 10, 11];

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AnyHistory_Balances_AndPaysNobodyTwice(Provider provider)
    {
        var watch = new Watch();
        await using var box = await Cashbox.OpenAsync(provider, watch.Join);
        for (var seed = 1; seed <= Histories; seed++)
        {
            var history = new History(box, watch, seed);
            try
            {
                await history.PlayAsync(Acts);
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"History {seed}: {history.Said}", broken);
            }
        }
        Assert.True(watch.Torn > Histories, "hardly anything was torn");
        // Histories that never come to the point prove nothing.
        var states = await box.ReadAsync(db => db.Set<Claim>().Select(c => c.State).Distinct().ToListAsync());
        Assert.Empty(Enum.GetValues<ClaimState>().Except(states));
    }

    private sealed class History(Cashbox box, Watch watch, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<Guid> _funds = [];
        private readonly List<Guid> _cases = [];
        private readonly List<Guid> _batches = [];
        private readonly List<Guid> _orders = [];

        public string Said { get; private set; } = "";

        public async Task PlayAsync(int acts)
        {
            var letters = $"{(char)('A' + seed / 26 % 26)}{(char)('A' + seed % 26)}";
            _funds.Add(await box.OpenFundAsync("X" + letters, 100));
            _funds.Add(await box.OpenFundAsync("Y" + letters, 30));
            for (var i = 0; i < acts; i++)
            {
                var (act, which, much) = (Kinds[_random.Next(Kinds.Length)], _random.Next(1000), _random.Next(1, 60));
                Said += $" {act}/{which}/{much}";
                if (which % 3 != 2)
                {
                    // Some acts commit twice: the second is torn as well as the first.
                    watch.Arm(before: which % 3 == 0, commit: 1 + much % 2);
                    try
                    {
                        await ActAsync(act, which, much);
                    }
                    catch (Torn)
                    {
                        watch.Torn++;
                    }
                    watch.Disarm();
                    await box.CheckAsync([.. _funds]);
                }
                await ActAsync(act, which, much);
                await box.CheckAsync([.. _funds]);
            }
        }

        private async Task ActAsync(int act, int which, int much)
        {
            var fund = _funds[which % 2];
            var amount = Money.Yuan(much);
            switch (act)
            {
                case 0:
                    await OrderAsync(fund, new(OrderKind.Income, amount, "一日捐"));
                    break;
                case 1:
                    await OrderAsync(fund, new(OrderKind.Transfer, amount, "调剂", _funds[(which + 1) % 2]));
                    break;
                case 2 when Any(_orders, which) is { } order:
                    await OrderAsync(await FundOfAsync(order), new(OrderKind.Correction, default, "更正", null, order));
                    break;
                case 3 or 4 or 5:
                    var who = box.Applicants[which % 5];
                    var id = await box.CaseAsync(who);
                    await box.ReserveAsync(id, fund, who, amount);
                    _cases.Add(id);
                    break;
                case 6 when Any(_cases, which) is { } released:
                    await box.StepAsync(
                        released,
                        book => book.ReleaseAsync(released, "撤回", box.Time.GetUtcNow(), default)
                    );
                    break;
                case 7 or 8:
                    await MakeAsync(fund, which);
                    break;
                case 9 when Any(_batches, which) is { } batch:
                    await box.ReleaseAsync(batch, which % 7 == 0 ? box.Maker : box.Releaser);
                    break;
                case 10 when Any(_batches, which) is { } batch:
                    await ResultAsync(batch, which, much);
                    break;
                case 11 when Any(_cases, which) is { } corrected:
                    await box.StepAsync(
                        corrected,
                        book =>
                            book.CorrectAccountAsync(
                                corrected,
                                "申请人",
                                "某银行",
                                Cashbox.Account,
                                box.Time.GetUtcNow(),
                                default
                            )
                    );
                    break;
            }
        }

        private async Task OrderAsync(Guid fund, FundProposal proposal)
        {
            if (await box.OrderAsync(fund, proposal) is { IsOk: true } done && proposal.Kind != OrderKind.Correction)
                _orders.Add(done.Value.OrderId);
        }

        private Task<Guid> FundOfAsync(Guid order) =>
            box.ReadAsync(db => db.Set<FundOrder>().Where(o => o.Id == order).Select(o => o.FundId).SingleAsync());

        private async Task MakeAsync(Guid fund, int which)
        {
            var claims = await box.ReadAsync(db =>
                db.Set<Claim>().AsNoTracking().Where(c => c.FundId == fund).OrderBy(c => c.Place).ToListAsync()
            );
            // Seldom one that the bank has.
            var chosen = claims.Where((c, at) => c.State == ClaimState.Reserved || (at + which) % 11 == 0).ToList();
            var made = await box.MakeAsync(fund, chosen.Select(c => c.Id));
            Assert.False(made.IsOk && chosen.Any(c => c.State == ClaimState.Sent), "resent before reconciled");
            if (made.IsOk)
                _batches.Add(made.Value.BatchId);
        }

        private async Task ResultAsync(Guid batch, int which, int much)
        {
            var lines = await box.ReadAsync(db =>
                db.Set<PaymentLine>()
                    .Where(l => l.BatchId == batch)
                    .OrderBy(l => l.Position)
                    .Select(l => l.Reference)
                    .ToListAsync()
            );
            await box.ResultAsync(
                batch,
                [
                    .. lines.Select(
                        (line, at) =>
                        {
                            var paid = (much + at) % 3 != 0;
                            var reference = much % 5 == 0 ? $"流水{which % 4}" : $"{line}/{much % 2}";
                            return new BankResult(at + 2, line, $"{seed}/{reference}", paid, paid ? "" : "户名不符");
                        }
                    ),
                ]
            );
        }

        private static Guid? Any(List<Guid> all, int which) => all.Count == 0 ? null : all[which % all.Count];
    }

    private sealed class Torn : Exception;

    /// <summary>Kills before or after a commit when it is armed; watches that entries are only added.</summary>
    private sealed class Watch
    {
        private bool _before;
        private int _commit;

        public int Torn { get; set; }

        public void Arm(bool before, int commit) => (_before, _commit) = (before, commit);

        public void Disarm() => _commit = 0;

        public void Join(IServiceCollection parts)
        {
            IInterceptor[] interceptors = [new Saving(), new Committing(this)];
            parts.ConfigureDbContext<SqliteDb>(db => db.AddInterceptors(interceptors));
            parts.ConfigureDbContext<PostgresDb>(db => db.AddInterceptors(interceptors));
        }

        private sealed class Saving : SaveChangesInterceptor
        {
            public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
                DbContextEventData data,
                InterceptionResult<int> result,
                CancellationToken cancellation = default
            )
            {
                Assert.DoesNotContain(
                    data.Context!.ChangeTracker.Entries(),
                    e =>
                        e
                            is {
                                Entity: LedgerEntry or PaymentResult,
                                State: EntityState.Modified or EntityState.Deleted,
                            }
                );
                return new(result);
            }
        }

        private sealed class Committing(Watch watch) : DbTransactionInterceptor
        {
            public override ValueTask<InterceptionResult> TransactionCommittingAsync(
                DbTransaction transaction,
                TransactionEventData data,
                InterceptionResult result,
                CancellationToken cancellation = default
            ) => watch._before && watch._commit > 0 && --watch._commit == 0 ? throw new Torn() : new(result);

            public override Task TransactionCommittedAsync(
                DbTransaction transaction,
                TransactionEndEventData data,
                CancellationToken cancellation = default
            ) => !watch._before && watch._commit > 0 && --watch._commit == 0 ? throw new Torn() : Task.CompletedTask;
        }
    }
}

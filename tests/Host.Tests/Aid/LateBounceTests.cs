using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Aid;
using EduUnion.Host.Funds;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>A payment that the bank said to be paid, and the applicant to have, comes back.</summary>
public sealed class LateBounceTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AfterItWasConfirmed_AccountAndReceiptAreAskedAnew_UnderTheSameApproval(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        var money = new MoneyPlay(bench.Stage, bench.Town, bench.Play);
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 10);
        await bench.Play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        var first = await PaidAsync(bench, money, id, 11);
        await bench.Play.DecideAsync(id, "申请人", "aid.confirm", "received");
        Assert.Equal(["aid.followup"], await bench.OpenAsync(id));
        var approvals = (await bench.Play.ApplicationAsync(id)).Approvals;

        var line = (await money.LinesAsync(first)).Single();
        AidPlay.Done(
            await bench.Stage.WithAsync<BankResults, Outcome<ResultsDone>>(c =>
                c.TakeAsync(
                    first,
                    [new BankResult(1, line.Reference, "迟到退汇", false, "账户已销户")],
                    true,
                    bench.Play.As("财务甲"),
                    default
                )
            )
        );
        await bench.MoveToAsync(2026, 11, 13);

        var bounced = await bench.Play.ApplicationAsync(id);
        Assert.Equal((AidState.Bounced, "账户已销户"), (bounced.State, bounced.BounceReason));
        Assert.Null(bounced.ConfirmedAt);
        Assert.Equal(["aid.account"], await bench.OpenAsync(id));
        Assert.Empty(await AidsAsync(bench));
        await money.ExpectAsync(Money.Yuan(29_100), Money.Yuan(900), paid: Money.Yuan(900));

        await bench.Play.DecideAsync(
            id,
            "申请人",
            "aid.account",
            "correct",
            new
            {
                accountName = bench.Town["申请人"].Name,
                bankName = "某银行",
                account = "6222020000009999",
                proof = await bench.Play.ProveAsync(id, "申请人", AidDocuments.Account),
            }
        );
        await bench.Play.DecideAsync(id, "区经办", "aid.account.check", "confirm");
        await PaidAsync(bench, money, id, 16);
        await bench.Play.DecideAsync(id, "申请人", "aid.confirm", "received");
        Assert.Equal(["aid.followup"], await bench.OpenAsync(id));
        Assert.Equal(approvals, (await bench.Play.ApplicationAsync(id)).Approvals);
        Assert.Equal(Money.Yuan(900), Assert.Single(await AidsAsync(bench)).Amount);
        // Paid twice, come back once.
        var balances = (await money.FundAsync()).Balances;
        Assert.Equal(
            (Money.Yuan(29_100), Money.Yuan(1_800), Money.Yuan(900), Money.Zero),
            (balances.Available, balances.Paid, balances.Returned, balances.Held)
        );
    }

    private static async Task<Guid> PaidAsync(AidBench bench, MoneyPlay money, Guid id, int day)
    {
        await bench.MoveToAsync(2026, 11, day);
        var batch = await money.ListAsync("财务甲", id);
        await money.ReleaseAsync(batch, "财务乙");
        await money.AnswerAsync(batch, "财务甲");
        await bench.MoveToAsync(2026, 11, day, 15);
        Assert.Equal(AidState.Paid, (await bench.Play.ApplicationAsync(id)).State);
        return batch.BatchId;
    }

    private static Task<IReadOnlyList<FileAid>> AidsAsync(AidBench bench) =>
        bench.Stage.WithAsync<AidFiles, IReadOnlyList<FileAid>>(async files =>
            files.Read((await files.OfMemberAsync(bench.Town["申请人"].Id, default))!).Aids
        );
}

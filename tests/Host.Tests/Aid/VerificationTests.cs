using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Aid;

/// <summary>The yearly re-verification from its start to the file (domain §3.5).</summary>
public sealed class VerificationTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Campaign_BeginsByItselfInNovember_AsksEachOnce_AndKeepsChangesExits(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2025, 12, 1));
        foreach (var (who, identity) in new[] { ("申请人", 1), ("申请人配偶", 2), ("申请人乙", 3) })
            await bench.UrgentAsync(who, identity, Money.Yuan(500));
        Assert.Equal(0, await StartAsync(bench));
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
            // What else runs is not what is looked at: its clocks must not ring for a year.
            db.Set<Host.Clocks.ClockRow>().ExecuteUpdateAsync(c => c.SetProperty(x => x.NextAt, (DateTimeOffset?)null))
        );
        await bench.MoveToAsync(2026, 10, 30);
        Assert.Equal(0, await StartAsync(bench));
        await bench.MoveToAsync(2026, 11, 2);
        Assert.Equal(3, await StartAsync(bench));
        Assert.Equal(0, await StartAsync(bench));
        var byHand = await bench.Stage.WithAsync<IServiceProvider, Outcome<int>>(async services =>
            await services
                .GetRequiredService<VerificationCommands>()
                .StartAsync(
                    bench.Town.Town.SchoolId,
                    await services.GetRequiredService<Access>().ViewerAsync(bench.Town["工会主席"].Id, default),
                    default
                )
        );
        Assert.Equal(0, byHand.Value);

        var (kept, changed, left) = (
            await OfAsync(bench, "申请人"),
            await OfAsync(bench, "申请人配偶"),
            await OfAsync(bench, "申请人乙")
        );
        await bench.Play.DecideAsync(kept, "申请人", "verification.confirm", "unchanged");
        await bench.Play.DecideAsync(kept, "工会主席", "verification.decide", "keep");
        await bench.Play.DecideAsync(
            changed,
            "申请人配偶",
            "verification.confirm",
            "changed",
            new
            {
                yearlyIncome = "120000.00",
                yearlySpending = "10000.00",
                members = 3,
                causeRemoved = "no",
                note = "收入有所增加。",
            }
        );
        await bench.Play.DecideAsync(
            changed,
            "工会主席",
            "verification.decide",
            "change",
            new { category = nameof(AidCategory.Loc) },
            "收入增加。"
        );
        await bench.Play.DecideAsync(left, "申请人乙", "verification.confirm", "unchanged");
        await bench.Play.DecideAsync(
            left,
            "工会主席",
            "verification.decide",
            "exit",
            new { exit = nameof(ExitReason.LiftedOut) },
            "致困原因消除。"
        );

        var file = await bench.FileAsync("申请人");
        Assert.Equal((FileState.Active, AidCategory.Acc, 2026), (file.State, file.Category, file.VerifiedYear));
        Assert.Equal(AidCategory.Loc, (await bench.FileAsync("申请人配偶")).Category);
        var exited = await bench.FileAsync("申请人乙");
        Assert.Equal((FileState.Exited, ExitReason.LiftedOut), (exited.State, exited.ExitedFor));
        foreach (var id in new[] { kept, changed, left })
        {
            Assert.Empty(await bench.OpenAsync(id));
            Assert.NotNull((await bench.Play.RowAsync(id)).ClosedAt);
        }
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Unanswered_IsFrozenWithTheYear_AndAskedAgain(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2025, 12, 1));
        await bench.UrgentAsync("申请人", 1, Money.Yuan(500));
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
            db.Set<Host.Clocks.ClockRow>().ExecuteUpdateAsync(c => c.SetProperty(x => x.NextAt, (DateTimeOffset?)null))
        );
        await bench.MoveToAsync(2026, 11, 2);
        Assert.Equal(1, await StartAsync(bench));
        var id = await OfAsync(bench, "申请人");
        await bench.MoveToAsync(2027, 1, 4);

        Assert.Equal(nameof(VerificationState.Lapsed), (await bench.Play.RowAsync(id)).State);
        Assert.Equal(FileState.Frozen, (await bench.FileAsync("申请人")).State);
        Assert.Contains("申请人", await bench.MailedAsync(id, "A11.frozen"));
        // In January it is started by hand; the program waits for November.
        Assert.Equal(0, await StartAsync(bench));
        await bench.MoveToAsync(2027, 11, 1);
        Assert.Equal(1, await StartAsync(bench));
    }

    /// <summary>Two lists that are things to do: nothing entered for a year, and never aided.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Files_NotUpdatedOrNeverAided_AreFound(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2025, 12, 1));
        await bench.UrgentAsync("申请人", 1, Money.Yuan(500));
        var paid = await bench.UrgentAsync("申请人乙", 3, Money.Yuan(500));
        await bench.PaidAsync(paid);
        Assert.Equal((0, 1), (await FoundAsync(bench, "stale"), await FoundAsync(bench, "never")));
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
            db.Set<Host.Clocks.ClockRow>().ExecuteUpdateAsync(c => c.SetProperty(x => x.NextAt, (DateTimeOffset?)null))
        );
        await bench.MoveToAsync(2026, 12, 2);
        Assert.Equal((2, 1), (await FoundAsync(bench, "stale"), await FoundAsync(bench, "never")));
    }

    private static Task<int> FoundAsync(AidBench bench, string show) =>
        bench.Stage.WithAsync<IServiceProvider, int>(async services =>
        {
            var viewer = await services.GetRequiredService<Access>().ViewerAsync(bench.Town["工会主席"].Id, default);
            var filter = new FileFilter(School: bench.Town.Town.SchoolId, Show: show);
            return (await services.GetRequiredService<FileViews>().ListAsync(filter, viewer, null, 10, default)).Found;
        });

    private static Task<int> StartAsync(AidBench bench) =>
        bench.Stage.WithAsync<VerificationCampaigns, int>(job => job.RunAsync(default));

    private static Task<Guid> OfAsync(AidBench bench, string who) =>
        bench.Stage.WithAsync<EduUnionDb, Guid>(db =>
            db.Set<CaseRow>()
                .Where(c => c.Kind == VerificationCase.KindName && c.StarterId == bench.Town[who].Id)
                .Select(c => c.Id)
                .SingleAsync()
        );
}

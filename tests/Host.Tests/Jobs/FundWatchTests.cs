using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Jobs;

public sealed class FundWatchTests
{
    private static readonly Guid FundId = Guid.Parse("0199b1c2-0000-7000-8000-00000000f00d");

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task EachTimeItSinks_IsToldOnce(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        await ChangeAsync(running, null);
        Assert.Equal(0, await RunAsync(running));

        // 10,000 yuan of income: exactly a fifth is still enough.
        await ChangeAsync(running, f => f.Receive(opening: true, Yuan(10_000), Now(running)).IsOk);
        await TakeAsync(running, 8_000);
        Assert.Equal(0, await RunAsync(running));
        await TakeAsync(running, 1);
        Assert.Equal(1, (await Task.WhenAll(RunAsync(running), RunAsync(running))).Sum());
        Assert.Equal(0, await RunAsync(running));
        await TakeAsync(running, 1_999);
        Assert.Equal(1, await RunAsync(running));
        await ChangeAsync(running, f => f.Receive(opening: false, Yuan(50_000), Now(running)).IsOk);
        Assert.Equal(0, await RunAsync(running));
        await TakeAsync(running, 50_000);
        Assert.Equal(1, await RunAsync(running));

        var told = await NoticesAsync(running);
        Assert.Equal(["A10.low", "A10.exhausted", "A10.exhausted"], told.Select(n => n.Kind));
        Assert.All(told, n => Assert.Equal("工会经费", n.Args["fund"]));
        Assert.Equal(
            [
                new(nameof(Office.DistrictOfficer), DemoDistrict.DistrictId),
                new(nameof(Office.Finance), DemoDistrict.DistrictId),
            ],
            told[0].Recipients.Offices
        );
    }

    [Fact]
    public async Task OfAFundWithABudget_TheBudgetCounts()
    {
        await using var running = new Running();
        await ChangeAsync(running, null);
        await ChangeAsync(running, f => f.Receive(opening: true, Yuan(10_000), Now(running)).IsOk);
        await ChangeAsync(running, f => f.Allot(Yuan(1_000), Now(running)).IsOk);
        Assert.Equal(0, await RunAsync(running));

        await TakeAsync(running, 900);

        Assert.Equal(1, await RunAsync(running));
        Assert.Equal("A10.low", Assert.Single(await NoticesAsync(running)).Kind);
    }

    private static Money Yuan(long yuan) => new(yuan * 100);

    private static Posting Now(Running running) => new(running.Time.GetUtcNow());

    // Reserves for a person; the watch looks at the balances and not at whose money it is.
    private static Task TakeAsync(Running running, long yuan) =>
        ChangeAsync(
            running,
            fund =>
                fund.Ask(
                    Claim.Of(
                        Guid.CreateVersion7(),
                        fund.Id,
                        Guid.CreateVersion7(),
                        DemoDistrict.MemberId("shenqing1"),
                        DemoDistrict.OrganisationId("YXZX"),
                        "BF-YXZX-2026-0001",
                        "DA-YXZX-2026-0001",
                        "Illness",
                        Yuan(yuan),
                        2026,
                        running.Time.GetUtcNow()
                    ),
                    [],
                    false,
                    running.Time.GetUtcNow()
                ).IsOk
        );

    private static Task ChangeAsync(Running running, Func<Fund, bool>? change) =>
        running.InDatabaseAsync(async db =>
        {
            if (change is null)
                db.Add(Fund.Open(FundId, DemoDistrict.DistrictId, 2026, FundKind.UnionMoney, "GH", "工会经费"));
            else
                Assert.True(change(await db.Set<Fund>().SingleAsync()));
            await db.SaveChangesAsync();
            running.Time.Advance(TimeSpan.FromMinutes(1));
        });

    private static async Task<int> RunAsync(Running running)
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FundWatch>().RunAsync(default);
    }

    private static async Task<List<Notice>> NoticesAsync(Running running)
    {
        List<Notice> told = [];
        await running.InDatabaseAsync(async db =>
            told = await db.Set<Notice>()
                .AsNoTracking()
                .Where(n => n.Kind.StartsWith("A10"))
                .OrderBy(n => n.At)
                .ThenBy(n => n.Id)
                .ToListAsync()
        );
        return told;
    }
}

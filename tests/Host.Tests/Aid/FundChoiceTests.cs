using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Aid;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>From which fund an application is paid, and when its person has a file.</summary>
public sealed class FundChoiceTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Accept_AnyButAFundOfThisYearFromHereOrAbove_IsRefused(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        var (school, district) = (bench.Town.Town.SchoolId, bench.Town.Town.DistrictId);
        var own = await AddAsync(bench, school, 2026, "YX");
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        Guid[] wrong =
        [
            await AddAsync(bench, bench.Town.OtherSchoolId, 2026, "WX"),
            await AddAsync(bench, district, 2025, "GH"),
            Guid.CreateVersion7(),
        ];
        foreach (var fund in wrong)
            await bench.Play.RefusedAsync(
                id,
                "工会主席",
                "aid.formcheck",
                "accept",
                "form.choice-unknown",
                new { fund }
            );
        await bench.Play.DecideAsync(id, "工会主席", "aid.formcheck", "accept", new { fund = own });
        Assert.Equal(own, (await bench.Play.ApplicationAsync(id)).FundId);
    }

    /// <summary>Accepted in December, approved in January: the year of the reservation pays.</summary>
    [Theory]
    [InlineData(Provider.Sqlite, true)]
    [InlineData(Provider.Postgres, true)]
    [InlineData(Provider.Sqlite, false)]
    [InlineData(Provider.Postgres, false)]
    public async Task Reserve_InTheNewYear_TakesTheSameFundOfThatYear(Provider provider, bool exists)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2025, 12, 15));
        var content = bench.Play.Illness("申请人") with { EventOn = new DateOnly(2025, 11, 3) };
        var id = await bench.NoticedAsync(Money.Yuan(900), content);
        Guid? next = exists ? await AddAsync(bench, bench.Town.Town.DistrictId, 2026, "GH") : null;
        await bench.MoveToAsync(2026, 1, 5);
        // First the file, then the aid: but nobody has one who is granted nothing.
        Assert.Equal(0, await FilesAsync(bench));
        await bench.Play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");

        var application = await bench.Play.ApplicationAsync(id);
        if (exists)
        {
            var claim = await bench.Stage.WithAsync<EduUnionDb, Claim>(db =>
                db.Set<Claim>().AsNoTracking().SingleAsync()
            );
            Assert.Equal((AidState.Approved, next), (application.State, application.FundId));
            Assert.Equal((next, 2026), (claim.FundId, claim.Year));
            Assert.Equal(1, await FilesAsync(bench));
        }
        else
        {
            // Back to the committee: there is nothing that could pay it.
            Assert.Equal(AidState.Surveyed, application.State);
            Assert.Equal(0, await FilesAsync(bench));
        }
    }

    private static Task<int> FilesAsync(AidBench bench) =>
        bench.Stage.WithAsync<EduUnionDb, int>(db => db.Set<AidFileRow>().CountAsync());

    private static async Task<Guid> AddAsync(AidBench bench, Guid owner, int year, string code)
    {
        var now = bench.Stage.Time.GetUtcNow();
        var fund = Fund.Open(Guid.CreateVersion7(now), owner, year, FundKind.UnionMoney, code, "帮扶资金");
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
        {
            db.Add(fund);
            db.Add(fund.Receive(true, Money.Yuan(10_000), new Posting(now)).Value);
            return db.SaveChangesAsync();
        });
        return fund.Id;
    }
}

using EduUnion.Domain.People;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.People;

public class OfficeBookTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");
    private static readonly Guid Secretary = DemoDistrict.MemberId("mishu");

    [Fact]
    public async Task Holds_OnTheLastDay_AndNotOnTheNext()
    {
        await using var demo = await Demo.LoadedAsync();
        await EndAsync(demo, Demo.Today);

        Assert.True(await HoldsAsync(demo, School, Demo.Today));
        Assert.False(await HoldsAsync(demo, School, Demo.Today.AddDays(1)));
    }

    [Fact]
    public async Task Holds_BeforeTheFirstDay_IsFalse()
    {
        await using var demo = await Demo.LoadedAsync();

        Assert.True(await HoldsAsync(demo, School, Demo.Today.AddYears(-1)));
        Assert.False(await HoldsAsync(demo, School, Demo.Today.AddYears(-1).AddDays(-1)));
    }

    [Fact]
    public async Task Holds_AtAnotherSchool_IsFalse()
    {
        await using var demo = await Demo.LoadedAsync();

        Assert.False(await HoldsAsync(demo, DemoDistrict.OrganisationId("YXXX"), Demo.Today));
    }

    [Fact]
    public async Task AMemberWhoLeft_HoldsNothingFromThatDay()
    {
        await using var demo = await Demo.LoadedAsync();
        await demo.InScopeAsync(s =>
            s.GetRequiredService<EduUnionDb>()
                .Set<Member>()
                .Where(m => m.Id == Secretary)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.LeftOn, Demo.Today))
        );

        Assert.True(await HoldsAsync(demo, School, Demo.Today.AddDays(-1)));
        Assert.False(await HoldsAsync(demo, School, Demo.Today));
        Assert.Empty(await OfAsync(demo, Secretary));
    }

    [Fact]
    public async Task Holders_OfTheCommittee_AreTheChairAndFourMembers()
    {
        await using var demo = await Demo.LoadedAsync();

        var holders = await demo.AskAsync<OfficeBook, IReadOnlyList<Guid>>(b =>
            b.HoldersAsync(Office.MotionCommittee, School, Demo.Today, default)
        );

        string[] expected = ["zhuren", "weiyuan1", "weiyuan2", "weiyuan3", "weiyuan4"];
        Assert.Equal(expected.Select(DemoDistrict.MemberId).Order(), holders.Order());
    }

    [Fact]
    public async Task Of_NamesEveryOfficeWithItsOrganisation()
    {
        await using var demo = await Demo.LoadedAsync();

        Assert.Equal([(Office.MotionSecretary, School)], await OfAsync(demo, Secretary));
        Assert.Equal(5, (await OfAsync(demo, DemoDistrict.MemberId("fenguan"))).Count);
    }

    private static Task<bool> HoldsAsync(Demo demo, Guid school, DateOnly today) =>
        demo.AskAsync<OfficeBook, bool>(b => b.HoldsAsync(Secretary, Office.MotionSecretary, school, today, default));

    private static Task<IReadOnlyList<(Office, Guid)>> OfAsync(Demo demo, Guid member) =>
        demo.AskAsync<OfficeBook, IReadOnlyList<(Office, Guid)>>(b => b.OfAsync(member, Demo.Today, default));

    private static Task EndAsync(Demo demo, DateOnly until) =>
        demo.InScopeAsync(s =>
            s.GetRequiredService<EduUnionDb>()
                .Set<OfficeHolding>()
                .Where(h => h.MemberId == Secretary)
                .ExecuteUpdateAsync(h => h.SetProperty(x => x.Until, until))
        );
}

using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.People;

public sealed class OfficeChangesTests
{
    private static readonly Guid District = DemoDistrict.DistrictId;
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");
    private static readonly Guid Admin = DemoDistrict.MemberId("admin");

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Grant_TwiceWithOneForm_GivesOneOfficeAndOneLine(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var id = Guid.CreateVersion7();

        for (var i = 0; i < 2; i++)
            Assert.Equal(id, (await GrantAsync(running, "mishu", Office.Presidium, School, id)).Value);

        await running.InDatabaseAsync(async db =>
        {
            Assert.Equal(1, await db.Set<OfficeHolding>().CountAsync(h => h.Id == id));
            var line = await db.Set<AdminLogLine>().SingleAsync(l => l.Act == "office.granted");
            Assert.Equal((Admin, "顾言之"), (line.ActorId, line.Subject));
        });
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Grant_TwoThatExcludeEachOtherAtOneMoment_GivesOne(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        await running.InDatabaseAsync(db =>
            db.Set<OfficeHolding>().Where(h => h.MemberId == DemoDistrict.MemberId("caiwu1")).ExecuteDeleteAsync()
        );

        var both = await Task.WhenAll(
            GrantAsync(running, "caiwu1", Office.Finance, District),
            GrantAsync(running, "caiwu1", Office.DistrictChair, District)
        );

        Assert.Equal("office.finance-approves", Assert.Single(both, o => !o.IsOk).Refusal!.Code);
    }

    [Theory]
    [InlineData("jingshen", Office.DistrictOfficer, null, "office.auditor-operates")]
    [InlineData("admin", Office.DistrictOfficer, null, "office.administrator-sees-cases")]
    [InlineData("caiwu1", Office.DistrictChair, null, "office.finance-approves")]
    [InlineData("mishu", Office.MotionSecretary, "YXZX", "office.already-held")]
    [InlineData("mishu", Office.DepartmentHead, "YXZX", "office.place")]
    [InlineData("mishu", Office.Presidium, "YXXX", "office.other-school")]
    [InlineData("nobody", Office.Presidium, "YXZX", "office.member")]
    public async Task Grant_AgainstARule_IsRefused(string login, Office office, string? at, string code)
    {
        await using var running = new Running();
        var place = at is null ? District : DemoDistrict.OrganisationId(at);

        Assert.Equal(code, (await GrantAsync(running, login, office, place)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task End_TakesEffectOnTheDayAfter(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var id = await HoldingAsync(running, "zhuxituan");

        Assert.True((await EndAsync(running, id, Demo.Today)).IsOk);

        var member = DemoDistrict.MemberId("zhuxituan");
        await using var scope = running.Services.CreateAsyncScope();
        var offices = scope.ServiceProvider.GetRequiredService<OfficeBook>();
        Assert.True(await offices.HoldsAsync(member, Office.Presidium, School, Demo.Today, default));
        Assert.False(await offices.HoldsAsync(member, Office.Presidium, School, Demo.Today.AddDays(1), default));
    }

    [Fact]
    public async Task End_PastTwiceOrUnknown_IsRefused()
    {
        await using var running = new Running();
        var id = await HoldingAsync(running, "zhuxituan");

        Assert.Equal("office.end-past", (await EndAsync(running, id, Demo.Today.AddDays(-2))).Refusal?.Code);
        Assert.True((await EndAsync(running, id, Demo.Today.AddDays(-1))).IsOk);
        Assert.Equal("office.ended", (await EndAsync(running, id, Demo.Today)).Refusal?.Code);
        Assert.Equal("office.unknown", (await EndAsync(running, Guid.CreateVersion7(), Demo.Today)).Refusal?.Code);
    }

    [Fact]
    public async Task End_OfTheLastAdministrator_IsRefused()
    {
        await using var running = new Running();

        var refused = await EndAsync(running, await HoldingAsync(running, "admin"), Demo.Today);

        Assert.Equal("office.last-administrator", refused.Refusal?.Code);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task End_WhileTasksWait_WarnsUnlessSomebodyElseHoldsIt(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        await new Bench(running).UpToAsync("handling.accept");
        var id = await HoldingAsync(running, "zongwuchu");

        var warned = await EndAsync(running, id, Demo.Today);
        Assert.Equal(("office.would-be-vacant", "accepted"), (warned.Refusal?.Code, warned.Refusal?.Field));

        var successor = DemoDistrict.OrganisationId("YXZX/ZWC");
        Assert.True((await GrantAsync(running, "jiaowuchu", Office.DepartmentClerk, successor)).IsOk);
        Assert.True((await EndAsync(running, id, Demo.Today)).IsOk);
        var next = await HoldingAsync(running, "jiaowuchu", successor);
        Assert.Equal("office.would-be-vacant", (await EndAsync(running, next, Demo.Today)).Refusal?.Code);
        Assert.True((await EndAsync(running, next, Demo.Today, accepted: true)).IsOk);
    }

    private static Task<Outcome<Guid>> GrantAsync(
        Running running,
        string login,
        Office office,
        Guid at,
        Guid? id = null
    ) =>
        new Bench(running).WithAsync<OfficeChanges, Outcome<Guid>>(o =>
            o.GrantAsync(
                id ?? Guid.CreateVersion7(),
                new(DemoDistrict.MemberId(login), office, at, Demo.Today, null),
                Admin,
                default
            )
        );

    private static Task<Outcome<Guid>> EndAsync(Running running, Guid id, DateOnly lastDay, bool accepted = false) =>
        new Bench(running).WithAsync<OfficeChanges, Outcome<Guid>>(o =>
            o.EndAsync(id, lastDay, accepted, Admin, default)
        );

    private static async Task<Guid> HoldingAsync(Running running, string login, Guid? at = null)
    {
        var member = DemoDistrict.MemberId(login);
        var id = Guid.Empty;
        await running.InDatabaseAsync(async db =>
            id = await db.Set<OfficeHolding>()
                .Where(h => h.MemberId == member && (at == null || h.OrganisationId == at))
                .Select(h => h.Id)
                .FirstAsync()
        );
        return id;
    }
}

using System.Security.Claims;
using EduUnion.Domain.People;
using EduUnion.Host.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Seeds;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.People;

public class PolicyTests
{
    [Theory]
    [InlineData(Policies.Member, "daibiao1", "admin")]
    [InlineData(Policies.Representative, "daibiao1 zhuren", "mishu zongwuchu admin quzhuxi")]
    [InlineData(
        Policies.MotionOffice,
        "mishu zhuren weiyuan1 zhuxituan xiaozhuxi",
        "daibiao1 zongwuchu admin jingshen"
    )]
    [InlineData(Policies.Department, "zongwuchu fuzeren fenguan", "daibiao1 mishu admin")]
    [InlineData(Policies.District, "qujingban quzhuxi", "xiaozhuxi caiwu1 admin jingshen")]
    [InlineData(Policies.Settings, "qujingban quzhuxi admin", "mishu xiaozhuxi jingshen")]
    [InlineData(Policies.Auditor, "jingshen", "admin quzhuxi")]
    [InlineData(Policies.Administrator, "admin", "quzhuxi mishu jingshen")]
    [InlineData(Policies.Congress, "mishu xiaozhuxi admin", "zhuren quzhuxi daibiao1")]
    [InlineData(Policies.SessionReports, "quzhuxi qujingban jingshen", "admin xiaozhuxi mishu")]
    [InlineData(Policies.Funds, "caiwu1 caiwu2 qujingban quzhuxi jingshen xiaozhuxi", "admin mishu daibiao1")]
    public async Task EachPolicy_AdmitsItsOfficesOnly(string policy, string admitted, string others)
    {
        await using var running = new Running();

        foreach (var login in admitted.Split(' '))
            Assert.True(await MayAsync(running, login, policy), login);
        foreach (var login in others.Split(' '))
            Assert.Equal(policy == Policies.Member, await MayAsync(running, login, policy));
    }

    [Fact]
    public async Task AChangeOfOffice_TakesEffectAtOnce()
    {
        await using var running = new Running();
        Assert.True(await MayAsync(running, "admin", Policies.Administrator));

        await running.InDatabaseAsync(db =>
            db.Set<OfficeHolding>()
                .Where(h => h.MemberId == DemoDistrict.MemberId("admin"))
                .ExecuteUpdateAsync(h => h.SetProperty(x => x.Until, Demo.Today.AddDays(-1)))
        );

        Assert.False(await MayAsync(running, "admin", Policies.Administrator));
    }

    [Fact]
    public async Task Nobody_MayNothing()
    {
        await using var running = new Running();
        await using var scope = running.Services.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();

        foreach (var policy in new[] { Policies.Member, Policies.Representative, Policies.Administrator })
            Assert.False((await authorization.AuthorizeAsync(new ClaimsPrincipal(), policy)).Succeeded);
    }

    private static async Task<bool> MayAsync(Running running, string login, string policy)
    {
        await using var scope = running.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        var principal = (await accounts.SignInAsync(login, DemoDistrict.Password, default)).Value;
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        return (await authorization.AuthorizeAsync(principal, policy)).Succeeded;
    }
}

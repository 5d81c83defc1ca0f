using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.People;

public sealed class DistrictAccountsTests
{
    private const string Password = "First-Admin-2026";
    private static readonly DistrictPerson Admin = new("guanli", "王管理", null, [Office.Administrator]);

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Create_OnAnEmptyDatabase_MakesTheDistrictAndSomebodyWhoCanSignIn(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var scope = Start(database);

        var place = await CreateAsync(scope, Admin, "云溪区教育工会", Password);

        Assert.Equal("云溪区教育工会", place);
        var signedIn = await scope
            .ServiceProvider.GetRequiredService<Accounts>()
            .SignInAsync("guanli", Password, default);
        Assert.True(signedIn.IsOk);
        var held = await scope
            .ServiceProvider.GetRequiredService<OfficeBook>()
            .OfAsync(signedIn.Value.MemberId(), ChinaTime.DateOf(TimeProvider.System.GetUtcNow()), default);
        Assert.Equal(Office.Administrator, Assert.Single(held).Office);
    }

    [Theory]
    [InlineData("guanli", null, Password, Office.Administrator, "--district")]
    [InlineData("guanli", "云溪", "short", Office.Administrator, "10")]
    [InlineData("guanli", "云溪", Password, Office.MotionSecretary, "Administrator")]
    public async Task Create_Unsuitable_SaysWhyAndWritesNothing(
        string user,
        string? district,
        string password,
        Office office,
        string why
    )
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        await using var scope = Start(database);

        var refused = await Assert.ThrowsAsync<StartRefused>(() =>
            CreateAsync(scope, new(user, "某人", null, [office]), district, password)
        );

        Assert.Contains(why, refused.Message);
        Assert.DoesNotContain(Password, refused.Message);
        Assert.False(await database.Open().Set<Member>().AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Create_TheSameNameTwice_IsRefused()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        await CreateAsync(Start(database), Admin, "云溪", Password);

        await Assert.ThrowsAsync<StartRefused>(() => CreateAsync(Start(database), Admin, null, Password));
        await Assert.ThrowsAsync<StartRefused>(() =>
            CreateAsync(Start(database), Admin with { UserName = "other" }, "别的区", Password)
        );
    }

    private static AsyncServiceScope Start(TestDatabase database) =>
        database.Start(s => s.AddOrganisations().AddCongresses().AddPeople()).CreateAsyncScope();

    private static Task<string> CreateAsync(
        AsyncServiceScope scope,
        DistrictPerson person,
        string? district,
        string password
    ) => scope.ServiceProvider.GetRequiredService<DistrictAccounts>().CreateAsync(person, district, password, default);
}

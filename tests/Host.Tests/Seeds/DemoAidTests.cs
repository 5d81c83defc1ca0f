using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tour;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EduUnion.Host.Tests.Seeds;

public sealed class DemoAidTests
{
    /// <summary>Whatever the day of the first start: in autumn, after the long holiday, and when last year's money is last year's.</summary>
    [Theory]
    [InlineData("2026-11-23")]
    [InlineData("2026-10-10")]
    [InlineData("2027-01-12")]
    public async Task Play_LeavesAnApplicationInEachStateThatSomebodyActsOn(string day)
    {
        var today = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        var directory = Directory.CreateTempSubdirectory("eduunion-");
        var time = new FakeTimeProvider(ChinaTime.At(today, new TimeOnly(9, 30)));
        var configuration = new ConfigurationBuilder().Build();
        await using var program = Program(configuration, directory.FullName, time);
        await using (var loading = program.CreateAsyncScope())
        {
            var services = loading.ServiceProvider;
            await services.GetRequiredService<Migrator>().MigrateAsync(default);
            await services.GetRequiredService<ShippedParameters>().LoadAsync(default);
            await services.GetRequiredService<ShippedCalendar>().LoadAsync(default);
            await services.GetRequiredService<DemoDistrict>().LoadAsync(default);
        }

        await new DemoAid(configuration, directory.FullName, time).PlayAsync(default);

        await using var scope = program.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        var states = await db.Set<CaseRow>().Select(c => c.State).Order().ToListAsync();
        Assert.Equal(
            new[]
            {
                AidState.Approved,
                AidState.ApprovalDistrict,
                AidState.Confirmed,
                AidState.Notice,
                AidState.Paid,
                AidState.Reported,
                AidState.Submitted,
                AidState.Surveyed,
                AidState.Surveying,
                AidState.Urgent,
                AidState.Waiting,
            }
                .Select(s => s.ToString())
                .Order(),
            states
        );
        var funds = await db.Set<Fund>().Where(f => f.Year == today.Year).ToListAsync();
        Assert.Equal(3, funds.Count);
        Assert.All(funds, f => Assert.True(f.Balances.Opening.Fen > 0));
        Assert.All(
            await db.Set<CaseRow>().Select(c => c.OpenedAt).ToListAsync(),
            at => Assert.True(at < time.GetUtcNow())
        );
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    private static ServiceProvider Program(IConfiguration configuration, string directory, TimeProvider time)
    {
        var services = Theatre.Parts(configuration, directory, time);
        services.AddScoped<DemoDistrict>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        return services.BuildServiceProvider(validateScopes: true);
    }
}

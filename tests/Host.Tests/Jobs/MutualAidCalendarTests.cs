using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Jobs;

/// <summary>The lists are due on the fourth working day of December 2026, Friday the 4th.</summary>
public sealed class MutualAidCalendarTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task TheYear_IsToldMarkByMarkAndEachOnce(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var running = district.Running;
        await RunAsync(running);
        for (var day = new DateOnly(2026, 11, 20); day <= new DateOnly(2026, 12, 12); day = day.AddDays(1))
        {
            running.Time.SetUtcNow(ChinaTime.At(day, new(9, 0)));
            await RunAsync(running);
            await RunAsync(running);
        }

        var told = await NoticesAsync(running);

        Assert.Equal(
            [
                ("A13.collect", new DateOnly(2026, 3, 2), (DateOnly?)new DateOnly(2026, 3, 31)),
                ("A13.list", new(2026, 11, 25), new(2026, 12, 4)),
                ("A13.list", new(2026, 12, 1), new(2026, 12, 4)),
                ("A13.listLast", new(2026, 12, 3), new(2026, 12, 4)),
            ],
            told.Where(n => n.Recipients.Offices.Contains(new(nameof(Office.SchoolUnionChair), School)))
                .Select(n => (n.Kind, ChinaTime.DateOf(n.At), n.Due))
        );
        var check = Assert.Single(told, n => n.Kind == "A13.check");
        Assert.Equal([new(nameof(Office.DistrictOfficer), DemoDistrict.DistrictId)], check.Recipients.Offices);
        Assert.Equal(new DateOnly(2026, 12, 5), ChinaTime.DateOf(check.At));
        // Three schools, each its own notice.
        Assert.Equal(3 * 4 + 1, told.Count);
    }

    [Fact]
    public async Task AfterAStandstill_OnlyTheLastMarkIsTold()
    {
        await using var running = new Running();
        running.Time.SetUtcNow(ChinaTime.At(new(2026, 12, 2), new(9, 0)));

        await RunAsync(running);

        Assert.All(await NoticesAsync(running), n => Assert.Equal("A13.list", n.Kind));
        Assert.Equal(3, (await NoticesAsync(running)).Count);
    }

    [Fact]
    public async Task WhereThereIsNoSuchFund_NothingIsTold()
    {
        await using var running = new Running();
        await running.InDatabaseAsync(db =>
            db.Set<Parameter>()
                .Where(p => p.Key == "mutual.collect_month")
                .ExecuteUpdateAsync(p => p.SetProperty(x => x.Value, "0"))
        );

        Assert.Equal(0, await RunAsync(running));
    }

    private static async Task<int> RunAsync(Running running)
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MutualAidCalendar>().RunAsync(default);
    }

    private static async Task<List<Notice>> NoticesAsync(Running running)
    {
        List<Notice> told = [];
        await running.InDatabaseAsync(async db =>
            told = await db.Set<Notice>()
                .AsNoTracking()
                .Where(n => n.Kind.StartsWith("A13"))
                .OrderBy(n => n.At)
                .ToListAsync()
        );
        return told;
    }
}

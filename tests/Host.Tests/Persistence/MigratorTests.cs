using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Persistence;

public sealed class MigratorTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Migrate_EmptyDatabase_AppliesEverything_AndTwiceIsHarmless(Provider provider)
    {
        await using var database = await TestDatabase.EmptyAsync(provider);

        await MigrateAsync(database);
        await MigrateAsync(database);

        await using var db = database.Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Empty(await db.Users.ToListAsync());
        Assert.Empty(await db.DataProtectionKeys.ToListAsync());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Migrate_SeveralProgramsAtOnce_AllStart(Provider provider)
    {
        await using var database = await TestDatabase.EmptyAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(database))));

        await using var db = database.Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Migrate_LockLeftByAKilledProgram_DoesNotBlockTheStart()
    {
        await using var database = await TestDatabase.EmptyAsync(Provider.Sqlite);
        await using (var killed = database.Open())
        {
            // What EF writes before it migrates, and deletes after.
            await killed.Database.ExecuteSqlRawAsync(
                """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
                """
            );
        }

        await MigrateAsync(database);

        await using var db = database.Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Migrate_ServerOutOfReach_SaysWhichAndKeepsThePassword()
    {
        await using var database = await TestDatabase.EmptyAsync(Provider.Sqlite);
        database.Settings["ConnectionStrings:EduUnion"] =
            "Host=127.0.0.1;Port=1;Database=union;Username=u;Password=s3cret-Pass";

        var refused = await Assert.ThrowsAsync<StartRefused>(() => MigrateAsync(database));

        Assert.Contains("PostgreSQL union at 127.0.0.1:1", refused.Message);
        Assert.DoesNotContain("s3cret", refused.ToString());
    }

    /// <summary>An older program beside a later one, whose migrations it does not know.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Migrate_LaterProgramWasHere_GoesOnUntilSomethingWasTakenAway(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await AppliedAsync(database, "20990101000000_LaterColumns");
        await MigrateAsync(database);
        await using var running = new People.Running(database: database);
        Assert.Equal("Healthy", await running.Browser().GetStringAsync("/health/ready"));

        await AppliedAsync(database, "20990102000000_NarrowCases");
        var refused = await Assert.ThrowsAsync<StartRefused>(() => MigrateAsync(database));
        Assert.Contains("20990102000000_NarrowCases", refused.Message);
        Assert.Contains("too old", refused.Message);
        // And one that runs already is given no more work.
        Assert.Equal(
            System.Net.HttpStatusCode.ServiceUnavailable,
            (await running.Browser().GetAsync("/health/ready")).StatusCode
        );
    }

    private static async Task AppliedAsync(TestDatabase database, string migration)
    {
        await using var db = database.Open();
        var history = db.GetService<IHistoryRepository>();
        await db.Database.ExecuteSqlRawAsync(history.GetInsertScript(new HistoryRow(migration, "10.0.1")));
    }

    // A lock that is not let go would make EF wait without end: fail instead.
    private static async Task MigrateAsync(TestDatabase database)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var scope = database.Start().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Migrator>().MigrateAsync(patience.Token);
    }
}

using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EduUnion.Host.Tests.Persistence;

public sealed class WriteTransactionTests
{
    private static readonly Guid Case = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ReadThenWrite_ByManyAtOnce_LosesNothing(Provider provider)
    {
        await using var database = await WithOneCaseAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => CountAsync(database, times: 25))));

        await using var db = database.Open();
        Assert.Equal(100, (await db.Users.SingleAsync()).AccessFailedCount);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Case_LockedByAnother_CannotBeLocked(Provider provider)
    {
        await using var database = await WithOneCaseAsync(provider);
        await using var first = database.Open();
        await using var second = database.Open();
        await using (await BeginAndLockAsync(first))
        {
            await HurryAsync(second);
            var kept = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => BeginAndLockAsync(second));
            Assert.True(
                kept is SqliteException { SqliteErrorCode: 5 } or PostgresException { SqlState: "55P03" },
                kept.Message
            );
        }

        await using var third = database.Open();
        await using var free = await BeginAndLockAsync(third);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task LockCase_OutsideATransaction_Throws(Provider provider)
    {
        await using var database = await WithOneCaseAsync(provider);
        await using var db = database.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.LockCaseAsync(Case, Never));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task UniqueViolation_IsToldFromOtherRefusals(Provider provider)
    {
        await using var database = await WithOneCaseAsync(provider);
        await using var db = database.Open();
        var member = db.AddAccount().MemberId;
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();

        db.Users.Add(new User { Id = Guid.CreateVersion7(), MemberId = member });
        Assert.True(db.IsUniqueViolation(await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())));

        db.ChangeTracker.Clear();
        db.UserRoles.Add(new() { UserId = Guid.CreateVersion7(), RoleId = Guid.CreateVersion7() });
        Assert.False(db.IsUniqueViolation(await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public void Savepoints_AreOff(Provider provider)
    {
        using var db = ModelProbe.Open(provider, withProbe: false);
        Assert.False(db.Database.AutoSavepointsEnabled);
    }

    /// <summary>The lock is tried on a table of its own, so that the test does not need a whole case.</summary>
    private static async Task<TestDatabase> WithOneCaseAsync(Provider provider)
    {
        var database = await TestDatabase.MigratedAsync(provider);
        await using var db = database.Open();
        db.AddAccount();
        await db.SaveChangesAsync();
        if (provider is Provider.Postgres)
        {
            await PostgresServer.ExecuteAsync(
                $"""
                CREATE SCHEMA probe;
                CREATE TABLE probe.cases (id uuid PRIMARY KEY);
                INSERT INTO probe.cases VALUES ('{Case}');
                ALTER DATABASE {database.Name} SET search_path = probe, public;
                """,
                database.Name
            );
        }
        return database;
    }

    private static async Task CountAsync(TestDatabase database, int times)
    {
        await using var db = database.Open();
        for (var time = 0; time < times; time++)
        {
            await using var transaction = await BeginAndLockAsync(db);
            db.ChangeTracker.Clear();
            (await db.Users.SingleAsync()).AccessFailedCount++;
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
    }

    private static async Task<IDbContextTransaction> BeginAndLockAsync(EduUnionDb db)
    {
        var transaction = await db.BeginWriteAsync(Never);
        await db.LockCaseAsync(Case, Never);
        return transaction;
    }

    /// <summary>Waits for a lock only shortly on this connection.</summary>
    private static async Task HurryAsync(EduUnionDb db)
    {
        await db.Database.OpenConnectionAsync();
        if (db.Database.GetDbConnection() is SqliteConnection sqlite)
        {
            sqlite.DefaultTimeout = 1;
            await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout = 1");
        }
        else
            await db.Database.ExecuteSqlRawAsync("SET lock_timeout = '50ms'");
    }
}

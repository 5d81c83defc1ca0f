using System.Data;
using EduUnion.Host.Cases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace EduUnion.Host.Persistence;

/// <summary>The embedded default: one file, one program, one writer at a time.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : EduUnionDb(options)
{
    // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY
    private const int Unique = 2067;
    private const int PrimaryKey = 1555;

    public static void Use(DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseSqlite(connectionString)
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(new SqlitePragmas())
            .ReplaceService<IDatabase, StepWriter>();

    /// <inheritdoc/>
    /// <remarks>
    /// Serializable is <c>BEGIN IMMEDIATE</c>: the write lock is taken now. Deferred, it would be taken by the first
    /// write, and fail without waiting if anybody wrote since our first read.
    /// </remarks>
    public override Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellation) =>
        Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);

    public override bool IsUniqueViolation(DbUpdateException refused) =>
        refused.InnerException is SqliteException { SqliteExtendedErrorCode: Unique or PrimaryKey };

    /// <remarks>
    /// EF's own lock here is a row, which a program killed while migrating leaves behind and every later start waits
    /// for without end. A locked file is let go by the system; whoever holds it may clear the row.
    /// </remarks>
    internal override async Task<IAsyncDisposable?> HoldMigrationsAsync(
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var held = await MigrationLockFile.TakeAsync(Database.GetDbConnection().DataSource, time, cancellation);
        try
        {
            await using var connection = new SqliteConnection(Database.GetConnectionString());
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
            if (await command.ExecuteScalarAsync(cancellation) is > 0L)
            {
                command.CommandText = "DELETE FROM \"__EFMigrationsLock\"";
                await command.ExecuteNonQueryAsync(cancellation);
            }
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing: the transaction is the only writer already.</summary>
    protected override Task LockCaseRowAsync(Guid caseId, CancellationToken cancellation) => Task.CompletedTask;

    protected override Task LockCaseRowOfTaskAsync(Guid taskId, CancellationToken cancellation) => Task.CompletedTask;

    public override Task LockSessionAsync(Guid sessionId, CancellationToken cancellation) => Task.CompletedTask;

    public override Task LockMemberAsync(Guid memberId, CancellationToken cancellation) => Task.CompletedTask;

    public override Task LockOrganisationAsync(Guid organisationId, CancellationToken cancellation) =>
        Task.CompletedTask;

    public override Task LockFundAsync(Guid fundId, CancellationToken cancellation) => Task.CompletedTask;

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantAsText>();
    }
}

/// <summary>For <c>dotnet ef</c>; never opened.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteDb>();
        SqliteDb.Use(options, "Data Source=:memory:");
        return new SqliteDb(options.Options);
    }
}

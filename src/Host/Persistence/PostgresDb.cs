using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EduUnion.Host.Persistence;

/// <summary>Any number of Hosts on one PostgreSQL.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : EduUnionDb(options)
{
    /// <summary>Of all advisory locks of the database, the one of those who migrate it.</summary>
    private const long MigrationLock = 0x4564_7555_6e69_6f6e;

    public static void Use(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source).UseSnakeCaseNamingConvention().ReplaceService<IDatabase, StepWriter>();

    public override Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellation) =>
        Database.BeginTransactionAsync(cancellation);

    public override bool IsUniqueViolation(DbUpdateException refused) =>
        refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <remarks>
    /// EF locks its history table in the transaction of each migration, and so lets another program in between two of them,
    /// which then makes the second once more. This lock lasts until its own transaction ends, and that dies with us; a pooler
    /// that lends sessions by transactions cannot give it away.
    /// </remarks>
    internal override async Task<IAsyncDisposable?> HoldMigrationsAsync(
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var session = (NpgsqlConnection)((ICloneable)Database.GetDbConnection()).Clone();
        try
        {
            await session.OpenAsync(cancellation);
            var held = await session.BeginTransactionAsync(cancellation);
            await using var locking = session.CreateCommand();
            locking.CommandText = $"SELECT pg_advisory_xact_lock({MigrationLock})";
            // Whoever is in front may have much to rewrite.
            locking.CommandTimeout = 0;
            await locking.ExecuteNonQueryAsync(cancellation);
            return new Held(session, held);
        }
        // There is no database yet: the first migration makes it.
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await session.DisposeAsync();
            return null;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    // NO KEY: whoever writes a signal to the case checks its foreign key, and must not wait here for a step that in turn
    // waits for the fund or meeting he has locked.
    protected override Task LockCaseRowAsync(Guid caseId, CancellationToken cancellation) =>
        Database.ExecuteSqlAsync($"SELECT 1 FROM cases WHERE id = {caseId} FOR NO KEY UPDATE", cancellation);

    protected override Task LockCaseRowOfTaskAsync(Guid taskId, CancellationToken cancellation) =>
        Database.ExecuteSqlAsync(
            $"SELECT 1 FROM cases WHERE id = (SELECT case_id FROM tasks WHERE id = {taskId}) FOR NO KEY UPDATE",
            cancellation
        );

    public override Task LockSessionAsync(Guid sessionId, CancellationToken cancellation) =>
        Database.ExecuteSqlAsync($"SELECT 1 FROM congress_sessions WHERE id = {sessionId} FOR UPDATE", cancellation);

    public override Task LockMemberAsync(Guid memberId, CancellationToken cancellation) =>
        Database.ExecuteSqlAsync($"SELECT 1 FROM members WHERE id = {memberId} FOR UPDATE", cancellation);

    public override Task LockOrganisationAsync(Guid organisationId, CancellationToken cancellation) =>
        Database.ExecuteSqlAsync($"SELECT 1 FROM organisations WHERE id = {organisationId} FOR UPDATE", cancellation);

    public override Task LockFundAsync(Guid fundId, CancellationToken cancellation) =>
        Database.ExecuteSqlAsync($"SELECT 1 FROM funds WHERE id = {fundId} FOR NO KEY UPDATE", cancellation);

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        // Lines come in the order of their instants, are never deleted, and are asked for by ranges of days: a summary a
        // stretch of pages, in place of an entry a line.
        model.Entity<JournalLine>().HasIndex(l => l.At).HasMethod("brin");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantInUtc>();
    }

    private sealed class Held(NpgsqlConnection session, NpgsqlTransaction held) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await held.DisposeAsync();
            await session.DisposeAsync();
        }
    }
}

/// <summary>For <c>dotnet ef</c>; never opened.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresDb>().UseNpgsql().UseSnakeCaseNamingConvention();
        return new PostgresDb((DbContextOptions<PostgresDb>)options.Options);
    }
}

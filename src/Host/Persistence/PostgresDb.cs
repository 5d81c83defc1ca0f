using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EduUnion.Host.Persistence;

/// <summary>Any number of Hosts on one PostgreSQL.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : EduUnionDb(options)
{
    public static void Use(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source).UseSnakeCaseNamingConvention().ReplaceService<IDatabase, StepWriter>();

    public override Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellation) =>
        Database.BeginTransactionAsync(cancellation);

    public override bool IsUniqueViolation(DbUpdateException refused) =>
        refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>Nothing: EF locks its history table in the migration's transaction, which dies with its owner.</summary>
    internal override Task<IAsyncDisposable?> HoldMigrationsAsync(TimeProvider time, CancellationToken cancellation) =>
        Task.FromResult<IAsyncDisposable?>(null);

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

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantInUtc>();
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

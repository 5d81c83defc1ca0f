using EduUnion.Domain;
using EduUnion.Host.People;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EduUnion.Host.Persistence;

/// <summary>
/// One model for two databases. Each concept maps its own rows in an <c>IEntityTypeConfiguration</c> beside them;
/// what the databases do differently stands in <see cref="SqliteDb"/> and <see cref="PostgresDb"/> and nowhere else.
/// </summary>
public abstract class EduUnionDb : IdentityDbContext<User, IdentityRole<Guid>, Guid>, IDataProtectionKeyContext
{
    protected EduUnionDb(DbContextOptions options)
        : base(options)
    {
        // A step is saved whole or not at all: savepoints would be two statements a step for nothing.
        Database.AutoSavepointsEnabled = false;
    }

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Pinned: otherwise the model would depend on the Identity options of whoever builds it.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    /// <summary>
    /// Opens a transaction that may read and then write. SQLite lets in one writer at a time, so the second waits here;
    /// PostgreSQL lets both in, and rows that can be contended are locked before they are read.
    /// </summary>
    public abstract Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellation);

    /// <summary>
    /// Locks the case's row until the transaction ends: the first statement of every step, and one of its own, because
    /// a waiter whose lock is joined into the read sees the task as it was before the winner's commit and decides twice.
    /// </summary>
    /// <exception cref="InvalidOperationException">No transaction is open, so the lock would be lost at once.</exception>
    public Task LockCaseAsync(Guid caseId, CancellationToken cancellation) =>
        Database.CurrentTransaction is null
            ? throw new InvalidOperationException(
                "A case can be locked only inside a transaction: BeginWriteAsync first."
            )
            : LockCaseRowAsync(caseId, cancellation);

    /// <summary>The same by a task's id, in the one statement: a task never changes its case.</summary>
    public Task LockCaseOfTaskAsync(Guid taskId, CancellationToken cancellation) =>
        Database.CurrentTransaction is null
            ? throw new InvalidOperationException(
                "A case can be locked only inside a transaction: BeginWriteAsync first."
            )
            : LockCaseRowOfTaskAsync(taskId, cancellation);

    /// <summary>Locks the session's row, last in the lock order.</summary>
    public abstract Task LockSessionAsync(Guid sessionId, CancellationToken cancellation);

    /// <summary>Locks a member's row: who holds which offices is decided by one at a time.</summary>
    public abstract Task LockMemberAsync(Guid memberId, CancellationToken cancellation);

    /// <summary>Locks an organisation's row: its roster, terms, sessions and representatives change one at a time.</summary>
    public abstract Task LockOrganisationAsync(Guid organisationId, CancellationToken cancellation);

    /// <summary>Locks a fund's row: everything of its money changes one after the other. After cases and person-years.</summary>
    public abstract Task LockFundAsync(Guid fundId, CancellationToken cancellation);

    /// <summary>
    /// Locks what one person gets in one calendar year, before any fund. The row is made and locked by one statement, so
    /// that two who are first wait for each other, too.
    /// </summary>
    public Task LockPersonYearAsync(Guid memberId, int year, CancellationToken cancellation) =>
        Database.CurrentTransaction is null
            ? throw new InvalidOperationException(
                "A person's year can be locked only inside a transaction: BeginWriteAsync first."
            )
            : Database.ExecuteSqlAsync(
                $"INSERT INTO person_years (member_id, year) VALUES ({memberId}, {year}) ON CONFLICT (member_id, year) DO UPDATE SET year = excluded.year",
                cancellation
            );

    /// <summary>Whether the rows were refused because a unique index or primary key already holds their value.</summary>
    public abstract bool IsUniqueViolation(DbUpdateException refused);

    /// <summary>Keeps other starting programs out while this one migrates, and clears what a killed one left behind.</summary>
    internal abstract Task<IAsyncDisposable?> HoldMigrationsAsync(TimeProvider time, CancellationToken cancellation);

    protected abstract Task LockCaseRowAsync(Guid caseId, CancellationToken cancellation);

    protected abstract Task LockCaseRowOfTaskAsync(Guid taskId, CancellationToken cancellation);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<Enum>().HaveConversion<string>();
        conventions.Properties<Money>().HaveConversion<MoneyInFen>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.ApplyConfigurationsFromAssembly(typeof(EduUnionDb).Assembly);
    }
}

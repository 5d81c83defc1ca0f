using System.Data.Common;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Faults;

/// <summary>The program dies here.</summary>
internal sealed class Torn(string where) : Exception($"torn {where}");

/// <summary>
/// Lets the program die at the n-th point of what it does: before and after every statement, after the begin, before and
/// after the commit; in the short form not at every point of every kind, see <see cref="Arm"/>. From that point on nothing reaches the database any more, as when a process is killed; whatever was
/// begun is rolled back by the server.
/// </summary>
internal sealed class Tear : IDbCommandInterceptor, IDbTransactionInterceptor
{
    private int _point;
    private int _passed;
    private bool _thorough;

    /// <summary>Where it died; null = not yet.</summary>
    public string? Where { get; private set; }

    /// <summary>Whether anything was committed since it was armed.</summary>
    public bool Committed { get; private set; }

    /// <param name="point">From 1; what has fewer points passes whole.</param>
    /// <param name="thorough">
    /// Also before each statement, which to the database is the same as after the one before, and around what is read
    /// outside of a transaction, where nothing has begun yet.
    /// </param>
    public void Arm(int point, bool thorough) =>
        (_point, _thorough, _passed, Where, Committed) = (point, thorough, 0, null, false);

    public void Disarm() => _point = 0;

    public void StandIn(IServiceCollection parts)
    {
        parts.ConfigureDbContext<SqliteDb>(db => db.AddInterceptors(this));
        parts.ConfigureDbContext<PostgresDb>(db => db.AddInterceptors(this));
    }

    private void Executed(DbCommand command)
    {
        // Without a transaction a statement commits itself.
        var changes = !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal);
        if (command.Transaction is null && changes)
            Committed = true;
        Pass($"after {command.CommandText}", trifling: command.Transaction is null && !changes);
    }

    private void Pass(string where, bool trifling = false)
    {
        if (_point == 0 || (trifling && !_thorough && Where is null))
            return;
        if (Where is null && ++_passed == _point)
            Where = where;
        if (Where is not null)
            throw new Torn(Where);
    }

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData data,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellation = default
    )
    {
        Pass($"before {command.CommandText}", trifling: true);
        return new(result);
    }

    public async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData data,
        DbDataReader result,
        CancellationToken cancellation = default
    )
    {
        try
        {
            Executed(command);
            return result;
        }
        catch (Torn)
        {
            // Nobody will close it now.
            await result.DisposeAsync();
            throw;
        }
    }

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData data,
        InterceptionResult<int> result,
        CancellationToken cancellation = default
    )
    {
        Pass($"before {command.CommandText}", trifling: true);
        return new(result);
    }

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData data,
        int result,
        CancellationToken cancellation = default
    )
    {
        Executed(command);
        return new(result);
    }

    public ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command,
        CommandEventData data,
        InterceptionResult<object> result,
        CancellationToken cancellation = default
    )
    {
        Pass($"before {command.CommandText}", trifling: true);
        return new(result);
    }

    public ValueTask<object?> ScalarExecutedAsync(
        DbCommand command,
        CommandExecutedEventData data,
        object? result,
        CancellationToken cancellation = default
    )
    {
        Executed(command);
        return new(result);
    }

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection,
        TransactionEndEventData data,
        DbTransaction result,
        CancellationToken cancellation = default
    )
    {
        try
        {
            Pass("after BEGIN");
            return new(result);
        }
        catch (Torn)
        {
            // EF has not heard of it and would leave it open.
            result.Dispose();
            throw;
        }
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData data,
        InterceptionResult result,
        CancellationToken cancellation = default
    )
    {
        Pass("before COMMIT");
        return new(result);
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData data,
        CancellationToken cancellation = default
    )
    {
        Committed = true;
        Pass("after COMMIT");
        return Task.CompletedTask;
    }
}

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
/// after the commit; in the short form only after. From that point on nothing reaches the database any more, as when a process is killed; whatever was
/// begun is rolled back by the server.
/// </summary>
internal sealed class Tear : IDbCommandInterceptor, IDbTransactionInterceptor
{
    private const string BeforeCommit = "before COMMIT";
    private int _point;
    private int _passed;

    /// <summary>Where it died; null = not yet.</summary>
    public string? Where { get; private set; }

    /// <summary>Whether anything was committed since it was armed.</summary>
    public bool Committed { get; private set; }

    /// <param name="point">From 1; what has fewer points passes whole.</param>
    public void Arm(int point) => (_point, _passed, Where, Committed) = (point, 0, null, false);

    public void Disarm() => _point = 0;

    public void StandIn(IServiceCollection parts)
    {
        parts.ConfigureDbContext<SqliteDb>(db => db.AddInterceptors(this));
        parts.ConfigureDbContext<PostgresDb>(db => db.AddInterceptors(this));
    }

    private void Executed(DbCommand command)
    {
        // Without a transaction a statement commits itself.
        if (command.Transaction is null && !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
            Committed = true;
        Pass($"after {command.CommandText}");
    }

    private void Pass(string where)
    {
        // To the database it is the same whether a program dies after one statement or before the next.
        if (
            _point == 0
            || (
                !Form.IsLong
                && Where is null
                && where.StartsWith("before ", StringComparison.Ordinal)
                && where != BeforeCommit
            )
        )
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
        Pass($"before {command.CommandText}");
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
        Pass($"before {command.CommandText}");
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
        Pass($"before {command.CommandText}");
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
        Pass(BeforeCommit);
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

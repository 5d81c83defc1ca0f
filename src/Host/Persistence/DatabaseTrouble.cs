using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EduUnion.Host.Persistence;

/// <summary>
/// Tells a database that cannot serve at this moment (away, restarting, full, read-only, no connection free, a deadlock
/// given up) from a fault of the program: the same request later may well succeed, so the client is told 503 and not 500.
/// </summary>
public static class DatabaseTrouble
{
    // SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN
    private static readonly int[] Sqlite = [5, 6, 8, 10, 13, 14];

    public static bool Is(Exception? fault) =>
        fault switch
        {
            // Whoever asked has gone, and his question was called back.
            null or OperationCanceledException => false,
            PostgresException told => IsAway(told.SqlState),
            // No answer at all: refused, cut, timed out, or no connection left in the pool.
            NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => true,
            NpgsqlException { IsTransient: true } => true,
            // The driver has lost its place in the conversation and closed the connection: a statement that was refused while
            // it was planned for the first time (the server was read-only) answers otherwise than it expects. The next
            // connection is whole.
            { Source: "Npgsql" } when fault.GetType() == typeof(Exception) => true,
            SqliteException told => Sqlite.Contains(told.SqliteErrorCode),
            AggregateException several => several.InnerExceptions.Any(Is),
            _ => Is(fault.InnerException),
        };

    private static bool IsAway(string state) =>
        state
            is PostgresErrorCodes.ReadOnlySqlTransaction
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.LockNotAvailable
                or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.IoError
                // It has just been replaced, is being restored, or takes no connections.
                or PostgresErrorCodes.DatabaseDropped
                or PostgresErrorCodes.InvalidCatalogName
                // A plan kept from before a migration; the next time it is made anew.
                or PostgresErrorCodes.FeatureNotSupported
                or PostgresErrorCodes.ObjectNotInPrerequisiteState
        // 08: connection; 53: no memory, no disk, too many connections.
        || state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("53", StringComparison.Ordinal);
}

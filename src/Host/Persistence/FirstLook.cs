using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EduUnion.Host.Persistence;

/// <summary>A look into the database before anything is registered, so without EF.</summary>
internal static class FirstLook
{
    /// <summary>Whether the statement finds a row. No database and no table yet mean no.</summary>
    /// <exception cref="StartRefused">The database cannot be opened.</exception>
    public static bool Finds(DatabaseOptions database, string sql)
    {
        try
        {
            using DbConnection connection = database.IsPostgres
                ? new NpgsqlConnection(database.ConnectionString)
                : new SqliteConnection(
                    new SqliteConnectionStringBuilder(database.ConnectionString)
                    {
                        Mode = SqliteOpenMode.ReadOnly,
                        Pooling = false,
                    }.ToString()
                );
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar() is not null;
        }
        catch (PostgresException none)
            when (none.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
        // No file yet, or no table.
        catch (SqliteException none) when (none.SqliteErrorCode is 14 or 1)
        {
            return false;
        }
        catch (DbException cause)
        {
            throw new StartRefused($"{database} cannot be opened: {cause.Message}", cause);
        }
    }
}

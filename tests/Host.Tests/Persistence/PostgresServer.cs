using Npgsql;

namespace EduUnion.Host.Tests.Persistence;

/// <summary>The server that tests/run starts. Without it a test fails: a test that skips hides what it would have found.</summary>
internal static class PostgresServer
{
    private const string Variable = "EDUUNION_TEST_POSTGRES";

    public static string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(Administrator) { Database = database, MaxPoolSize = 20 }.ToString();

    public static async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Administrator =>
        Environment.GetEnvironmentVariable(Variable)
        ?? throw new InvalidOperationException(
            $"{Variable} is not set: run tests/run, which starts a PostgreSQL, or keep one with tests/run --servers."
        );
}

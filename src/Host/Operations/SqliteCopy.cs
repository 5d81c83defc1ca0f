using EduUnion.Host.Persistence;
using Microsoft.Data.Sqlite;

namespace EduUnion.Host.Operations;

/// <summary>SQLite copies itself inside one read transaction, while others write.</summary>
internal sealed class SqliteCopy(string connectionString) : IDatabaseCopy
{
    public string Name => "sqlite";
    public string FileName => "eduunion.db";

    private string Target => new SqliteConnectionStringBuilder(connectionString).DataSource;

    public async Task WriteAsync(string file, CancellationToken cancellation)
    {
        if (!File.Exists(Target))
            throw new StartRefused($"There is no database {Target}.");
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, "VACUUM INTO $file", cancellation, ("$file", file));
    }

    public async Task RestoreAsync(string file, Guid hold, DateTimeOffset now, CancellationToken cancellation)
    {
        // A journal left beside it would be played into the restored file.
        foreach (var left in new[] { Target, Target + "-wal", Target + "-shm" })
            if (File.Exists(left))
                throw new StartRefused($"{left} is there; move it away before a backup is put in its place.");
        var coming = Target + ".restoring";
        // Those of a restore that was killed would be played into this one.
        foreach (var left in new[] { coming, coming + "-journal", coming + "-wal", coming + "-shm" })
            File.Delete(left);
        File.Copy(file, coming);
        var copy = new SqliteConnectionStringBuilder(connectionString) { DataSource = coming, Pooling = false };
        await using (var connection = new SqliteConnection(copy.ToString()))
        {
            await connection.OpenAsync(cancellation);
            await ExecuteAsync(
                connection,
                "INSERT INTO outbox_holds (id, since) VALUES ($id, $since)",
                cancellation,
                ("$id", hold),
                ("$since", InstantAsText.Write(now))
            );
            await ExecuteAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", cancellation);
        }
        File.Move(coming, Target);
    }

    private static async Task ExecuteAsync(
        SqliteConnection connection,
        string sql,
        CancellationToken cancellation,
        params (string Name, object Value)[] values
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

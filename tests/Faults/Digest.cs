using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Faults;

/// <summary>All that a database holds, to the last column of every table, as one short text: equal means that nothing has changed.</summary>
internal sealed class Digest : IAsyncDisposable
{
    private readonly DbConnection _database;
    private readonly bool _postgres;
    private readonly List<string> _tables = [];
    private DbCommand? _prepared;
    private string? _last;
    private string? _version;

    private Digest(DbConnection database, bool postgres) => (_database, _postgres) = (database, postgres);

    public static async Task<Digest> OfAsync(TestDatabase database)
    {
        var digest = new Digest(Checker.Connection(database), database.Provider is Provider.Postgres);
        await digest._database.OpenAsync();
        await using var command = digest._database.CreateCommand();
        command.CommandText = digest._postgres
            ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";
        await using var names = await command.ExecuteReaderAsync();
        while (await names.ReadAsync())
            digest._tables.Add(names.GetString(0));
        return digest;
    }

    public async Task<string> TakeAsync()
    {
        // SQLite itself says whether any other connection has committed since this one last looked.
        var version = _postgres ? null : await ScalarAsync("PRAGMA data_version");
        if (_last is not null && version is not null && version == _version)
            return _last;
        _version = version;
        return _last = _postgres ? await OfPostgresAsync() : await OfSqliteAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    // Prepared: so many tables take longer to plan than to read.
    private async Task<string> OfPostgresAsync()
    {
        if (_prepared is null)
        {
            _prepared = _database.CreateCommand();
            _prepared.CommandText =
                "SELECT string_agg(line, ' ' ORDER BY line) FROM ("
                + string.Join(
                    " UNION ALL ",
                    _tables.Select(t =>
                        $"SELECT '{t} ' || count(*) || ':' || coalesce(sum(hashtextextended(x::text, 0)), 0) AS line FROM \"{t}\" x"
                    )
                )
                + ") tables";
            await _prepared.PrepareAsync();
        }
        return (string)(await _prepared.ExecuteScalarAsync())!;
    }

    private async Task<string> OfSqliteAsync()
    {
        var whole = new StringBuilder();
        foreach (var table in _tables)
        {
            await using var command = _database.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var rows = await command.ExecuteReaderAsync();
            var (count, sum) = (0, 0UL);
            var row = new StringBuilder();
            while (await rows.ReadAsync())
            {
                row.Clear();
                for (var column = 0; column < rows.FieldCount; column++)
                    row.Append(
                            rows.GetValue(column) is byte[] bytes
                                ? Convert.ToHexString(bytes)
                                : Convert.ToString(rows.GetValue(column), CultureInfo.InvariantCulture)
                        )
                        .Append('\u001f');
                // The order of rows is nobody's promise.
                sum += BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(row.ToString())));
                count++;
            }
            whole.Append(CultureInfo.InvariantCulture, $"{table} {count}:{sum} ");
        }
        return whole.ToString();
    }

    private async Task<string> ScalarAsync(string sql)
    {
        await using var command = _database.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }

    /// <summary>The tables in which two digests differ.</summary>
    public static string Difference(string before, string after)
    {
        var old = before.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var now = after.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(
            ", ",
            now.Chunk(2).Zip(old.Chunk(2)).Where(p => p.First[1] != p.Second[1]).Select(p => p.First[0])
        );
    }
}

using System.Data.Common;
using System.Globalization;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Faults;

/// <summary>All that a database holds, row by row: a program that was only started on it may add, and change nothing.</summary>
internal sealed class Contents
{
    private readonly Dictionary<string, (string[] Columns, List<string> Rows)> _tables = [];

    private Contents() { }

    public static async Task<Contents> OfAsync(TestDatabase database)
    {
        await using var connection = await OpenAsync(database);
        var contents = new Contents();
        foreach (var table in await NamesAsync(connection, database.Provider))
            contents._tables[table] = await ReadAsync(connection, table, null);
        return contents;
    }

    public int Rows => _tables.Values.Sum(t => t.Rows.Count);

    /// <summary>A sentence for every row of then that is not there now with the values it had.</summary>
    /// <param name="added">How many rows were added by table.</param>
    public async Task<(List<string> Lost, Dictionary<string, int> Added)> ComparedAsync(TestDatabase database)
    {
        await using var connection = await OpenAsync(database);
        var lost = new List<string>();
        var added = new Dictionary<string, int>();
        var tables = await NamesAsync(connection, database.Provider);
        foreach (var (table, (columns, rows)) in _tables)
        {
            if (!tables.Contains(table))
            {
                lost.Add($"table {table} is gone");
                continue;
            }
            var left = (await ReadAsync(connection, table, columns))
                .Rows.GroupBy(r => r)
                .ToDictionary(g => g.Key, g => g.Count());
            foreach (var row in rows)
                if (left.GetValueOrDefault(row) > 0)
                    left[row]--;
                else
                    lost.Add($"{table}: {row}");
            if (left.Values.Sum() is > 0 and var more)
                added[table] = more;
        }
        return (lost, added);
    }

    private static async Task<DbConnection> OpenAsync(TestDatabase database)
    {
        var connection = Checker.Connection(database);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<List<string>> NamesAsync(DbConnection connection, Provider provider)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            provider is Provider.Postgres
                ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
                : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }

    /// <param name="columns">Those that are read, wherever they stand now; null = all.</param>
    private static async Task<(string[] Columns, List<string> Rows)> ReadAsync(
        DbConnection connection,
        string table,
        string[]? columns
    )
    {
        await using var command = connection.CreateCommand();
        var list = columns is null ? "*" : string.Join(", ", columns.Select(c => $"\"{c}\""));
        command.CommandText = $"SELECT {list} FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(c => Text(reader.GetValue(c)))));
        return ([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], rows);
    }

    private static string Text(object value) =>
        value switch
        {
            byte[] bytes => Convert.ToHexString(bytes),
            DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}

using System.Data.Common;
using System.Globalization;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EduUnion.Faults;

/// <summary>
/// Whether anything was lost, torn or done twice, told from outside: it reads the database with plain SQL, the mails that
/// left and the log of acknowledged answers, and shares no code with the program.
/// </summary>
internal sealed partial class Checker : IAsyncDisposable
{
    private readonly DbConnection _database;
    private readonly List<string> _violations = [];

    private Checker(DbConnection database) => _database = database;

    /// <param name="mails">Where mails lie as files; null = they are not looked at.</param>
    /// <param name="acknowledgements">The log of acknowledged answers; null = nothing was acknowledged.</param>
    /// <param name="now">The moment at which the jobs have run; null = they may have something to do.</param>
    /// <returns>A sentence for every violation; none = all is well.</returns>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(
        TestDatabase database,
        string? mails = null,
        string? acknowledgements = null,
        DateTimeOffset? now = null
    )
    {
        await using var checker = new Checker(Connection(database));
        await checker._database.OpenAsync();
        await checker.CheckCasesAsync();
        await checker.CheckClocksAsync();
        await checker.CheckDeadlinesAsync();
        if (now is { } tick)
            await checker.CheckNothingIsDueAsync(tick);
        await checker.CheckMoneyAsync();
        if (mails is not null)
            await checker.CheckMailsAsync(mails);
        if (acknowledgements is not null)
            await checker.CheckAcknowledgedAsync(Acknowledgements.Read(acknowledgements));
        return checker._violations;
    }

    /// <summary>Only what the ledger and the payment lists say; for cases that were never opened as cases are.</summary>
    public static async Task<IReadOnlyList<string>> MoneyViolationsAsync(TestDatabase database)
    {
        await using var checker = new Checker(Connection(database));
        await checker._database.OpenAsync();
        await checker.CheckMoneyAsync();
        return checker._violations;
    }

    /// <summary>A connection of its own, past every pool and everything that the program puts between.</summary>
    public static DbConnection Connection(TestDatabase database) =>
        database.Provider is Provider.Postgres
            ? new NpgsqlConnection(database.Settings["ConnectionStrings:EduUnion"] + ";Pooling=false")
            : new SqliteConnection($"Data Source={database.SqliteFile};Mode=ReadOnly;Pooling=False");

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Every row that the query finds is a violation; the sentence's places are its columns.</summary>
    private async Task NoneAsync(string sentence, string sql) =>
        _violations.AddRange(
            (await RowsAsync(sql)).Select(row => string.Format(CultureInfo.InvariantCulture, sentence, [.. row]))
        );

    private async Task<List<string?[]>> RowsAsync(string sql)
    {
        await using var command = _database.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column))]);
        return rows;
    }

    // Identifiers and bytes alike on both databases.
    private static string? Text(DbDataReader reader, int column) =>
        reader.GetValue(column) switch
        {
            DBNull => null,
            Guid id => Id(id),
            byte[] bytes => Convert.ToHexString(bytes),
            DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
            bool yes => yes ? "1" : "0",
            var other => Convert.ToString(other, CultureInfo.InvariantCulture),
        };

    private static string Id(Guid id) => id.ToString("D").ToUpperInvariant();
}

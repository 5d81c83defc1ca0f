using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Cases;

/// <summary>
/// Writes every step twice inside its transaction, first as EF would, which is rolled back, and keeps what differs in any
/// column of any row.
/// </summary>
internal sealed class ComparedWriter(
    DatabaseDependencies dependencies,
    RelationalDatabaseDependencies relational,
    RelationalCommandBuilderDependencies commands,
    ISqlGenerationHelper sql,
    IRelationalCommandDiagnosticsLogger log,
    ICurrentDbContext context
) : StepWriter(dependencies, relational, commands, sql, log, context)
{
    private readonly Seen _seen = context.Context.GetService<Seen>();

    public static void StandIn(IServiceCollection parts, Seen seen)
    {
        parts.AddSingleton(seen);
        parts.ConfigureDbContext<SqliteDb>(db => db.ReplaceService<IDatabase, ComparedWriter>());
        parts.ConfigureDbContext<PostgresDb>(db => db.ReplaceService<IDatabase, ComparedWriter>());
    }

    public override async Task<int> SaveChangesAsync(
        IList<IUpdateEntry> entries,
        CancellationToken cancellation = default
    )
    {
        if (!Knows(entries))
            return await ByEfAsync(entries, cancellation);
        var connection = RelationalDependencies.Connection;
        var transaction = connection.CurrentTransaction!;
        await transaction.CreateSavepointAsync("compared", cancellation);
        await ByEfAsync(entries, cancellation);
        var expected = await RowsAsync(entries);
        await transaction.RollbackToSavepointAsync("compared", cancellation);
        var written = await WriteAsync(entries, cancellation);
        var actual = await RowsAsync(entries);
        foreach (var (entry, (before, now)) in entries.Zip(expected.Zip(actual)))
        {
            _seen.Written.Add($"{entry.EntityState} {entry.EntityType.ClrType.Name}");
            if (before != now)
                _seen.Different.Add($"{entry.EntityState} {entry.EntityType.ClrType.Name}\n{before}\n{now}");
        }
        return written;
    }

    /// <summary>Every column as the driver reads it, without EF.</summary>
    private async Task<List<string>> RowsAsync(IList<IUpdateEntry> entries)
    {
        var rows = new List<string>();
        foreach (var entry in entries)
        {
            await using var command = RelationalDependencies.Connection.DbConnection.CreateCommand();
            command.Transaction = RelationalDependencies.Connection.CurrentTransaction!.GetDbTransaction();
            var keys = entry.EntityType.FindPrimaryKey()!.Properties.Select((p, n) => Where(command, entry, p, n));
            command.CommandText = $"SELECT * FROM {entry.EntityType.GetTableName()} WHERE {string.Join(" AND ", keys)}";
            await using var reader = await command.ExecuteReaderAsync();
            Assert.True(await reader.ReadAsync());
            var row = new StringBuilder();
            for (var n = 0; n < reader.FieldCount; n++)
                row.Append(reader.GetName(n)).Append('=').Append(Text(reader.GetValue(n))).Append(';');
            rows.Add(row.ToString());
        }
        return rows;
    }

    private static string Where(DbCommand command, IUpdateEntry entry, IProperty key, int n)
    {
        command.Parameters.Add(
            key.GetRelationalTypeMapping().CreateParameter(command, $"@k{n}", entry.GetCurrentValue(key), false)
        );
        return $"{key.GetColumnName()} = @k{n}";
    }

    private static string Text(object value) =>
        value switch
        {
            byte[] bytes => Convert.ToHexString(bytes),
            DateTime instant => instant.ToString("O"),
            _ => $"{value.GetType().Name} {value}",
        };

    public sealed class Seen
    {
        /// <summary>State and kind of each row that was compared.</summary>
        public ConcurrentBag<string> Written { get; } = [];
        public ConcurrentBag<string> Different { get; } = [];
    }
}

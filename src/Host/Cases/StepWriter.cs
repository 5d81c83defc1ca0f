using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text;
using EduUnion.Host.Clocks;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace EduUnion.Host.Cases;

/// <summary>
/// Writes the fixed rows of a step as one command, in place of the machinery that plans any rows of any model: it takes
/// what EF has found to be new or changed, column for column, and the same SQL serves both databases. As soon as one row
/// is of another kind, or deleted, or no transaction is open, EF writes all of them.
/// </summary>
internal class StepWriter(
    DatabaseDependencies dependencies,
    RelationalDatabaseDependencies relational,
    RelationalCommandBuilderDependencies commands,
    ISqlGenerationHelper sql,
    IRelationalCommandDiagnosticsLogger log,
    ICurrentDbContext current
) : RelationalDatabase(dependencies, relational)
{
    private const string Annotation = "EduUnion:StepRow";

    /// <summary>A vote of two hundred opens more rows than one command should carry.</summary>
    private const int RowsOfACommand = 100;

    /// <summary>
    /// In this order: what others refer to comes first. Only the case that is there already comes last: while its row is as
    /// it was locked, PostgreSQL need not lock it again for each row that refers to it.
    /// </summary>
    private static readonly ImmutableArray<Type> Kinds =
    [
        typeof(CaseRow),
        typeof(TaskRow),
        typeof(ClockRow),
        typeof(Notice),
        typeof(JournalLine),
        typeof(RequestRow),
    ];

    private static readonly ImmutableArray<string> Names =
    [
        .. Enumerable.Range(0, 4096).Select(n => string.Create(CultureInfo.InvariantCulture, $"@p{n}")),
    ];

    public override Task<int> SaveChangesAsync(IList<IUpdateEntry> entries, CancellationToken cancellation = default) =>
        Knows(entries) ? WriteAsync(entries, cancellation) : ByEfAsync(entries, cancellation);

    protected bool Knows(IList<IUpdateEntry> entries) =>
        RelationalDependencies.Connection.CurrentTransaction is not null
        && entries.All(e =>
            e.EntityState is EntityState.Added or EntityState.Modified
            && Kinds.Contains(e.EntityType.ClrType)
            && e.SharedIdentityEntry is null
        );

    protected Task<int> ByEfAsync(IList<IUpdateEntry> entries, CancellationToken cancellation) =>
        base.SaveChangesAsync(entries, cancellation);

    protected async Task<int> WriteAsync(IList<IUpdateEntry> entries, CancellationToken cancellation)
    {
        foreach (var rows in entries.OrderBy(PlaceOf).Chunk(RowsOfACommand))
            await WriteAsync(rows, cancellation);
        return entries.Count;
    }

    private async Task WriteAsync(IUpdateEntry[] entries, CancellationToken cancellation)
    {
        var text = new StringBuilder(4096);
        var values = new Values();
        foreach (var entry in entries)
        {
            var row = RowOf(entry.EntityType);
            if (entry.EntityState == EntityState.Added)
                Insert(text, values, row, entry);
            else
                Update(text, values, row, entry);
        }
        var command = new RelationalCommand(commands, text.ToString(), text.ToString(), [values]);
        var context = new RelationalCommandParameterObject(
            RelationalDependencies.Connection,
            null,
            null,
            current.Context,
            log,
            CommandSource.SaveChanges
        );
        int written;
        try
        {
            written = await command.ExecuteNonQueryAsync(context, cancellation);
        }
        // As EF tells of it, so that whoever catches a clash need not know who wrote.
        catch (Exception refused) when (refused is not (OperationCanceledException or DbUpdateException))
        {
            throw new DbUpdateException("The rows of a step were refused.", refused, entries);
        }
        // Every statement is for one row, so fewer rows means that one was changed or gone since it was read.
        if (written != entries.Length)
            throw new DbUpdateConcurrencyException(
                $"{entries.Length} rows of a step were to be written, and {written} were.",
                [.. entries.Where(e => e.EntityState == EntityState.Modified)]
            );
    }

    private static int PlaceOf(IUpdateEntry entry) =>
        entry.EntityState == EntityState.Modified && entry.EntityType.ClrType == typeof(CaseRow)
            ? Kinds.Length
            : Kinds.IndexOf(entry.EntityType.ClrType);

    private static void Insert(StringBuilder text, Values values, Row row, IUpdateEntry entry)
    {
        text.Append(row.Insert);
        foreach (var column in row.Columns)
            text.Append(column.Comma).Append(values.Add(column, entry.GetCurrentValue(column.Property)));
        text.Append(");\n");
    }

    private static void Update(StringBuilder text, Values values, Row row, IUpdateEntry entry)
    {
        text.Append(row.Update);
        var comma = " ";
        foreach (var column in row.Columns)
            if (entry.IsModified(column.Property))
            {
                var name = values.Add(column, entry.GetCurrentValue(column.Property));
                text.Append(comma).Append(column.Name).Append(" = ").Append(name);
                comma = ", ";
            }
        var and = " WHERE ";
        foreach (var column in row.Columns)
            if (column.Property.IsPrimaryKey() || column.Property.IsConcurrencyToken)
            {
                var name = values.Add(column, entry.GetOriginalValue(column.Property));
                text.Append(and).Append(column.Name).Append(" = ").Append(name);
                and = " AND ";
            }
        text.Append(";\n");
    }

    private Row RowOf(IEntityType type) =>
        type.GetOrAddRuntimeAnnotationValue(Annotation, writer => writer!.Read(type), this);

    private Row Read(IEntityType type)
    {
        var table = sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema());
        var place = StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema());
        ImmutableArray<Column> columns =
        [
            .. type.GetProperties()
                .Select(
                    (p, n) =>
                        new Column(
                            p,
                            sql.DelimitIdentifier(p.GetColumnName(place)!),
                            p.GetRelationalTypeMapping(),
                            n == 0 ? "" : ", "
                        )
                ),
        ];
        // What the database or EF makes up would have to be read back.
        if (type.GetProperties().FirstOrDefault(p => p.ValueGenerated != ValueGenerated.Never) is { } generated)
            throw new InvalidOperationException($"{type.DisplayName()}.{generated.Name} is generated.");
        return new Row(
            columns,
            $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES (",
            $"UPDATE {table} SET"
        );
    }

    private sealed record Row(ImmutableArray<Column> Columns, string Insert, string Update);

    private sealed record Column(IProperty Property, string Name, RelationalTypeMapping Mapping, string Comma);

    /// <summary>The parameters of the command, converted as the model says.</summary>
    private sealed class Values : IRelationalParameter
    {
        private readonly List<(Column Column, object? Value)> _all = [];

        public string InvariantName => "rows";

        public string Add(Column column, object? value)
        {
            _all.Add((column, value));
            return Names[_all.Count - 1];
        }

        public void AddDbParameter(DbCommand command, IReadOnlyDictionary<string, object?>? parameterValues)
        {
            for (var n = 0; n < _all.Count; n++)
            {
                var (column, value) = _all[n];
                command.Parameters.Add(
                    column.Mapping.CreateParameter(command, Names[n], value, column.Property.IsNullable)
                );
            }
        }

        public void AddDbParameter(DbCommand command, object? value) =>
            throw new NotSupportedException("The values of a step's rows come with the rows.");
    }
}

using EduUnion.Host.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EduUnion.Host.Tests.Mail;

/// <summary>A database of one test, made from the model; each context stands for one node or one restart.</summary>
internal sealed class MailDatabase : IAsyncDisposable
{
    private readonly string _name = $"mail_{Guid.CreateVersion7():N}";
    private readonly NpgsqlDataSource? _source;

    private MailDatabase(string provider)
    {
        if (provider != "postgres")
            return;
        var server =
            Environment.GetEnvironmentVariable("EDUUNION_TEST_POSTGRES")
            ?? throw new InvalidOperationException(
                "EDUUNION_TEST_POSTGRES is not set: start the tests with tests/run, which brings a server."
            );
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Database = _name }.ToString());
    }

    private string File => Path.Combine(Path.GetTempPath(), _name + ".db");

    public static async Task<MailDatabase> CreateAsync(string provider)
    {
        var database = new MailDatabase(provider);
        await using var db = database.Open();
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return database;
    }

    public EduUnionDb Open()
    {
        if (_source is not null)
        {
            var postgres = new DbContextOptionsBuilder<PostgresDb>();
            PostgresDb.Use(postgres, _source);
            return new PostgresDb(postgres.Options);
        }

        var sqlite = new DbContextOptionsBuilder<SqliteDb>();
        SqliteDb.Use(sqlite, $"Data Source={File};Default Timeout=30");
        return new SqliteDb(sqlite.Options);
    }

    public async Task SaveAsync(params IEnumerable<object> rows)
    {
        await using var db = Open();
        db.AddRange(rows);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<T>> AllAsync<T>()
        where T : class
    {
        await using var db = Open();
        return await db.Set<T>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var db = Open())
            await db.Database.EnsureDeletedAsync();
        if (_source is not null)
            await _source.DisposeAsync();
        else
            SqliteConnection.ClearPool(new SqliteConnection($"Data Source={File};Default Timeout=30"));
    }
}

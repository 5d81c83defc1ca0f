using EduUnion.Host.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EduUnion.Host.Tests.Persistence;

/// <summary>Real trouble of real servers; and what is no trouble of theirs.</summary>
public sealed class DatabaseTroubleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT pg_terminate_backend(pg_backend_pid())")]
    [InlineData("SET TRANSACTION READ ONLY; CREATE TABLE x (y int)")]
    [InlineData("SET statement_timeout = 1; SELECT pg_sleep(5)")]
    [InlineData("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$")]
    [InlineData("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$")]
    public async Task Postgres_OutOfService_IsTrouble(string sql)
    {
        var fault = await Assert.ThrowsAnyAsync<NpgsqlException>(() => PostgresServer.ExecuteAsync(sql));
        Assert.True(DatabaseTrouble.Is(fault), fault.ToString());
        Assert.True(DatabaseTrouble.Is(new InvalidOperationException("wrapped", fault)));
    }

    [Fact]
    public async Task Postgres_AQuestionCalledBack_IsNone()
    {
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await using var source = NpgsqlDataSource.Create(PostgresServer.ConnectionString("postgres"));
        await using var command = source.CreateCommand("SELECT pg_sleep(30)");
        var fault = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            command.ExecuteNonQueryAsync(gone.Token)
        );
        Assert.False(DatabaseTrouble.Is(fault), fault.ToString());
    }

    [Fact]
    public async Task Postgres_NobodyListens_IsTrouble()
    {
        await using var connection = new NpgsqlConnection("Host=127.0.0.1;Port=1;Username=x;Password=x;Timeout=2");
        Assert.True(DatabaseTrouble.Is(await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync(Stop))));
    }

    [Fact]
    public async Task Postgres_PoolExhausted_IsTrouble()
    {
        await using var source = NpgsqlDataSource.Create(
            PostgresServer.ConnectionString("postgres") + ";Maximum Pool Size=1;Timeout=1"
        );
        await using var only = await source.OpenConnectionAsync(Stop);
        var fault = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await source.OpenConnectionAsync(Stop));
        Assert.True(DatabaseTrouble.Is(fault), fault.ToString());
    }

    /// <summary>What was refused while it was first planned, the driver takes for planned; it finds out when it asks again.</summary>
    [Fact]
    public async Task Postgres_DriverThatLostItsPlace_IsTrouble()
    {
        await using var connection = new NpgsqlConnection(
            PostgresServer.ConnectionString("postgres") + ";Pooling=false;Max Auto Prepare=9;Auto Prepare Min Usages=2"
        );
        await connection.OpenAsync(Stop);
        const string Lock = "SELECT 1 FROM pg_database FOR UPDATE";
        await DoAsync(Lock);
        await DoAsync("SET default_transaction_read_only = on");
        Assert.True(DatabaseTrouble.Is(await Assert.ThrowsAnyAsync<NpgsqlException>(() => DoAsync(Lock))));
        await DoAsync("SET default_transaction_read_only = off");
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => DoAsync(Lock));
        Assert.IsNotAssignableFrom<NpgsqlException>(fault);
        Assert.True(DatabaseTrouble.Is(fault), fault.ToString());

        async Task DoAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Stop);
        }
    }

    [Fact]
    public async Task AWrongStatement_IsOurFault() =>
        Assert.False(
            DatabaseTrouble.Is(
                await Assert.ThrowsAnyAsync<NpgsqlException>(() => PostgresServer.ExecuteAsync("SELEC 1"))
            )
        );

    [Theory]
    [InlineData("PRAGMA query_only = on; CREATE TABLE x (y)")]
    [InlineData("CREATE TABLE x (y); PRAGMA max_page_count = 3; INSERT INTO x VALUES (zeroblob(1000000))")]
    public async Task Sqlite_FullOrReadOnly_IsTrouble(string sql)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Stop);
        var fault = await Assert.ThrowsAsync<SqliteException>(async () =>
        {
            foreach (var statement in sql.Split(';'))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = statement;
                await command.ExecuteScalarAsync(Stop);
            }
        });
        Assert.True(DatabaseTrouble.Is(fault), fault.ToString());
    }

    [Fact]
    public async Task AServerThatForgets_IsRefusedAtTheStart_UnlessAllowed()
    {
        const string setting = "synchronous_commit";
        await using var database = await TestDatabase.EmptyAsync(Provider.Postgres);
        await PostgresServer.ExecuteAsync($"ALTER DATABASE {database.Name} SET {setting} = off");

        var refused = await Assert.ThrowsAsync<StartRefused>(() => CheckAsync(null));
        Assert.Contains($"{setting} = off", refused.Message, StringComparison.Ordinal);
        await CheckAsync("true");
        await Assert.ThrowsAsync<StartRefused>(() => CheckAsync("maybe"));
        await PostgresServer.ExecuteAsync($"ALTER DATABASE {database.Name} RESET {setting}");
        await CheckAsync(null);

        Task CheckAsync(string? allow)
        {
            var settings = new ConfigurationBuilder()
                .AddInMemoryCollection(database.Settings)
                .AddInMemoryCollection([KeyValuePair.Create("Database:AllowUnsafe", allow)])
                .Build();
            return Durability.CheckAsync(DatabaseOptions.Read(settings, database.DataDirectory), settings, Stop);
        }
    }
}

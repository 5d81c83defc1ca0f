using EduUnion.Host.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Persistence;

public enum Provider
{
    Sqlite,
    Postgres,
}

public static class Databases
{
    /// <summary><c>[Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]</c></summary>
    public static TheoryData<Provider> Both => [Provider.Sqlite, Provider.Postgres];
}

/// <summary>
/// A database of one test, migrated unless asked otherwise, dropped at the end. It outlives every program started on
/// it: a restart is a second <see cref="Start"/>, another node two at once.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly List<ServiceProvider> _started = [];

    private TestDatabase(Provider provider)
    {
        Provider = provider;
        DataDirectory = Directory.CreateTempSubdirectory("eduunion-").FullName;
    }

    public Provider Provider { get; }

    public string Name { get; } = $"test_{Guid.NewGuid():N}";

    /// <summary>The program's data directory, empty but for the SQLite file.</summary>
    public string DataDirectory { get; }

    public string SqliteFile => Path.Combine(DataDirectory, "eduunion.db");

    /// <summary>What selects this database in a program's configuration; empty for SQLite.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    public static Task<TestDatabase> MigratedAsync(Provider provider) => CreateAsync(provider, Template.CopyAsync);

    public static Task<TestDatabase> EmptyAsync(Provider provider) => CreateAsync(provider, Template.CreateEmptyAsync);

    /// <summary>A program's services on this database, as Program registers them; disposed with the database.</summary>
    public ServiceProvider Start(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        services.AddEduUnionDatabase(configuration, DataDirectory);
        more?.Invoke(services);
        var started = services.BuildServiceProvider(validateScopes: true);
        _started.Add(started);
        return started;
    }

    /// <summary>A context of its own, on services of its own: it sees only what was committed.</summary>
    public EduUnionDb Open() => Start().CreateScope().ServiceProvider.GetRequiredService<EduUnionDb>();

    public async ValueTask DisposeAsync()
    {
        foreach (var started in _started)
            await started.DisposeAsync();
        if (Provider is Provider.Postgres)
            await PostgresServer.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
        else
            ClearPool();
        Directory.Delete(DataDirectory, recursive: true);
    }

    /// <summary>Closes SQLite's idle connections; the last to close folds the journal into the file.</summary>
    internal void ClearPool()
    {
        var options = DatabaseOptions.Read(new ConfigurationBuilder().Build(), DataDirectory);
        SqliteConnection.ClearPool(new SqliteConnection(options.ConnectionString));
    }

    private static async Task<TestDatabase> CreateAsync(Provider provider, Func<TestDatabase, Task> create)
    {
        var database = new TestDatabase(provider);
        if (provider is Provider.Postgres)
            database.Settings["ConnectionStrings:EduUnion"] = PostgresServer.ConnectionString(database.Name);
        await create(database);
        return database;
    }
}

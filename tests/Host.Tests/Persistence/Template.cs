using EduUnion.Host.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Persistence;

/// <summary>Migrating takes long, copying does not: one migrated database of each kind a run, copied for every test.</summary>
internal static class Template
{
    private static readonly Lazy<Task<TestDatabase>> Sqlite = new(() => MigrateAsync(Provider.Sqlite));
    private static readonly Lazy<Task<TestDatabase>> Postgres = new(() => MigrateAsync(Provider.Postgres));

    public static Task CreateEmptyAsync(TestDatabase database) =>
        database.Provider is Provider.Postgres
            ? PostgresServer.ExecuteAsync($"CREATE DATABASE {database.Name}")
            : Task.CompletedTask;

    public static async Task CopyAsync(TestDatabase database)
    {
        if (database.Provider is Provider.Postgres)
        {
            var template = await Postgres.Value;
            await PostgresServer.ExecuteAsync($"CREATE DATABASE {database.Name} TEMPLATE {template.Name}");
        }
        else
        {
            var template = await Sqlite.Value;
            File.Copy(template.SqliteFile, database.SqliteFile);
        }
    }

    private static async Task<TestDatabase> MigrateAsync(Provider provider)
    {
        var template = await TestDatabase.EmptyAsync(provider);
        await using (var program = template.Start())
        await using (var scope = program.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);

        template.ClearPool();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return template;
    }
}

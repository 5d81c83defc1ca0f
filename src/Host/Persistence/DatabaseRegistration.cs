using System.Data.Common;
using Npgsql;

namespace EduUnion.Host.Persistence;

public static class DatabaseRegistration
{
    /// <summary>
    /// Registers <see cref="EduUnionDb"/> (scoped), <see cref="Migrator"/> (scoped), <see cref="DatabaseOptions"/> and,
    /// on PostgreSQL, the one <see cref="NpgsqlDataSource"/> whose pool everything shares. Opens no connection.
    /// </summary>
    /// <exception cref="StartRefused">The configured connection string or the data directory is unusable.</exception>
    public static DatabaseOptions AddEduUnionDatabase(
        this IServiceCollection services,
        IConfiguration configuration,
        string dataDirectory
    )
    {
        var options = DatabaseOptions.Read(configuration, dataDirectory);
        services.AddSingleton(options);
        services.AddScoped<Migrator>();
        if (options.IsPostgres)
        {
            services.AddSingleton(_ => Source(options.ConnectionString));
            services.AddDbContextPool<EduUnionDb, PostgresDb>(
                (provider, db) => PostgresDb.Use(db, provider.GetRequiredService<NpgsqlDataSource>())
            );
        }
        else
            services.AddDbContextPool<EduUnionDb, SqliteDb>(db => SqliteDb.Use(db, options.ConnectionString));

        return options;
    }

    // Nothing here changes the settings of a database session, so there is nothing to reset when a connection goes back
    // to the pool: DISCARD ALL would be a statement a step for nothing. What is asked again and again is planned once a
    // connection: to plan the read of a step takes the server longer than to run it. A pooler between program and server
    // that cannot keep plans is told of with "Max Auto Prepare=0".
    private static NpgsqlDataSource Source(string connectionString)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString)
        {
            ConnectionStringBuilder = { NoResetOnClose = true },
        };
        var told = new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>();
        // The driver takes its words with and without blanks.
        if (!told.Any(word => word.Replace(" ", "").Equals("MaxAutoPrepare", StringComparison.OrdinalIgnoreCase)))
            source.ConnectionStringBuilder.MaxAutoPrepare = 100;
        return source.Build();
    }
}

using EduUnion.Host.CommandLine;
using EduUnion.Host.Seeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EduUnion.Benchmarks;

/// <summary>A throw-away database on the given server, with the demonstration district, and the program's own parts on it.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private Ground(
        string server,
        string name,
        string directory,
        string connection,
        WebApplication app,
        NpgsqlDataSource sql
    )
    {
        (_server, _name, DataDirectory, ConnectionString) = (server, name, directory, connection);
        (App, Sql) = (app, sql);
    }

    public string DataDirectory { get; }

    public string ConnectionString { get; }

    /// <summary>The program, built as for production and not started: no job and no mail takes part.</summary>
    public WebApplication App { get; }

    /// <summary>For everything that is not the program: bulk data, counters, the floor.</summary>
    public NpgsqlDataSource Sql { get; }

    public static async Task<Ground> OpenAsync(string server, CancellationToken cancellation)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}", cancellation);
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 150 };
        var directory = Directory.CreateTempSubdirectory("eduunion-bench-").FullName;
        await using (var first = Build(directory, connection.ToString(), "Development"))
        await using (var scope = first.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<FirstStart>().PrepareAsync(cancellation);
        // Prepared statements, and nothing sent to reset a connection: hand-written code would not do less.
        var floor = new NpgsqlConnectionStringBuilder(connection.ToString())
        {
            MaxAutoPrepare = 64,
            NoResetOnClose = true,
            CommandTimeout = 0,
        };
        var ground = new Ground(
            server,
            name,
            directory,
            connection.ToString(),
            Build(directory, connection.ToString(), "Production"),
            NpgsqlDataSource.Create(floor.ToString())
        );
        await ground.ExecuteAsync(
            "CREATE EXTENSION IF NOT EXISTS pg_stat_statements; CREATE EXTENSION IF NOT EXISTS pg_walinspect;",
            cancellation
        );
        return ground;
    }

    /// <summary>Another node on the same database.</summary>
    public WebApplication Another() => Build(DataDirectory, ConnectionString, "Production");

    /// <summary>One statement or several, without parameters.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = Sql.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row, params object[] values)
    {
        await using var command = Sql.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(row(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Sql.DisposeAsync();
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", CancellationToken.None);
        Directory.Delete(DataDirectory, recursive: true);
    }

    private static WebApplication Build(string directory, string connection, string environment) =>
        Program.Build(
            new StartOptions(directory)
            {
                Urls = "http://127.0.0.1:0",
                Settings =
                [
                    $"--environment={environment}",
                    $"--ConnectionStrings:EduUnion={connection}",
                    "--Jobs:Enabled=false",
                    "--DemonstrationCases=false",
                    "--Logging:LogLevel:Default=Warning",
                ],
            }
        );

    private static async Task ExecuteAsync(string server, string sql, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EduUnion.Faults;

/// <summary>
/// A PostgreSQL of this test alone, so that it may be stopped, and on a small disk in memory, so that it may be filled. The
/// disk needs root, as setting up the tests does.
/// </summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly SmallDisk _disk;
    private readonly string _data;
    private readonly int _port;

    private OwnPostgres(SmallDisk disk)
    {
        _disk = disk;
        _data = Path.Combine(disk.Path, "data");
        _port = FreePort();
    }

    public SmallDisk Disk => _disk;

    public static async Task<OwnPostgres> StartAsync(int megabytes)
    {
        var server = new OwnPostgres(await SmallDisk.MountAsync(megabytes));
        await Command.RunAsync("chmod", "755", server._disk.Path);
        await Command.RunAsync("install", "-d", "-o", "postgres", "-m", "700", server._data);
        // Reached from this machine only, for half a minute, and with nothing in it.
        await server.AsPostgresAsync(
            "initdb",
            "-D",
            server._data,
            "-U",
            "tests",
            "-A",
            "trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--wal-segsize=1"
        );
        await File.AppendAllTextAsync(
            Path.Combine(server._data, "postgresql.conf"),
            $"""

            listen_addresses = '127.0.0.1'
            port = {server._port}
            unix_socket_directories = ''
            max_wal_size = 24MB
            min_wal_size = 8MB
            shared_buffers = 32MB
            """
        );
        await server.StartAsync();
        return server;
    }

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Username = "tests",
            Database = database,
        }.ToString();

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public Task StartAsync() =>
        AsPostgresAsync(
            "pg_ctl",
            "-D",
            _data,
            "-s",
            "-w",
            "-t",
            "60",
            "-l",
            Path.Combine(_data, "server.log"),
            "start"
        );

    /// <param name="mode"><c>fast</c>: transactions are ended and everything is written; <c>immediate</c>: as a power cut.</param>
    public Task StopAsync(string mode) => AsPostgresAsync("pg_ctl", "-D", _data, "-s", "-w", "-m", mode, "stop");

    /// <summary>Whether it is there; a full disk may have ended it.</summary>
    public async Task<bool> IsUpAsync() =>
        await Command.CodeAsync("runuser", AsPostgres("pg_ctl", "-D", _data, "-s", "status")) == 0;

    public async ValueTask DisposeAsync()
    {
        if (await IsUpAsync())
            await StopAsync("immediate");
        await _disk.DisposeAsync();
    }

    private Task AsPostgresAsync(string program, params string[] arguments) =>
        Command.RunAsync("runuser", AsPostgres(program, arguments));

    private static string[] AsPostgres(string program, params string[] arguments)
    {
        var installed = Directory
            .GetDirectories("/usr/lib/postgresql")
            .OrderBy(d => int.Parse(System.IO.Path.GetFileName(d), System.Globalization.CultureInfo.InvariantCulture))
            .Last();
        return ["-u", "postgres", "--", System.IO.Path.Combine(installed, "bin", program), .. arguments];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

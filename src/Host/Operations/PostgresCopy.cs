using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using Npgsql;

namespace EduUnion.Host.Operations;

/// <summary>
/// PostgreSQL's own tools: one snapshot, while others write. Without Hangfire's records, which are only an alarm clock: an
/// old one must not ring. Passwords go by the environment, where no list of processes shows them.
/// </summary>
internal sealed class PostgresCopy(string connectionString) : IDatabaseCopy
{
    public string Name => "postgres";
    public string FileName => "eduunion.sql.gz";

    public async Task WriteAsync(string file, CancellationToken cancellation)
    {
        using var dump = Start("pg_dump", "--no-owner", "--no-privileges", "--exclude-schema=hangfire");
        var said = dump.StandardError.ReadToEndAsync(cancellation);
        await using (var target = new GZipStream(File.Create(file), CompressionLevel.Fastest))
            await dump.StandardOutput.BaseStream.CopyToAsync(target, cancellation);
        await EndedAsync(dump, said, cancellation);
    }

    public async Task RestoreAsync(string file, Guid hold, DateTimeOffset now, CancellationToken cancellation)
    {
        await RefuseFilledAsync(cancellation);
        using var psql = Start("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", "-");
        var said = psql.StandardError.ReadToEndAsync(cancellation);
        var told = psql.StandardOutput.ReadToEndAsync(cancellation);
        try
        {
            // Ours, and not psql's -1: that would also commit when we die half way and its input ends.
            await psql.StandardInput.WriteAsync("BEGIN;\n");
            await psql.StandardInput.FlushAsync(cancellation);
            await using (var source = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
                await source.CopyToAsync(psql.StandardInput.BaseStream, cancellation);
            // In the same transaction: a copy that is not held has never been there.
            await psql.StandardInput.WriteAsync(
                $"INSERT INTO public.outbox_holds (id, since) VALUES ('{hold}', '{now.UtcDateTime:O}');\nCOMMIT;\n"
            );
            psql.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has given up and says why below.
        }
        await EndedAsync(psql, said, cancellation);
        await told;
    }

    private async Task RefuseFilledAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var ask = new NpgsqlCommand(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'",
            connection
        );
        if (await ask.ExecuteScalarAsync(cancellation) is not 0L)
            throw new StartRefused($"Database {connection.Database} is not empty; restore into a new one.");
    }

    private Process Start(string program, params string[] arguments)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        if (to.Host!.Contains(',', StringComparison.Ordinal) || to.Host.Contains(':', StringComparison.Ordinal))
            throw new StartRefused($"{program} needs one Host and its Port; the connection string names {to.Host}.");
        var start = new ProcessStartInfo(program, [.. arguments, "--no-password"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = $"{to.Port}";
        start.Environment["PGDATABASE"] = to.Database;
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGPASSWORD"] = to.Password;
        start.Environment["PGCLIENTENCODING"] = "UTF8";
        start.Environment["PGSSLMODE"] = to.SslMode switch
        {
            SslMode.Disable => "disable",
            SslMode.Allow => "allow",
            SslMode.Require => "require",
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            _ => "prefer",
        };
        foreach (
            var (name, value) in new[]
            {
                ("PGSSLROOTCERT", to.RootCertificate),
                ("PGSSLCERT", to.SslCertificate),
                ("PGSSLKEY", to.SslKey),
                ("PGPASSFILE", to.Passfile),
            }
        )
            if (value is not null)
                start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception cause)
        {
            throw new StartRefused(
                $"{program} is not here: install PostgreSQL's client programs, of the server's version or a later one.",
                cause
            );
        }
    }

    private static async Task EndedAsync(Process process, Task<string> said, CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new StartRefused($"{process.StartInfo.FileName} failed: {(await said).Trim()}");
    }
}

namespace EduUnion.Benchmarks;

/// <summary>What the server counted in our database since the last look.</summary>
internal sealed class Meter(Ground ground)
{
    private Counted _before = new(0, 0, "0/0");

    public long Commits { get; private set; }

    /// <summary>Without BEGIN and COMMIT.</summary>
    public long Statements { get; private set; }

    /// <summary>All that the server wrote meanwhile but the images of full pages, so nobody else may work on it.</summary>
    public decimal WalBytes { get; private set; }

    public async Task StartAsync() => _before = await CountAsync();

    public async Task StopAsync()
    {
        var after = await CountAsync();
        Commits += after.Commits - _before.Commits;
        Statements += after.Statements - _before.Statements;
        WalBytes += (
            await ground.ReadAsync(
                "SELECT coalesce(sum(record_size), 0) FROM pg_get_wal_stats($1::text::pg_lsn, $2::text::pg_lsn)",
                row => row.GetDecimal(0),
                _before.Wal,
                after.Wal
            )
        )[0];
    }

    private async Task<Counted> CountAsync() =>
        (
            await ground.ReadAsync(
                """
                SELECT coalesce(sum(calls) FILTER (WHERE query = 'COMMIT'), 0)::bigint,
                       coalesce(sum(calls) FILTER (WHERE query <> 'COMMIT' AND query NOT LIKE 'BEGIN%'), 0)::bigint,
                       pg_current_wal_flush_lsn()::text
                FROM pg_stat_statements
                WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND query NOT LIKE '%pg_stat_%' AND query NOT LIKE '%pg_get_wal%' AND query NOT LIKE '%pg_current_wal%'
                """,
                row => new Counted(row.GetInt64(0), row.GetInt64(1), row.GetString(2))
            )
        )[0];

    private sealed record Counted(long Commits, long Statements, string Wal);
}

namespace EduUnion.Benchmarks;

/// <summary>What the server counted in our database since the last look.</summary>
internal sealed class Meter(Ground ground)
{
    private Counted _before = new(0, 0, 0, 0);

    public long Commits { get; private set; }

    /// <summary>Without BEGIN and COMMIT.</summary>
    public long Statements { get; private set; }

    /// <summary>Without full-page images, whose size is the mean of those last written for our database.</summary>
    public double WalBytes { get; private set; }

    public async Task StartAsync() => _before = await CountAsync();

    public async Task StopAsync()
    {
        var after = await CountAsync();
        Commits += after.Commits - _before.Commits;
        Statements += after.Statements - _before.Statements;
        var images = after.Images - _before.Images;
        WalBytes += after.Wal - _before.Wal - images * (images == 0 ? 0 : await MeanImageAsync());
    }

    // Over the last stretch only: older WAL may be gone. No image is larger than a page.
    private async Task<double> MeanImageAsync() =>
        (
            await ground.ReadAsync(
                """
                SELECT least(8192, coalesce(avg(fpi_length), 8192))::float8
                FROM pg_get_wal_records_info(pg_current_wal_flush_lsn() - 4194304, pg_current_wal_flush_lsn())
                WHERE fpi_length > 0
                  AND block_ref LIKE '%/' || (SELECT oid FROM pg_database WHERE datname = current_database()) || '/%'
                """,
                row => row.GetDouble(0)
            )
        )[0];

    private async Task<Counted> CountAsync() =>
        (
            await ground.ReadAsync(
                """
                SELECT coalesce(sum(calls) FILTER (WHERE query = 'COMMIT'), 0)::bigint,
                       coalesce(sum(calls) FILTER (WHERE query <> 'COMMIT' AND query NOT LIKE 'BEGIN%'), 0)::bigint,
                       coalesce(sum(wal_bytes), 0)::bigint,
                       coalesce(sum(wal_fpi), 0)::bigint
                FROM pg_stat_statements
                WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND query NOT LIKE '%pg_stat_%' AND query NOT LIKE '%pg_get_wal%' AND query NOT LIKE '%pg_current_wal%'
                """,
                row => new Counted(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))
            )
        )[0];

    private sealed record Counted(long Commits, long Statements, long Wal, long Images);
}

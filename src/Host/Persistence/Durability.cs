using Npgsql;

namespace EduUnion.Host.Persistence;

/// <summary>
/// What was acknowledged must survive a power cut: a PostgreSQL that answers before the disk has it may lose decisions and
/// payments that people were told of, or wake up with torn pages. Such a server is refused at the start.
/// </summary>
public static class Durability
{
    private const string Setting = "Database:AllowUnsafe";

    private static readonly Dictionary<string, string> Why = new()
    {
        ["fsync"] = "after a power cut the whole database may be unreadable",
        ["full_page_writes"] = "a power cut in the middle of a page leaves it torn for ever",
        ["synchronous_commit"] = "a crash loses decisions that people were told are recorded",
    };

    /// <exception cref="StartRefused">A setting that durability rests on is off, and nobody has said that it may be.</exception>
    public static async Task CheckAsync(
        DatabaseOptions options,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        if (!bool.TryParse(configuration[Setting] ?? bool.FalseString, out var allowed))
            throw new StartRefused($"{Setting} is neither true nor false.");
        if (!options.IsPostgres || allowed)
            return;
        List<string> off;
        try
        {
            off = await OffAsync(options.ConnectionString, cancellation);
        }
        catch (NpgsqlException cause)
        {
            throw new StartRefused($"{options} cannot be opened: {cause.Message}", cause);
        }
        if (off.Count > 0)
            throw new StartRefused(
                $"{options} runs with "
                    + string.Join("; ", off.Select(name => $"{name} = off: {Why[name]}"))
                    + $". Turn it on, or set {Setting}=true where nothing matters that is lost."
            );
    }

    private static async Task<List<string>> OffAsync(string connectionString, CancellationToken cancellation)
    {
        // Asked of a session as it begins now, not of one from the pool.
        var fresh = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(fresh.ToString());
        await connection.OpenAsync(cancellation);
        await using var ask = new NpgsqlCommand(
            "SELECT name FROM pg_settings WHERE setting = 'off' AND name = ANY ($1) ORDER BY name",
            connection
        )
        {
            Parameters = { new NpgsqlParameter { Value = Why.Keys.ToArray() } },
        };
        await using var rows = await ask.ExecuteReaderAsync(cancellation);
        var off = new List<string>();
        while (await rows.ReadAsync(cancellation))
            off.Add(rows.GetString(0));
        return off;
    }
}

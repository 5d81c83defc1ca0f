using Microsoft.Data.Sqlite;
using Npgsql;

namespace EduUnion.Host.Persistence;

/// <summary>Which database this program works on. As text it names the place and never the password.</summary>
public sealed class DatabaseOptions
{
    private const string Key = "ConnectionStrings:EduUnion";

    private readonly string _place;

    private DatabaseOptions(string connectionString, string place, bool isPostgres)
    {
        ConnectionString = connectionString;
        IsPostgres = isPostgres;
        _place = place;
    }

    /// <summary>Holds the password, if there is one: for opening connections only.</summary>
    public string ConnectionString { get; }

    public bool IsPostgres { get; }

    /// <exception cref="StartRefused">The configured value is not a usable connection string.</exception>
    public static DatabaseOptions Read(IConfiguration configuration, string dataDirectory) =>
        configuration[Key] is { } configured ? Postgres(configured) : Sqlite(dataDirectory);

    public override string ToString() => _place;

    private static DatabaseOptions Sqlite(string dataDirectory)
    {
        try
        {
            var file = Path.Combine(Directory.CreateDirectory(dataDirectory).FullName, "eduunion.db");
            var connection = new SqliteConnectionStringBuilder
            {
                DataSource = file,
                ForeignKeys = true,
                DefaultTimeout = 30,
            };
            return new DatabaseOptions(connection.ToString(), $"SQLite {file}", isPostgres: false);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The data directory {dataDirectory} cannot be used: {cause.Message}", cause);
        }
    }

    private static DatabaseOptions Postgres(string configured)
    {
        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(configured);
        }
        // The cause is dropped on purpose: its message may repeat a part of the value, and so of the password.
        catch (Exception cause) when (cause is ArgumentException or FormatException or InvalidCastException)
        {
            throw new StartRefused(
                $"{Key} is not a PostgreSQL connection string (Host=…;Database=…;Username=…;Password=…)."
            );
        }

        if (string.IsNullOrWhiteSpace(connection.Host))
            throw new StartRefused(
                $"{Key} names no Host; give a PostgreSQL connection string, or remove the setting to use SQLite."
            );
        if (string.IsNullOrWhiteSpace(connection.Database))
            throw new StartRefused($"{Key} names no Database.");

        var place = $"PostgreSQL {connection.Database} at {connection.Host}:{connection.Port}";
        return new DatabaseOptions(connection.ToString(), place, isPostgres: true);
    }
}

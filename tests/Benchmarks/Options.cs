using System.CommandLine;

namespace EduUnion.Benchmarks;

internal static class Options
{
    public static Option<string> Postgres() =>
        new("--postgres")
        {
            Description =
                "Connection string of a PostgreSQL server; its user makes and drops a database. pg_stat_statements must be preloaded.",
            HelpName = "CONNECTION",
            Required = true,
        };

    public static Option<bool> Json() => new("--json") { Description = "One JSON object instead of lines." };

    public static Option<int> Number(string name, int usual, string says) =>
        new(name)
        {
            Description = says,
            DefaultValueFactory = _ => usual,
            HelpName = "N",
        };
}

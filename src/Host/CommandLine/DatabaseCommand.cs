using System.CommandLine;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;

namespace EduUnion.Host.CommandLine;

/// <summary><c>database migrate</c>: what the first start does, on its own.</summary>
internal static class DatabaseCommand
{
    public static Command Create(Shell shell)
    {
        var migrate = new Command("migrate", "Brings the database to this program's schema and loads reference data.");
        migrate.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(
                    line,
                    async services =>
                    {
                        await services.GetRequiredService<FirstStart>().LoadReferenceAsync(cancellation);
                        Console.WriteLine($"{services.GetRequiredService<DatabaseOptions>()} is up to date.");
                        return 0;
                    }
                )
        );
        return new Command("database", "The database.") { migrate };
    }
}

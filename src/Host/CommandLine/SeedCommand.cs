using System.CommandLine;
using EduUnion.Host.Seeds;

namespace EduUnion.Host.CommandLine;

/// <summary><c>seed demo</c>: the fictional district, never in production.</summary>
internal static class SeedCommand
{
    public static Command Create(Shell shell)
    {
        var demo = new Command("demo", "Loads the fictional district into an empty database; never in production.");
        demo.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(
                    line,
                    async services =>
                    {
                        var loaded = await services
                            .GetRequiredService<FirstStart>()
                            .LoadDemonstrationAsync(cancellation);
                        Console.WriteLine(
                            loaded
                                ? "The demonstration district is loaded."
                                : "Nothing loaded: there are organisations already."
                        );
                        return 0;
                    }
                )
        );
        return new Command("seed", "Data to begin with.") { demo };
    }
}

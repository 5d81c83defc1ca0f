using System.CommandLine;

namespace EduUnion.Benchmarks;

internal static class Entry
{
    public static Task<int> Main(string[] args) =>
        new RootCommand("What things cost, beside hand-written SQL that makes the same writes in the same run.")
        {
            DecisionsCommand.Create(),
            SweepCommand.Create(),
            GrowthCommand.Create(),
            HttpCommand.Create(),
            StartCommand.Create(),
        }
            .Parse(args)
            .InvokeAsync();
}

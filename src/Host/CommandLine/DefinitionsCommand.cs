using System.CommandLine;

namespace EduUnion.Host.CommandLine;

/// <summary><c>definitions check</c> and <c>definitions run</c>: for people who draw processes, without a database.</summary>
public static class DefinitionsCommand
{
    public static Command Create() =>
        new("definitions", "Checks and runs Elsa 3 workflow definitions without a database.")
        {
            DefinitionsCheck.Create(),
            DefinitionsRun.Create(),
        };
}

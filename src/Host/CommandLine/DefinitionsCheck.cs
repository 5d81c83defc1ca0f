using System.CommandLine;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;

namespace EduUnion.Host.CommandLine;

/// <summary>Prints what is wrong with documents: exit 0 when sound, 1 when not, 2 when one cannot be read.</summary>
internal static class DefinitionsCheck
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Elsa 3 definition documents; those that they start or embed may stand beside them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("check", "Prints findings (path: code: sentence).") { files };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string[] files, TextWriter output)
    {
        if (DefinitionsFiles.Read(files, output) is not { } read)
            return DefinitionsFiles.Unreadable;
        var set = DefinitionsFiles.Set(read.Select(r => r.Definition));
        var sound = true;
        foreach (var (file, definition) in read)
        foreach (var finding in DefinitionChecker.Check(definition, set, StepCatalogue.Shipped))
        {
            output.WriteLine($"{file}#{finding}");
            sound = false;
        }
        return sound ? DefinitionsFiles.Sound : DefinitionsFiles.Unsound;
    }
}

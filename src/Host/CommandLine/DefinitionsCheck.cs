using System.CommandLine;
using System.Globalization;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;

namespace EduUnion.Host.CommandLine;

/// <summary>Prints what is wrong with documents, and how many states were tried out: exit 0 when sound, 1 when not, 2 when one cannot be read.</summary>
internal static class DefinitionsCheck
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Elsa 3 definition documents; those that they start or embed may stand beside them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("check", "Prints findings (path: code: sentence) and how much was tried out.")
        {
            files,
        };
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
        {
            var began = TimeProvider.System.GetTimestamp();
            var proof = DefinitionChecker.Prove(definition, set, StepCatalogue.Shipped);
            var took = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            foreach (var finding in proof.Findings)
                output.WriteLine($"{file}#{finding}");
            sound &= proof.IsSound;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{definition.DefinitionId} {definition.Version}: {Verdict(proof)}; {Tried(proof)}; {took:0.00} s"
                )
            );
        }
        return sound ? DefinitionsFiles.Sound : DefinitionsFiles.Unsound;
    }

    private static string Verdict(Proof proof) => proof.IsSound ? "sound" : $"{proof.Findings.Length} findings";

    // What its steps can answer must be known before anything can be tried.
    private static string Tried(Proof proof) =>
        proof.States == 0 ? "not tried out" : $"{proof.States} states, bound {proof.Bound}";
}

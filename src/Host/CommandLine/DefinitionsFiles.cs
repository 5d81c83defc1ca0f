using System.Collections.Immutable;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.CommandLine;

/// <summary>Definition documents given on the command line.</summary>
internal static class DefinitionsFiles
{
    public const int Sound = 0;
    public const int Unsound = 1;
    public const int Unreadable = 2;

    /// <summary>Reads every file on its own and prints what keeps one from being a definition.</summary>
    /// <returns>Null when a file is missing or unreadable.</returns>
    public static List<(string File, Definition Definition)>? Read(IReadOnlyList<string> files, TextWriter output) =>
        Exist(files, output) ? Sorted(files, [.. Texts(files).Select(DefinitionReader.Read)], output) : null;

    /// <summary>As <see cref="Read"/>, for documents that use each other as activities, with Elsa's leniency.</summary>
    public static List<(string File, Definition Definition)>? ReadTogether(
        IReadOnlyList<string> files,
        TextWriter output
    ) => Exist(files, output) ? Sorted(files, DefinitionReader.ReadTogether([.. Texts(files)]), output) : null;

    private static IEnumerable<string> Texts(IEnumerable<string> files) => files.Select(f => File.ReadAllText(f));

    private static bool Exist(IReadOnlyList<string> files, TextWriter output)
    {
        var missing = files.Where(f => !File.Exists(f)).ToList();
        foreach (var file in missing)
            output.WriteLine($"{file}: file.missing: There is no such file.");
        return missing.Count == 0;
    }

    private static List<(string, Definition)>? Sorted(
        IReadOnlyList<string> files,
        ImmutableArray<Reading> readings,
        TextWriter output
    )
    {
        var all = files.Zip(readings).ToList();
        foreach (var (file, reading) in all)
        foreach (var finding in reading.Findings)
            output.WriteLine($"{file}#{finding}");
        return all.All(r => r.Second.Definition is not null)
            ? [.. all.Select(r => (r.First, r.Second.Definition!))]
            : null;
    }

    /// <summary>The shipped definitions and those given, which come first where both have one.</summary>
    public static DefinitionSet Set(IEnumerable<Definition> given)
    {
        var list = given.ToList();
        var ids = list.Select(d => d.DefinitionId).ToHashSet();
        return DefinitionSet.Of(DefinitionSet.Shipped.All.Where(d => !ids.Contains(d.DefinitionId)).Concat(list));
    }
}

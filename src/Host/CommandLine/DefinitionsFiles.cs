using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.CommandLine;

/// <summary>Definition documents given on the command line.</summary>
internal static class DefinitionsFiles
{
    public const int Sound = 0;
    public const int Unsound = 1;
    public const int Unreadable = 2;

    /// <summary>Reads every file and prints what keeps one from being a definition.</summary>
    /// <returns>Null when a file is missing or unreadable.</returns>
    public static List<(string File, Definition Definition)>? Read(IEnumerable<string> files, TextWriter output)
    {
        var read = new List<(string, Definition)>();
        var unreadable = false;
        foreach (var file in files)
            if (!File.Exists(file))
            {
                output.WriteLine($"{file}: file.missing: There is no such file.");
                unreadable = true;
            }
            else if (DefinitionReader.Read(File.ReadAllText(file)) is { Definition: { } definition })
                read.Add((file, definition));
            else
            {
                foreach (var finding in DefinitionReader.Read(File.ReadAllText(file)).Findings)
                    output.WriteLine($"{file}#{finding}");
                unreadable = true;
            }
        return unreadable ? null : read;
    }

    /// <summary>The shipped definitions and those given, which come first where both have one.</summary>
    public static DefinitionSet Set(IEnumerable<Definition> given)
    {
        var list = given.ToList();
        var ids = list.Select(d => d.DefinitionId).ToHashSet();
        return DefinitionSet.Of(DefinitionSet.Shipped.All.Where(d => !ids.Contains(d.DefinitionId)).Concat(list));
    }
}

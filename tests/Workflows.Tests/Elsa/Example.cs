using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Elsa;

/// <summary>The example documents and the traces that a real Elsa gave for them.</summary>
public static class Example
{
    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Example).Assembly.GetManifestResourceStream($"Elsa/{name}")!);
        return reader.ReadToEnd();
    }

    public static Definition Definition(string name)
    {
        var reading = DefinitionReader.Read(Text(name));
        Assert.Empty(reading.Findings);
        return reading.Definition!;
    }

    public static DefinitionSet Documents(params IEnumerable<string> names) =>
        DefinitionSet.Of(names.Select(Definition));

    public static IEnumerable<string> TraceNames =>
        typeof(Example)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".trace.json", StringComparison.Ordinal))
            .Select(n => n["Elsa/".Length..])
            .Order();

    public static JsonElement Trace(string name) => JsonElement.Parse(Text(name));
}

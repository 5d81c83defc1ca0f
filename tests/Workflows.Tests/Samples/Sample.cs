using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Tests.Samples;

/// <summary>
/// Small documents with what Elsa writes for them in each mode: the first one runs, the others are what it uses. Expected
/// lines come from Elsa's own tests of the same shapes where there are any, else from its sources.
/// </summary>
public sealed class Sample
{
    private readonly JsonElement _json;

    private Sample(JsonElement json) => _json = json;

    public static IEnumerable<string> Names =>
        typeof(Sample)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("Samples/", StringComparison.Ordinal))
            .Select(n => n["Samples/".Length..^".json".Length])
            .Order(StringComparer.Ordinal);

    public static Sample Of(string name)
    {
        using var reader = new StreamReader(typeof(Sample).Assembly.GetManifestResourceStream($"Samples/{name}.json")!);
        return new(JsonElement.Parse(reader.ReadToEnd()));
    }

    public ImmutableArray<Definition> Definitions()
    {
        var documents = _json.GetProperty("documents").EnumerateArray().Select(d => d.GetRawText()).ToList();
        var readings = DefinitionReader.ReadTogether(documents);
        Assert.Empty(readings.SelectMany(r => r.Findings));
        return [.. readings.Select(r => r.Definition!)];
    }

    public ImmutableDictionary<string, JsonElement> Input =>
        _json.TryGetProperty("input", out var input)
            ? input.EnumerateObject().ToImmutableDictionary(p => p.Name, p => p.Value)
            : ImmutableDictionary<string, JsonElement>.Empty;

    public IEnumerable<ReadyResult> Results =>
        _json.TryGetProperty("results", out var results)
            ? results
                .EnumerateArray()
                .Select(r => new ReadyResult(r.GetProperty("task").GetString()!, r.GetProperty("result")))
            : [];

    /// <summary>False where Elsa never comes to an end.</summary>
    public bool Has(FlowMode mode) => _json.TryGetProperty(Key(mode), out _);

    public IEnumerable<string> Lines(FlowMode mode) =>
        Of(mode).GetProperty("lines").EnumerateArray().Select(l => l.GetString()!);

    /// <summary>How the run ends: <c>Finished</c>, <c>Faulted</c> or <c>blocked</c>.</summary>
    public string End(FlowMode mode) => Of(mode).GetProperty("end").GetString()!;

    private JsonElement Of(FlowMode mode) => _json.GetProperty(Key(mode));

    private static string Key(FlowMode mode) => mode == FlowMode.Token ? "token" : "counter";
}

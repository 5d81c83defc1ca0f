using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>A definition, or what keeps the document from being one. Never both.</summary>
public sealed record Reading(Definition? Definition, ImmutableArray<Finding> Findings);

/// <summary>
/// Reads Elsa 3 workflow-definition documents. Refuses what Elsa imports and then drops or faults on: unknown activity
/// types, dangling connections, references to nothing, scripts and payloads that do not parse.
/// </summary>
public static class DefinitionReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>Reads one document.</summary>
    public static Reading Read(string json) => Parse(json, d => Read(d, json, NoTypes, references: true));

    /// <summary>
    /// Reads documents that know each other: one whose <c>usableAsActivity</c> is true gives its name, in Pascal case, as an
    /// activity type to the others. As in Elsa, a reference to a variable, input or output that is not there is left to
    /// fault when it is reached.
    /// </summary>
    /// <returns>A reading for each document, in their order.</returns>
    public static ImmutableArray<Reading> ReadTogether(IReadOnlyList<string> documents)
    {
        var types = new Dictionary<string, string>();
        foreach (var json in documents)
            Parse(
                json,
                d =>
                {
                    if (IsUsable(d) && d.Text("name") is { } name && d.Text("definitionId") is { } id)
                        types[ActivityTypeOf(name)] = id;
                    return new(null, []);
                }
            );
        return [.. documents.Select(json => Parse(json, d => Read(d, json, types, references: false)))];
    }

    /// <summary>The activity type under which a definition of this name is used.</summary>
    public static string ActivityTypeOf(string name) => Naming.Pascal(name);

    private static readonly Dictionary<string, string> NoTypes = [];

    private static Reading Parse(string json, Func<JsonElement, Reading> read)
    {
        try
        {
            return read(JsonElement.Parse(json.TrimStart('\uFEFF'), Options));
        }
        catch (JsonException e)
        {
            return new(null, [new("", "json.unreadable", $"The document is not JSON: {e.Message}")]);
        }
    }

    private static Reading Read(JsonElement document, string text, Dictionary<string, string> types, bool references)
    {
        var findings = new Findings();
        if (document.ValueKind != JsonValueKind.Object)
            return new(null, [new("", "document.shape", "A definition document is a JSON object.")]);
        if (!document.TryGetProperty("root", out var rootJson) || rootJson.ValueKind != JsonValueKind.Object)
            return new(null, [new("/root", "document.root-missing", "The document has no root activity.")]);

        var definitionId = document.Text("definitionId");
        if (definitionId is null)
            findings.Add("/definitionId", "document.id-missing", "The document has no definitionId.");
        var root = new ActivityReader(findings, types).Read(rootJson, "/root");
        var variables = VariableReader.Declared(document, "", findings);
        if (root is null || definitionId is null)
            return new(null, findings.All);

        var options = document.Child("options");
        var definition = new Definition
        {
            Id = document.Text("id") ?? definitionId,
            DefinitionId = definitionId,
            Version =
                document.Child("version") is { ValueKind: JsonValueKind.Number } v && v.TryGetInt32(out var n) ? n : 1,
            Name = document.Text("name") ?? definitionId,
            Description = document.Text("description") ?? "",
            Variables = variables,
            Inputs = Arguments(document, "inputs"),
            Outputs = Arguments(document, "outputs"),
            Outcomes = [.. document.Items("outcomes").Select(Values.Text)],
            UsableAsActivity = IsUsable(document),
            Incidents = Strategy(options.Text("incidentStrategyType")),
            Root = root,
            Activities = Index(root, findings),
            Document = document,
            Text = text,
        };
        if (findings.None && references)
            ReferenceCheck.Run(definition, findings);
        return findings.None ? new(definition, []) : new(null, findings.All);
    }

    // Older files carry the flag at top level.
    private static bool IsUsable(JsonElement document) =>
        Values.IsTrue(document.Child("options").Child("usableAsActivity"))
        || Values.IsTrue(document.Child("usableAsActivity"));

    private static ImmutableArray<Argument> Arguments(JsonElement document, string property) =>
        [
            .. document
                .Items(property)
                .Select(a => new Argument(
                    a.Text("name") ?? "",
                    a.Text("type") ?? "Object",
                    Values.IsTrue(a.Child("isArray"))
                )),
        ];

    private static IncidentStrategy Strategy(string? type) =>
        type is null ? IncidentStrategy.Ours
        : type.Contains("ContinueWithIncidents", StringComparison.Ordinal) ? IncidentStrategy.Continue
        : type.Contains("FaultStrategy", StringComparison.Ordinal) ? IncidentStrategy.Fault
        : IncidentStrategy.Ours;

    private static FrozenDictionary<string, Activity> Index(Activity root, Findings findings)
    {
        var found = new Dictionary<string, Activity>();
        Add(root);
        return found.ToFrozenDictionary();

        void Add(Activity activity)
        {
            if (!found.TryAdd(activity.Id, activity))
                findings.Add(
                    activity.Path,
                    "activity.id-duplicate",
                    $"The id '{activity.Id}' is also that of {found[activity.Id].Path}."
                );
            foreach (var child in activity.Nested)
                Add(child);
        }
    }
}

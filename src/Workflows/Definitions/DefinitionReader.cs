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

    public static Reading Read(string json)
    {
        try
        {
            return Read(JsonElement.Parse(json.TrimStart('\uFEFF'), Options), json);
        }
        catch (JsonException e)
        {
            return new(null, [new("", "json.unreadable", $"The document is not JSON: {e.Message}")]);
        }
    }

    private static Reading Read(JsonElement document, string text)
    {
        var findings = new Findings();
        if (document.ValueKind != JsonValueKind.Object)
            return new(null, [new("", "document.shape", "A definition document is a JSON object.")]);
        if (!document.TryGetProperty("root", out var rootJson) || rootJson.ValueKind != JsonValueKind.Object)
            return new(null, [new("/root", "document.root-missing", "The document has no root activity.")]);

        var definitionId = document.Text("definitionId");
        if (definitionId is null)
            findings.Add("/definitionId", "document.id-missing", "The document has no definitionId.");
        var root = new ActivityReader(findings).Read(rootJson, "/root");
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
            UsableAsActivity = Values.IsTrue(options.Child("usableAsActivity")),
            Incidents = Strategy(options.Text("incidentStrategyType")),
            Root = root,
            Activities = Index(root, findings),
            Document = document,
            Text = text,
        };
        if (findings.None)
            ReferenceCheck.Run(definition, findings);
        return findings.None ? new(definition, []) : new(null, findings.All);
    }

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

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using static EduUnion.Workflows.Engine.Engine;

namespace EduUnion.Workflows.Tests.Golden;

/// <summary>
/// A family as it was saved while certain steps were open, and what every answer led to then. Cases that run today lie in
/// databases in this form; a later program must go on with them in the same way.
/// </summary>
public sealed record History(string Family, IReadOnlyDictionary<string, string> Then)
{
    private const string Folder = "Golden/";

    public static IEnumerable<string> Names =>
        typeof(History)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n => n[Folder.Length..^".json".Length])
            .Order(StringComparer.Ordinal);

    public static string NameOf(Definition definition) => $"{definition.DefinitionId}-{definition.Version}";

    public static IReadOnlyList<History> Of(string name)
    {
        using var file = new StreamReader(typeof(History).Assembly.GetManifestResourceStream($"{Folder}{name}.json")!);
        return
        [
            .. JsonElement
                .Parse(file.ReadToEnd())
                .EnumerateArray()
                .Select(h => new History(
                    h.GetProperty("family").GetRawText(),
                    h.GetProperty("then").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!)
                )),
        ];
    }

    /// <summary>For every step that a case of this definition can have open, the first situation in which it is.</summary>
    public static IEnumerable<History> Record(Definition definition, DefinitionSet definitions)
    {
        var exploration = new Exploration(definition, definitions, StepCatalogue.Shipped);
        exploration.Run();
        var recorded = new HashSet<string>();
        foreach (var state in exploration.States.Where(s => !s.Failed))
        {
            var steps = Open(definitions, state.Family);
            if (steps.Count(s => recorded.Add(Name(state.Family, s))) > 0)
                yield return new History(FamilyJson.Write(state.Family), Answers(definitions, state.Family));
        }
    }

    /// <summary>One line a history, so that a difference shows which.</summary>
    public static string Write(IEnumerable<History> histories) =>
        "[\n"
        + string.Join(
            ",\n",
            histories.Select(h =>
                new JsonObject
                {
                    ["then"] = new JsonObject(h.Then.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
                    ["family"] = JsonNode.Parse(h.Family),
                }.ToJsonString()
            )
        )
        + "\n]\n";

    /// <summary>What every answer to every open step leads to: steps opened and closed, ends, incidents.</summary>
    public static IReadOnlyDictionary<string, string> Answers(DefinitionSet definitions, Family family)
    {
        var then = new Dictionary<string, string>();
        foreach (var step in Open(definitions, family))
        foreach (var outcome in step.Payload.GetProperty("outcomes").EnumerateArray().Select(o => o.GetString()!))
        {
            var answer = new Stimulus.Answer(step.Step, new StepResult(outcome, Routing(step.Name)));
            var effects = Run(definitions, family, answer, Exploration.Now).Effects;
            then[$"{Name(family, step)}={outcome}"] = string.Join(' ', effects.Select(Said).OfType<string>());
        }
        return then;
    }

    private static List<Effect.OpenStep> Open(DefinitionSet definitions, Family family) =>
        [
            .. family
                .Instances.SelectMany(i =>
                    i.Activities.Select(a => definitions.Find(i.DefinitionId, i.Version)!.Activities[a])
                )
                .Select(a => a.Literal("taskName"))
                .OfType<string>()
                .Distinct()
                .SelectMany(name => OpenSteps.Named(definitions, family, name)),
        ];

    private static string Name(Family family, Effect.OpenStep step) =>
        $"{family.Find(step.Instance)!.DefinitionId}#{step.Activity}";

    // One item stands for any number.
    private static ImmutableDictionary<string, JsonElement> Routing(string step) =>
        ImmutableDictionary.CreateRange(
            StepCatalogue
                .Shipped.Find(step)!
                .Routing.Select(r =>
                    KeyValuePair.Create(r.Name, JsonElement.Parse(r.IsIdList ? """["a"]""" : $"\"{r.Domain[0]}\""))
                )
        );

    private static string? Said(Effect effect) =>
        effect switch
        {
            Effect.Started started => $"start:{started.DefinitionId}",
            Effect.OpenStep open => open.Activity,
            Effect.CloseStep close => $"close:{close.Activity}",
            Effect.ArmTimer timer => $"timer:{timer.Activity}",
            Effect.Ended ended => $"{ended.Status}:{ended.DefinitionId}:{ended.Outcome}",
            Effect.Incident incident => $"incident:{incident.Activity}",
            Effect.Trace { What: "ignored" } => "ignored",
            _ => null,
        };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using EduUnion.Host.Web;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Definitions;

/// <summary>What differs between two versions of a definition, in plain words of the request's language.</summary>
public sealed class DifferenceWords(Texts texts, DefinitionWords words)
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public string Name(ActivityChange change) => words.Activity(change.Activity);

    /// <summary>A sentence for each part that changed; of an added or removed step, who does what.</summary>
    public IReadOnlyList<string> Says(ActivityChange change) =>
        change.Kind == ChangeKind.Changed
            ? [.. change.Aspects.SelectMany(a => Says(change, a)).Distinct()]
            : [.. Whole(change.Activity)];

    /// <summary>Of the definition itself.</summary>
    public string Sentence(Aspect aspect) => Raw(aspect);

    /// <summary>Where an arrow leads, and on which outcome.</summary>
    public string Sentence(Passage way, Definition definition)
    {
        var (from, to) = (
            words.Activity(definition.Activities[way.From]),
            words.Activity(definition.Activities[way.To])
        );
        return way.Port == "Done"
            ? texts["difference.way", from, to]
            : texts["difference.way.port", from, words.Port(way.Port) ?? way.Port, to];
    }

    private IEnumerable<string> Whole(Activity activity)
    {
        if (activity.Static("payload") is null)
            yield break;
        var payload = PayloadOf(activity);
        var task = activity.Literal("taskName") ?? activity.Id;
        var kind = StepCatalogue.Shipped.Find(task)?.Kind;
        yield return Part("payload.who", words.Who(payload.Who, kind));
        yield return Part("payload.outcomes", Outcomes(task, payload.Outcomes));
        if (payload.Who is not null)
            yield return Part("payload.policy", words.Policy(payload.Policy));
        if (payload.Clock is { } clock)
            yield return Part("payload.clock", words.Clock(task, clock));
    }

    private IEnumerable<string> Says(ActivityChange change, Aspect aspect)
    {
        if (!aspect.Name.StartsWith("payload.", StringComparison.Ordinal))
        {
            yield return Raw(aspect);
            yield break;
        }
        var (was, now) = (PayloadOf(change.Before!), PayloadOf(change.After!));
        var task = change.Activity.Literal("taskName") ?? change.Activity.Id;
        var kind = StepCatalogue.Shipped.Find(task)?.Kind;
        switch (aspect.Name)
        {
            case "payload.who":
                yield return Turned(aspect.Name, words.Who(was.Who, kind), words.Who(now.Who, kind));
                break;
            case "payload.outcomes":
                var (added, removed) = (now.Outcomes.Except(was.Outcomes), was.Outcomes.Except(now.Outcomes));
                if (added.Any())
                    yield return texts["difference.outcomes.added", Outcomes(task, added)];
                if (removed.Any())
                    yield return texts["difference.outcomes.removed", Outcomes(task, removed)];
                if (!added.Any() && !removed.Any())
                    yield return Turned(aspect.Name, Outcomes(task, was.Outcomes), Outcomes(task, now.Outcomes));
                break;
            case "payload.policy":
                yield return Turned(aspect.Name, words.Policy(was.Policy), words.Policy(now.Policy));
                break;
            case "payload.clock":
                yield return Turned(aspect.Name, Clock(task, was), Clock(task, now));
                break;
            case "payload.allow":
                yield return Turned(aspect.Name, Allowed(was), Allowed(now));
                break;
            default:
                yield return Raw(aspect);
                break;
        }
    }

    private string Clock(string task, StepPayload payload) =>
        payload.Clock is { } clock ? words.Clock(task, clock) : texts["difference.none"];

    private string Allowed(StepPayload payload) =>
        payload.Allow.IsEmpty
            ? texts["difference.none"]
            : string.Join(Comma, payload.Allow.Select(a => Own("difference.allow." + a, a)));

    private string Outcomes(string task, IEnumerable<string> outcomes) =>
        string.Join(Comma, outcomes.Select(o => words.OutcomeOf(task, o)));

    /// <summary>With the words of the document: there are no others for it.</summary>
    private string Raw(Aspect aspect) => Turned(aspect.Name, Raw(aspect.Before), Raw(aspect.After));

    private string Raw(JsonElement? value) =>
        value switch
        {
            null => texts["difference.none"],
            { ValueKind: JsonValueKind.String } json => json.GetString()!,
            { ValueKind: JsonValueKind.True } => texts["difference.yes"],
            { ValueKind: JsonValueKind.False } => texts["difference.no"],
            { ValueKind: JsonValueKind.Array } json when Cases(json) is { } cases => cases,
            { } json => JsonSerializer.Serialize(json, Plain),
        };

    /// <summary>The ways of a switch with their conditions; null where it is another list.</summary>
    private string? Cases(JsonElement list)
    {
        var ways = list.EnumerateArray()
            .Select(c =>
                c.ValueKind == JsonValueKind.Object
                && c.TryGetProperty("label", out var label)
                && c.TryGetProperty("condition", out var condition)
                && condition.ValueKind == JsonValueKind.Object
                && condition.TryGetProperty("value", out var value)
                    ? texts["difference.case", words.Port($"{label}") ?? $"{label}", $"{value}"]
                    : null
            )
            .ToList();
        return ways.Count == 0 || ways.Contains(null) ? null : string.Join(Comma, ways);
    }

    private string Part(string name, string value) => texts["difference.part", Label(name), value];

    /// <summary>Two that read alike differ in what nobody is told, such as a quorum: then the document's words say it.</summary>
    private string Turned(string name, string before, string after) =>
        before == after
            ? texts["difference.finer", Label(name)]
            : texts["difference.turned", Label(name), before, after];

    private string Label(string name) => Own("difference.aspect." + name, name);

    private string Comma => texts["clock.separator"];

    private string Own(string key, string otherwise) => texts.Has(key) ? texts[key] : otherwise;

    private static StepPayload PayloadOf(Activity activity) =>
        StepPayload.Read(activity.Static("payload") ?? Nothing, new List<PayloadProblem>());
}

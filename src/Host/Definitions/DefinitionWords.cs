using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Host.Parameters;
using EduUnion.Host.Web;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Definitions;

/// <summary>One step of a definition as people read it.</summary>
/// <param name="Clock">Its deadline in words; null when it has none.</param>
/// <param name="Parameter">Key of the parameter that says how long; null when none does.</param>
public sealed record StepLine(
    string ActivityId,
    string Name,
    string Who,
    IReadOnlyList<string> Outcomes,
    string Policy,
    string? Clock,
    string? Parameter
);

/// <summary>Definitions in plain words, in the language of the request: names of activities, and what a step's payload says.</summary>
public sealed class DefinitionWords(Texts texts, StepWords words, ParameterCatalogue parameters)
{
    private const string Task = "Elsa.RunTask";
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>The steps in the document's order.</summary>
    public IReadOnlyList<StepLine> Steps(Definition definition) =>
        [.. Below(definition.Root).Where(a => a.Type == Task).Select(Step)];

    /// <summary>What the definition is called; one that this product does not ship has its own name.</summary>
    public string Name(Definition definition) => Own("definition.called.", definition.DefinitionId, definition.Name);

    /// <summary>What it is for, one sentence.</summary>
    public string About(Definition definition) =>
        Own("definition.about.", definition.DefinitionId, definition.Description);

    /// <summary>What a box is called: the step's name, a name of its own, or what the designer wrote.</summary>
    public string Activity(Activity activity) =>
        activity.Literal("taskName") is { } task && StepCatalogue.Shipped.Find(task) is not null ? words.Step(task)
        : texts.Has("place." + activity.Id) ? texts["place." + activity.Id]
        // What is drawn between the steps bears the document's own words; those of the shipped ones are translated.
        : texts.Has("drawn." + activity.DisplayText) ? texts["drawn." + activity.DisplayText]
        : activity.DisplayText;

    /// <summary>A port bears the name of an outcome; "Done" and the like say nothing to a reader.</summary>
    public string? Port(string port) => texts.Has("outcome." + port) ? texts["outcome." + port] : null;

    /// <summary>A move in a case's record.</summary>
    public static string Told(Texts texts, DefinitionMoved moved) =>
        texts[
            "timeline.versionMoved",
            Called(texts, moved.DefinitionId),
            string.Join(", ", moved.From),
            moved.To,
            moved.Reason
        ];

    /// <inheritdoc cref="Told(Texts, DefinitionMoved)"/>
    public static string Told(Texts texts, DefinitionMoveUndone undone) =>
        texts["timeline.versionUndone", Called(texts, undone.DefinitionId), undone.To];

    public string Clock(string name) => texts.Has("clockname." + name) ? texts["clockname." + name] : name;

    private StepLine Step(Activity activity)
    {
        var task = activity.Literal("taskName") ?? activity.Id;
        var spec = StepCatalogue.Shipped.Find(task);
        var payload = StepPayload.Read(activity.Static("payload") ?? Nothing, new List<PayloadProblem>());
        var clock = payload.Clock;
        return new StepLine(
            activity.Id,
            Activity(activity),
            Who(payload.Who, spec?.Kind),
            [.. payload.Outcomes.Select(o => OutcomeOf(task, o))],
            payload.Who is null ? "–" : Policy(payload.Policy),
            clock is null ? null : Clock(task, clock),
            clock is null
                ? null
                : new[] { $"{clock.Name}.wd", $"{clock.Name}_wd" }.FirstOrDefault(k => parameters.Find(k) is not null)
        );
    }

    /// <summary>Of whom a step is asked.</summary>
    public string Who(Who? who, StepKind? kind) =>
        who switch
        {
            { Office: { } office } => texts.Has("office." + office) ? texts["office." + office] : office,
            { Role: { } role } => Named("definition.role.", role),
            { List: { } list } => Named("definition.list.", list),
            { Member: { } member } => member,
            _ => texts[kind == StepKind.Wait ? "definition.who.wait" : "definition.who.program"],
        };

    /// <summary>What an outcome of a step is called.</summary>
    public string OutcomeOf(string task, string outcome) =>
        StepWords.Keys("outcome", task, outcome).Any(texts.Has) ? words.Outcome(task, outcome) : outcome;

    /// <summary>How the tasks of a step decide it.</summary>
    public string Policy(Policy policy) =>
        policy.Kind != "vote"
            ? Named("definition.policy.", policy.Kind + (policy.Ordered ? "Ordered" : ""))
            : texts[
                policy.Strict ? "definition.policy.vote.strict" : "definition.policy.vote",
                policy.Pass?.ToString() ?? "1/2",
                texts[policy.Over == "present" ? "definition.over.present" : "definition.over.total"]
            ];

    /// <summary>A step's deadline, and what happens when it runs out.</summary>
    public string Clock(string task, ClockSpec clock) =>
        clock.ExpiryOutcome is { } outcome
            ? texts["definition.clock.outcome", Clock(clock.Name), OutcomeOf(task, outcome)]
        : clock.Reassign is { } to ? texts["definition.clock.reassign", Clock(clock.Name), Who(to, StepKind.Human)]
        : texts[$"definition.clock.{clock.OnExpiry}", Clock(clock.Name)];

    private static IEnumerable<Activity> Below(Activity activity) =>
        activity.Nested.SelectMany(Below).Prepend(activity);

    private string Named(string prefix, string name) => Own(prefix, name, name);

    private static string Called(Texts texts, string id) =>
        texts.Has("definition.called." + id) ? texts["definition.called." + id] : id;

    private string Own(string prefix, string name, string otherwise) =>
        texts.Has(prefix + name) ? texts[prefix + name] : otherwise;
}

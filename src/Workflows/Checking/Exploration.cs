using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Checking;

/// <summary>One situation of a process: what is open, and how it came about first.</summary>
/// <param name="From">Null at the start.</param>
/// <param name="Stimulus">What led here from there.</param>
/// <param name="Said">The same for people; null at the start.</param>
/// <param name="Incidents">What stopped on the way from there to here.</param>
internal sealed record Situation(
    Family Family,
    ImmutableList<Effect.OpenStep> Steps,
    ImmutableList<Effect.ArmTimer> Timers,
    Situation? From,
    Stimulus Stimulus,
    Happening? Said,
    ImmutableArray<Effect.Incident> Incidents
)
{
    /// <summary>What comes after an incident is an administrator's matter.</summary>
    public bool Failed => Incidents.Length > 0;

    public bool IsEnd => Family.Instances.IsEmpty;

    public bool Waits => Steps.Count + Timers.Count > 0;

    /// <summary>Where every answer leads.</summary>
    public List<(Happening Said, Situation To)> After { get; } = [];

    public bool Equals(Situation? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>
/// Tries every outcome of every open step, in every order, with the engine itself. Two families of the same shape are one
/// situation; their number is bounded.
/// </summary>
/// <param name="all">Tells situations apart by variables that nobody will read, too; only to prove that it makes no difference.</param>
internal sealed class Exploration(
    Definition definition,
    DefinitionSet definitions,
    StepCatalogue catalogue,
    bool all = false
)
{
    public const int Bound = 20_000;
    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static readonly ImmutableArray<JsonElement> Lists =
    [
        JsonElement.Parse("""["a"]"""),
        JsonElement.Parse("""["a","b"]"""),
    ];

    private readonly Dictionary<string, Situation> _known = [];
    private readonly Dictionary<(string, int), Liveness> _liveness = [];
    private readonly List<Situation> _states = [];
    private readonly Queue<Situation> _open = new();

    /// <summary>In the order in which they were met, the nearest to the start first; one that failed more than one way is in it once a way.</summary>
    public IReadOnlyList<Situation> States => _states;

    /// <summary>Nothing was left out for there being too much of it.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Ids of the definition's steps that were open somewhere.</summary>
    public HashSet<string> Opened { get; } = [];

    public static Family Before => Family.Of(Guid.Empty);

    public void Run()
    {
        var input = definition.Inputs.ToImmutableDictionary(i => i.Name, _ => Values.Of("x"));
        Enter(null, null, new Stimulus.Start(definition.DefinitionId, input, definition.Version), [], []);
        while (_open.TryDequeue(out var state))
        {
            if (_known.Count > Bound)
                return;
            Expand(state);
        }
        IsComplete = true;
    }

    private void Expand(Situation state)
    {
        var later = Later(state);
        foreach (var step in state.Steps.Where(s => !later.Contains(s.Instance)))
        foreach (var (said, result) in Results(step, DefinitionOf(state.Family, step.Instance)))
            Enter(state, said, new Stimulus.Answer(step.Step, result), state.Steps.Remove(step), state.Timers);
        foreach (var timer in state.Timers.Where(t => !later.Contains(t.Instance)))
            Enter(
                state,
                new Happening(DefinitionOf(state.Family, timer.Instance), timer.Activity, null, ""),
                new Stimulus.TimerDue(timer.Timer),
                state.Steps,
                state.Timers.Remove(timer)
            );
    }

    /// <summary>
    /// Children that one activity started share nothing: what one does can be done before or after what another does with
    /// the same end. So of brothers only the first that waits is followed, and the others after it.
    /// </summary>
    private static HashSet<Guid> Later(Situation state)
    {
        var later = new HashSet<Guid>();
        var first = new HashSet<(Guid?, string)>();
        foreach (var instance in state.Family.Instances)
            if (
                instance.Parent is not null
                && (state.Steps.Any(s => s.Instance == instance.Id) || state.Timers.Any(t => t.Instance == instance.Id))
                && !first.Add((instance.Parent, instance.DefinitionId))
            )
                later.Add(instance.Id);
        return later;
    }

    private void Enter(
        Situation? from,
        Happening? said,
        Stimulus stimulus,
        ImmutableList<Effect.OpenStep> steps,
        ImmutableList<Effect.ArmTimer> timers
    )
    {
        var burst = Engine.Engine.Run(definitions, from?.Family ?? Before, stimulus, Now);
        var failures = ImmutableArray.CreateBuilder<Effect.Incident>();
        foreach (var effect in burst.Effects)
            switch (effect)
            {
                case Effect.OpenStep open:
                    steps = steps.Add(open);
                    if (burst.Family.Find(open.Instance)?.DefinitionId == definition.DefinitionId)
                        Opened.Add(open.Activity);
                    break;
                case Effect.CloseStep close:
                    steps = steps.RemoveAll(s => s.Step == close.Step);
                    break;
                case Effect.ArmTimer arm:
                    timers = timers.Add(arm);
                    break;
                case Effect.DisarmTimer disarm:
                    timers = timers.RemoveAll(t => t.Timer == disarm.Timer);
                    break;
                case Effect.Incident incident:
                    failures.Add(incident);
                    break;
            }
        var shape = FamilyJson.Shape(burst.Family, Matter);
        if (!_known.TryGetValue(shape, out var state) || failures.Count > 0)
        {
            state = new Situation(burst.Family, steps, timers, from, stimulus, said, failures.DrainToImmutable());
            _known.TryAdd(shape, state);
            _states.Add(state);
            if (!state.Failed)
                _open.Enqueue(state);
        }
        from?.After.Add((said!, state));
    }

    /// <summary>Every result that a step can give: outcomes of its payload with all values of its routing scalars.</summary>
    private IEnumerable<(Happening Said, StepResult Result)> Results(Effect.OpenStep step, string definitionId)
    {
        IEnumerable<(Happening Said, ImmutableDictionary<string, JsonElement> Routing)> routings =
        [
            (new Happening(definitionId, step.Activity, step.Name, ""), ImmutableDictionary<string, JsonElement>.Empty),
        ];
        foreach (var scalar in catalogue.Find(step.Name)?.Routing ?? [])
            // One and two ids stand for any number: iterations do not know of each other.
            routings = scalar.IsIdList
                ? routings.SelectMany(r =>
                    Lists.Select(l => (r.Said with { Items = l.GetArrayLength() }, r.Routing.SetItem(scalar.Name, l)))
                )
                : routings.SelectMany(r =>
                    scalar.Domain.Select(v =>
                        (
                            r.Said with
                            {
                                Scalars = r.Said.Scalars.Add($"{scalar.Name}={v}"),
                            },
                            r.Routing.SetItem(scalar.Name, Values.Of(v))
                        )
                    )
                );
        var results = routings.ToList();
        foreach (var outcome in step.Payload.Items("outcomes").Select(Values.Text))
        foreach (var (said, routing) in results)
            yield return (said with { Outcome = outcome }, new StepResult(outcome, routing));
    }

    private IReadOnlySet<string> Matter(Instance instance)
    {
        var key = (instance.DefinitionId, instance.Version);
        if (!_liveness.TryGetValue(key, out var liveness))
            _liveness[key] = liveness = new(definitions.Find(instance.DefinitionId, instance.Version)!);
        return all
            ? definitions.Find(instance.DefinitionId, instance.Version)!.Variables.Select(v => v.Id).ToHashSet()
            : liveness.Of(instance);
    }

    private string DefinitionOf(Family family, Guid instance) =>
        family.Find(instance)?.DefinitionId ?? definition.DefinitionId;
}

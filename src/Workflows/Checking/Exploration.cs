using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Checking;

/// <summary>
/// Tries every outcome of every open step, in every order, with the engine itself. Two families of the same shape are one
/// state; the number of states is bounded.
/// </summary>
internal sealed class Exploration(
    Definition definition,
    DefinitionSet definitions,
    StepCatalogue catalogue,
    Findings findings
)
{
    private const int MaxStates = 20_000;
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly Dictionary<string, State> _states = [];
    private readonly Queue<State> _open = new();

    public void Run()
    {
        var input = definition.Inputs.ToImmutableDictionary(i => i.Name, _ => Values.Of("x"));
        var start = new Stimulus.Start(definition.DefinitionId, input, definition.Version);
        Enter(null, "start", Family.Of(Guid.Empty), start, [], []);
        while (_open.TryDequeue(out var state))
        {
            if (_states.Count > MaxStates)
            {
                findings.Add(
                    "",
                    "check.too-large",
                    $"The process has more than {MaxStates} states; it was not proven sound."
                );
                return;
            }
            Expand(state);
        }
        ReachTheEnd();
    }

    private void Expand(State state)
    {
        if (state.Steps.IsEmpty && state.Timers.IsEmpty && !state.IsEnd && !state.Failed)
            Report(state, "/root", "path.stuck", "Nothing is open and nothing ends");
        var later = Later(state);
        foreach (var step in state.Steps.Where(s => !later.Contains(s.Instance)))
        foreach (var (said, result) in Results(step))
            Enter(
                state,
                $"{step.Name}={said}",
                state.Family,
                new Stimulus.Answer(step.Step, result),
                state.Steps.Remove(step),
                state.Timers
            );
        foreach (var timer in state.Timers.Where(t => !later.Contains(t.Instance)))
            Enter(
                state,
                $"{timer.Activity} due",
                state.Family,
                new Stimulus.TimerDue(timer.Timer),
                state.Steps,
                state.Timers.Remove(timer)
            );
    }

    /// <summary>
    /// Children that one activity started share nothing: what one does can be done before or after what another does with
    /// the same end. So of brothers only the first that waits is followed, and the others after it.
    /// </summary>
    private static HashSet<Guid> Later(State state) =>
        [
            .. state
                .Family.Instances.Where(i => i.Parent is not null)
                .Where(i => state.Steps.Any(s => s.Instance == i.Id) || state.Timers.Any(t => t.Instance == i.Id))
                .GroupBy(i => (i.Parent, i.DefinitionId))
                .SelectMany(brothers => brothers.Skip(1))
                .Select(i => i.Id),
        ];

    private void Enter(
        State? from,
        string said,
        Family family,
        Stimulus stimulus,
        ImmutableList<Effect.OpenStep> steps,
        ImmutableList<Effect.ArmTimer> timers
    )
    {
        var burst = Engine.Engine.Run(definitions, family, stimulus, Now);
        var failures = new List<Effect.Incident>();
        foreach (var effect in burst.Effects)
            switch (effect)
            {
                case Effect.OpenStep open:
                    steps = steps.Add(open);
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
        var shape = FamilyJson.Shape(burst.Family);
        if (!_states.TryGetValue(shape, out var state))
        {
            state = new State(burst.Family, steps, timers, failures.Count > 0 || from?.Failed == true, from, said);
            _states[shape] = state;
            // What comes after an incident is an administrator's matter.
            if (!state.Failed)
                _open.Enqueue(state);
        }
        foreach (var incident in failures)
            Report(new State(burst.Family, [], [], true, from, said), incident);
        if (from is not null)
            state.Before.Add(from);
    }

    /// <summary>Every result that a step can give: outcomes of its payload with all values of its routing scalars.</summary>
    private IEnumerable<(string Said, StepResult Result)> Results(Effect.OpenStep step)
    {
        IEnumerable<ImmutableDictionary<string, JsonElement>> routings =
        [
            ImmutableDictionary<string, JsonElement>.Empty,
        ];
        foreach (var scalar in catalogue.Find(step.Name)?.Routing ?? [])
        {
            // One and two ids stand for any number: iterations do not know of each other.
            IEnumerable<JsonElement> values = scalar.IsIdList
                ? [JsonElement.Parse("""["a"]"""), JsonElement.Parse("""["a","b"]""")]
                : scalar.Domain.Select(Values.Of);
            routings = routings.SelectMany(r => values.Select(v => r.SetItem(scalar.Name, v)));
        }
        foreach (var outcome in step.Payload.Items("outcomes").Select(Values.Text))
        foreach (var routing in routings)
            yield return (outcome, new StepResult(outcome, routing));
    }

    // Backwards from the ends: what is not met can go on for ever.
    private void ReachTheEnd()
    {
        var met = new HashSet<State>(_states.Values.Where(s => s.IsEnd || s.Failed));
        var open = new Queue<State>(met);
        while (open.TryDequeue(out var state))
            foreach (var before in state.Before)
                if (met.Add(before))
                    open.Enqueue(before);
        if (_states.Values.FirstOrDefault(s => !met.Contains(s) && s.Steps.Count + s.Timers.Count > 0) is { } endless)
            Report(endless, "/root", "path.no-end", "No path from here reaches an end");
    }

    private void Report(State state, Effect.Incident incident)
    {
        var activity = Find(state.Family, incident);
        var code = activity?.Type switch
        {
            ActivityTypes.FlowJoin => "join.dead-branch",
            ActivityTypes.FlowSwitch => "switch.default-missing",
            "Elsa.Fault" => "outcome.unhandled",
            _ => "path.incident",
        };
        Report(state, activity?.Path ?? "/root", code, incident.Reason.TrimEnd('.'));
    }

    // A child's incident is the child's own finding; here it is shown at this definition's root.
    private Activity? Find(Family family, Effect.Incident incident) =>
        family.Find(incident.Instance) is { } instance && instance.DefinitionId == definition.DefinitionId
            ? definition.Activities.GetValueOrDefault(incident.Activity)
            : null;

    private void Report(State state, string path, string code, string sentence)
    {
        var said = new Stack<string>();
        for (var at = state; at is not null; at = at.From)
            said.Push(at.Said);
        findings.Add(path, code, $"{sentence}: {string.Join(" → ", said)}");
    }

    private sealed record State(
        Family Family,
        ImmutableList<Effect.OpenStep> Steps,
        ImmutableList<Effect.ArmTimer> Timers,
        bool Failed,
        State? From,
        string Said
    )
    {
        public bool IsEnd => Family.Instances.IsEmpty;

        public List<State> Before { get; } = [];

        public bool Equals(State? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}

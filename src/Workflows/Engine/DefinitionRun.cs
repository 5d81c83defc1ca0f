using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine;

/// <summary>A result kept ready for a task of this name, or the payload of an event of this name that somebody waits for.</summary>
public sealed record ReadyResult(string Task, JsonElement Result);

/// <summary>
/// Executes a definition on its own, without a database: answers open tasks with results kept ready, lets timers fire in due
/// order when nothing else can move, and tells every event to a sink.
/// </summary>
public sealed class DefinitionRun(
    DefinitionSet definitions,
    IEnumerable<ReadyResult> results,
    DateTimeOffset now,
    Action<JsonElement> sink,
    FlowMode mode = FlowMode.Counter
)
{
    private readonly List<ReadyResult> _results = [.. results];
    private readonly List<Effect.OpenStep> _open = [];
    private readonly List<Effect.ArmTimer> _timers = [];
    private Family _family = Family.Of(Guid.Empty);
    private DateTimeOffset _now = now;
    private Guid? _main;
    private Effect.Ended? _end;

    /// <returns>True when the process finished; false when it is blocked or ended otherwise.</returns>
    public bool Run(string definitionId, ImmutableDictionary<string, JsonElement> input, int? version = null)
    {
        var definition =
            (version is { } exact ? definitions.Find(definitionId, exact) : definitions.Latest(definitionId))
            ?? throw new ArgumentException($"There is no definition '{definitionId}'.", nameof(definitionId));
        Send(StartOf(definitions, definition, input, mode));
        while (AnswerNext() || FireNext()) { }
        if (_end is { } end)
            Tell("finished", ("status", end.Status.ToString()), ("text", end.Outcome), ("output", end.Outputs));
        else
            Tell(
                "blocked",
                ("text", _open.Count > 0 ? "Tasks wait for results." : "Nothing can move."),
                ("tasks", _open.Select(o => o.Name).ToArray()),
                ("events", Awaited.ToArray()),
                ("incidents", _family.Instances.SelectMany(i => i.Incidents).Select(i => i.Activity).ToArray())
            );
        return _end?.Status == EndStatus.Finished;
    }

    /// <summary>
    /// The start of a run on its own: in the mode asked for, by its trigger when it has one, and, when no step in it can lose
    /// anybody's decision, with everything as it is in Elsa.
    /// </summary>
    public static Stimulus.Start StartOf(
        DefinitionSet definitions,
        Definition definition,
        ImmutableDictionary<string, JsonElement> input,
        FlowMode mode
    ) =>
        new(
            definition.DefinitionId,
            input,
            definition.Version,
            TriggerOf(definition.Root),
            new(mode, AsElsa: !HasSteps(definitions, definition))
        );

    private static bool HasSteps(DefinitionSet definitions, Definition definition)
    {
        var seen = new HashSet<Definition> { definition };
        var open = new Queue<Definition>(seen);
        while (open.TryDequeue(out var at))
        {
            if (at.Activities.Values.Any(a => a.Type == ActivityTypes.RunTask))
                return true;
            foreach (var child in DefinitionSet.ChildIds(at).Select(id => definitions.Child(at, id)))
                if (child is not null && seen.Add(child))
                    open.Enqueue(child);
        }
        return false;
    }

    private IEnumerable<string> Awaited =>
        _family.Instances.SelectMany(i => i.Nodes).Select(Activities.Event.WaitsFor).OfType<string>();

    // A run begins as its trigger would begin it: the marked activity that the root comes to first.
    private static string? TriggerOf(Activity root)
    {
        var first = root.Graph is { } graph ? graph.Start : root.Children.FirstOrDefault();
        return first is { CanStartWorkflow: true } && ActivityTypes.Triggers.Contains(first.Type) ? first.Id : null;
    }

    private bool AnswerNext()
    {
        var next = _results.FindIndex(r => _open.Any(o => o.Name == r.Task) || Awaited.Contains(r.Task));
        if (next < 0)
            return false;
        var ready = _results[next];
        _results.RemoveAt(next);
        if (_open.FirstOrDefault(o => o.Name == ready.Task) is not { } step)
        {
            Tell("resumed", ("text", ready.Task));
            Send(new Stimulus.Raise(ready.Task, ready.Result));
            return true;
        }
        _open.Remove(step);
        Tell("resumed", ("activity", step.Activity), ("task", step.Name), ("instance", Name(step.Instance)));
        Send(new Stimulus.Answer(step.Step, StepResult.Raw(ready.Result)));
        return true;
    }

    private bool FireNext()
    {
        // A finished process does not wait for what children that nobody waits for have armed.
        if (_end is not null || _timers.MinBy(t => t.At) is not { } due)
            return false;
        _timers.Remove(due);
        _now = due.At > _now ? due.At : _now;
        Tell("resumed", ("activity", due.Activity), ("at", _now), ("instance", Name(due.Instance)));
        Send(new Stimulus.TimerDue(due.Timer));
        return true;
    }

    private void Send(Stimulus stimulus)
    {
        var burst = Engine.Run(definitions, _family, stimulus, _now);
        _family = burst.Family;
        foreach (var effect in burst.Effects)
            Note(effect);
    }

    private void Note(Effect effect)
    {
        var instance = ("instance", (object?)Name(effect.Instance));
        switch (effect)
        {
            case Effect.Started started:
                _main ??= started.Instance;
                Tell(
                    "started",
                    ("definition", started.DefinitionId),
                    ("version", started.Version),
                    ("instance", Name(started.Instance))
                );
                break;
            case Effect.OpenStep open:
                _open.Add(open);
                Tell(
                    "task",
                    ("activity", open.Activity),
                    ("type", ActivityTypes.RunTask),
                    ("task", open.Name),
                    ("payload", open.Payload),
                    instance
                );
                break;
            case Effect.CloseStep close:
                _open.RemoveAll(o => o.Step == close.Step);
                break;
            case Effect.ArmTimer arm:
                _timers.Add(arm);
                Tell("timer", ("activity", arm.Activity), ("at", arm.At), instance);
                break;
            case Effect.DisarmTimer disarm:
                _timers.RemoveAll(t => t.Timer == disarm.Timer);
                break;
            case Effect.Incident incident:
                Tell("incident", ("activity", incident.Activity), ("text", incident.Reason), instance);
                break;
            case Effect.Trace { What: "output" } line:
                Tell("output", ("activity", line.Activity), ("type", line.Type), ("text", line.Text), instance);
                break;
            case Effect.Trace { What: "completed" or "cancelled" } trace:
                Tell(
                    "activity",
                    ("activity", trace.Activity),
                    ("type", trace.Type),
                    ("status", trace.What),
                    ("outcomes", trace.Text.Length > 0 ? trace.Text.Split(',') : []),
                    instance
                );
                break;
            case Effect.Ended ended when ended.Instance == _main:
                _end = ended;
                break;
        }
    }

    private string Name(Guid instance) => instance == _main ? "main" : instance.ToString();

    private void Tell(string name, params (string Key, object? Value)[] fields)
    {
        var line = new Dictionary<string, object?> { ["event"] = name };
        foreach (var (key, value) in fields)
            line[key] = value;
        sink(JsonSerializer.SerializeToElement(line));
    }
}

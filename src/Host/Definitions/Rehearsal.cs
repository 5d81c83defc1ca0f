using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Cases;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Clocks;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Host.Definitions;

/// <summary>What somebody did who tries a definition.</summary>
public enum TryDo
{
    /// <summary>Answered a step.</summary>
    Answer,

    /// <summary>Let a deadline run out that decides its step.</summary>
    Expire,

    /// <summary>Let a deadline run out that decides nothing.</summary>
    Overdue,

    /// <summary>Let a timer of the document fire.</summary>
    Timer,

    /// <summary>Let working days pass.</summary>
    Wait,
}

/// <param name="Id">Of the step or timer; the empty id when days pass.</param>
/// <param name="Routing">Values of the routing scalars; of a list of ids their number.</param>
public sealed record TryAct(
    TryDo Do,
    Guid Id,
    DateTimeOffset At,
    string? Outcome = null,
    ImmutableSortedDictionary<string, string>? Routing = null
);

/// <summary>All that is known of a try: where it began, and what was done. Everything else follows from it.</summary>
public sealed record TryState(
    string DefinitionId,
    int Version,
    Guid School,
    DateTimeOffset Began,
    ImmutableArray<TryAct> Acts
)
{
    /// <summary>Acts of one try. Nobody walks so far by hand.</summary>
    public const int Longest = 200;

    public TryState With(TryAct act) => this with { Acts = Acts.Add(act) };

    public TryState Back() => Acts.IsEmpty ? this : this with { Acts = Acts.RemoveAt(Acts.Length - 1) };
}

/// <summary>A step that waits for an answer.</summary>
/// <param name="Spec">Null when the catalogue does not know the step.</param>
/// <param name="Due">Null when it has no deadline, or one that depends on the case.</param>
public sealed record TryStep(
    Effect.OpenStep Open,
    Definition Definition,
    StepSpec? Spec,
    StepPayload Payload,
    DateTimeOffset OpenedAt,
    DueDate? Due
);

/// <summary>A line of what has happened.</summary>
/// <param name="Act">Null for the beginning, an end and an incident.</param>
public sealed record TryLine(
    DateTimeOffset At,
    TryAct? Act,
    string What,
    Definition Definition,
    string Activity,
    string Text
);

/// <summary>
/// A definition tried out: the engine runs in memory from the beginning through everything that was done, with a clock of
/// its own and the calendar and parameters of a school. Nothing is read of any case and nothing written.
/// </summary>
public sealed class Rehearsal
{
    private readonly DefinitionSet _definitions;
    private readonly WorkingCalendar _calendar;
    private readonly Rules _rules;
    private readonly Dictionary<Guid, Definition> _instances = [];
    private readonly List<TryStep> _open = [];
    private readonly List<Effect.ArmTimer> _timers = [];
    private readonly List<TryLine> _lines = [];
    private readonly HashSet<(Definition, string)> _past = [];
    private readonly HashSet<(Definition, string, string)> _ways = [];
    private Family _family = Family.Of(Guid.Empty);

    public Rehearsal(
        DefinitionSet definitions,
        Definition definition,
        TryState state,
        WorkingCalendar calendar,
        Rules rules
    )
    {
        (_definitions, _calendar, _rules) = (definitions, calendar, rules);
        Now = state.Began;
        var input = definition.Inputs.ToImmutableDictionary(i => i.Name, _ => Values.Of("x"));
        Send(new Stimulus.Start(definition.DefinitionId, input, definition.Version));
        foreach (var act in state.Acts)
            Do(act);
    }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<TryStep> Open => _open;

    public IReadOnlyList<Effect.ArmTimer> Timers => _timers;

    public IReadOnlyList<TryLine> Lines => _lines;

    public bool IsOver => _family.Instances.IsEmpty;

    /// <summary>The definitions that run or ran, in the order in which they began.</summary>
    public IEnumerable<Definition> Definitions => _instances.Values.Distinct();

    public bool IsPast(Definition definition, string activity) => _past.Contains((definition, activity));

    public bool IsNow(Definition definition, string activity) =>
        _family.Instances.Any(i => _instances[i.Id] == definition && i.Activities.Contains(activity));

    /// <summary>An incident stopped there.</summary>
    public bool IsStopped(Definition definition, string activity) =>
        _family.Instances.Any(i => _instances[i.Id] == definition && i.Incidents.Any(n => n.Activity == activity));

    /// <summary>Whether the arrow was followed.</summary>
    public bool IsTaken(Definition definition, Connection connection) =>
        _ways.Contains((definition, connection.Source, connection.Port));

    /// <summary>The instant at which so many working days have passed.</summary>
    public DateTimeOffset After(int workdays) =>
        Now
        + TimeSpan.FromDays(
            _calendar.AddWorkdays(ChinaTime.DateOf(Now), workdays).DayNumber - ChinaTime.DateOf(Now).DayNumber
        );

    private void Do(TryAct act)
    {
        if (act.At > Now)
            Now = act.At;
        var step = _open.Find(s => s.Open.Step == act.Id);
        var timer = _timers.Find(t => t.Timer == act.Id);
        switch (act.Do)
        {
            case TryDo.Answer or TryDo.Expire when step is not null && act.Outcome is { } outcome:
                _lines.Add(Line(act, step));
                _open.Remove(step);
                Send(new Stimulus.Answer(act.Id, new StepResult(outcome, Routing(step.Spec, act))));
                break;
            case TryDo.Overdue when step is not null:
                _lines.Add(Line(act, step));
                break;
            case TryDo.Timer when timer is not null:
                _lines.Add(new(Now, act, "timer", _instances[timer.Instance], timer.Activity, ""));
                _timers.Remove(timer);
                Send(new Stimulus.TimerDue(act.Id));
                break;
            case TryDo.Wait:
                _lines.Add(new(Now, act, "wait", _instances.Values.First(), "", ""));
                break;
        }
    }

    private TryLine Line(TryAct act, TryStep step) =>
        new(Now, act, act.Do.ToString().ToLowerInvariant(), step.Definition, step.Open.Activity, act.Outcome ?? "");

    private static ImmutableDictionary<string, JsonElement> Routing(StepSpec? spec, TryAct act) =>
        (spec?.Routing ?? [])
            .Where(r => act.Routing?.ContainsKey(r.Name) == true)
            .ToImmutableDictionary(
                r => r.Name,
                r => r.IsIdList ? Ids(act.Routing![r.Name]) : Values.Of(act.Routing![r.Name])
            );

    private static JsonElement Ids(string count) =>
        JsonSerializer.SerializeToElement(
            Enumerable.Range(1, int.TryParse(count, out var number) ? Math.Clamp(number, 0, 6) : 1).Select(i => $"{i}")
        );

    private void Send(Stimulus stimulus)
    {
        var burst = Engine.Run(_definitions, _family, stimulus, Now);
        _family = burst.Family;
        foreach (var effect in burst.Effects)
            Take(effect);
    }

    private void Take(Effect effect)
    {
        switch (effect)
        {
            case Effect.Started started:
                _instances[started.Instance] = _definitions.Find(started.DefinitionId, started.Version)!;
                break;
            case Effect.OpenStep open:
                _open.Add(Step(open));
                break;
            case Effect.CloseStep close:
                _open.RemoveAll(s => s.Open.Step == close.Step);
                break;
            case Effect.ArmTimer arm:
                _timers.Add(arm);
                break;
            case Effect.DisarmTimer disarm:
                _timers.RemoveAll(t => t.Timer == disarm.Timer);
                break;
            case Effect.Trace { What: "completed" } trace:
                var definition = _instances[trace.Instance];
                _past.Add((definition, trace.Activity));
                foreach (var port in trace.Text.Split(','))
                    _ways.Add((definition, trace.Activity, port));
                break;
            case Effect.Ended ended:
                _lines.Add(new(Now, null, "ended", _instances[ended.Instance], "", ended.Outcome));
                break;
            case Effect.Incident incident:
                _lines.Add(
                    new(Now, null, "incident", _instances[incident.Instance], incident.Activity, incident.Reason)
                );
                break;
        }
    }

    private TryStep Step(Effect.OpenStep open)
    {
        var payload = StepPayload.Read(open.Payload, new List<PayloadProblem>());
        return new(
            open,
            _instances[open.Instance],
            StepCatalogue.Shipped.Find(open.Name),
            payload,
            Now,
            Due(payload.Clock)
        );
    }

    private DueDate? Due(ClockSpec? clock) =>
        clock is not null && (_rules.Has($"{clock.Name}.wd") || _rules.Has($"{clock.Name}_wd"))
            ? Clock.Due(
                new ClockInputs(ChinaTime.DateOf(Now))
                {
                    Workdays = _rules.Workdays(clock.Name),
                    VacationRule = MotionCase.VacationRuleOf(clock.Name, _rules),
                },
                _calendar
            )
            : null;
}

using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using static EduUnion.Workflows.Engine.Engine;

namespace EduUnion.Workflows.Tests.Engine;

/// <summary>Plays one family: every step goes through the JSON document, as if the process had been restarted in between.</summary>
public sealed class Play(DefinitionSet definitions)
{
    private static readonly Guid CaseId = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private readonly List<Effect.OpenStep> _open = [];
    private readonly List<Effect.ArmTimer> _timers = [];
    private readonly Dictionary<Guid, string> _names = [];
    private Family _family = Family.Of(CaseId);

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    public Family Family => _family;
    public string Json => FamilyJson.Write(_family);
    public IReadOnlyList<Effect.OpenStep> Open => _open;
    public IReadOnlyList<Effect.ArmTimer> Timers => _timers;
    public List<Effect> All { get; } = [];
    public IEnumerable<Effect.Incident> Incidents => All.OfType<Effect.Incident>();
    public IEnumerable<string> OpenNames => _open.Select(o => o.Name);
    public Effect.Ended? Ended => All.OfType<Effect.Ended>().LastOrDefault(e => NameOf(e.Instance) == "main");

    public IReadOnlyList<Effect> Send(Stimulus stimulus)
    {
        var before = FamilyJson.Write(_family);
        var burst = Run(definitions, FamilyJson.Read(before), stimulus, Now);
        // Pure: the same arguments give the same result, and the family given is not touched.
        Assert.Equal(FamilyJson.Write(burst.Family), FamilyJson.Write(Run(definitions, _family, stimulus, Now).Family));
        Assert.Equal(before, FamilyJson.Write(_family));
        _family = burst.Family;
        foreach (var effect in burst.Effects)
            Note(effect);
        All.AddRange(burst.Effects);
        return burst.Effects;
    }

    public IReadOnlyList<Effect> Start(string definitionId, params (string Name, object Value)[] input) =>
        Send(
            new Stimulus.Start(
                definitionId,
                System.Collections.Immutable.ImmutableDictionary.CreateRange(
                    input.Select(i => KeyValuePair.Create(i.Name, JsonSerializer.SerializeToElement(i.Value)))
                )
            )
        );

    public IReadOnlyList<Effect> Answer(string step, string outcome) => Answer(Step(step), new StepResult(outcome));

    public IReadOnlyList<Effect> Answer(Effect.OpenStep step, StepResult result)
    {
        var effects = Send(new Stimulus.Answer(step.Step, result));
        _open.RemoveAll(o => o.Step == step.Step);
        return effects;
    }

    public Effect.OpenStep Step(string name, string? instance = null) =>
        _open.First(o => o.Name == name && (instance is null || NameOf(o.Instance) == instance));

    /// <summary>Lets time pass; timers fire in due order.</summary>
    public IReadOnlyList<Effect> Wait(TimeSpan span)
    {
        var until = Now + span;
        var effects = new List<Effect>();
        while (_timers.Where(t => t.At <= until).MinBy(t => t.At) is { } due)
        {
            Now = due.At;
            _timers.Remove(due);
            effects.AddRange(Send(new Stimulus.TimerDue(due.Timer)));
        }
        Now = until;
        return effects;
    }

    /// <summary><c>main</c>, or <c>definition#Part</c> for a child, as the traces call them.</summary>
    public string NameOf(Guid instance) => _names.GetValueOrDefault(instance, "?");

    private void Note(Effect effect)
    {
        switch (effect)
        {
            case Effect.Started started:
                _names[started.Instance] = started.Parent is null
                    ? "main"
                    : $"{started.DefinitionId}#{started.Input.GetValueOrDefault("Part")}";
                break;
            case Effect.OpenStep open:
                _open.Add(open);
                break;
            case Effect.CloseStep close:
                _open.RemoveAll(o => o.Step == close.Step);
                break;
            case Effect.ArmTimer arm:
                _timers.Add(arm);
                break;
            case Effect.DisarmTimer disarm:
                _timers.RemoveAll(t => t.Timer == disarm.Timer);
                break;
        }
    }
}

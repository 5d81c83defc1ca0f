using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using static EduUnion.Workflows.Engine.Engine;

namespace EduUnion.Faults;

/// <summary>Drives the engine as the Host does: between any two stimuli there is nothing but the family's document.</summary>
internal sealed class Walker
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly Guid CaseId = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private readonly HashSet<Guid> _steps = [];
    private string _document = FamilyJson.Write(Family.Of(CaseId));

    public List<Effect.OpenStep> Open { get; } = [];

    /// <summary>In the order in which they were started.</summary>
    public List<Guid> Instances { get; } = [];
    public Dictionary<Guid, string> DefinitionOf { get; } = [];
    public Dictionary<Guid, string?> Ended { get; } = [];

    public void Send(Stimulus stimulus)
    {
        if (stimulus is Stimulus.Answer answer)
            Open.RemoveAll(o => o.Step == answer.Step);
        var burst = Run(DefinitionSet.Shipped, FamilyJson.Read(_document), stimulus, Now);
        foreach (var effect in burst.Effects)
            switch (effect)
            {
                case Effect.Started started:
                    Instances.Add(started.Instance);
                    DefinitionOf[started.Instance] = started.DefinitionId;
                    break;
                case Effect.OpenStep open:
                    Assert.True(_steps.Add(open.Step), $"step {open.Step} was opened twice");
                    Open.Add(open);
                    break;
                case Effect.CloseStep close:
                    Assert.Equal(1, Open.RemoveAll(o => o.Step == close.Step));
                    break;
                case Effect.Ended ended:
                    Assert.True(Ended.TryAdd(ended.Instance, $"{ended.Status}"), "an instance ended twice");
                    break;
                case Effect.Incident incident:
                    Assert.Fail($"{incident.Activity} stopped: {incident.Reason}");
                    break;
            }
        _document = FamilyJson.Write(burst.Family);
    }

    /// <summary>The same answer again, to a step that is over: the document stays as it is.</summary>
    public void Repeat(Stimulus.Answer said)
    {
        var burst = Run(DefinitionSet.Shipped, FamilyJson.Read(_document), said, Now);
        Assert.Equal(_document, FamilyJson.Write(burst.Family));
        Assert.All(burst.Effects, e => Assert.IsType<Effect.Trace>(e));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Tests.Engine;

public class EventTests
{
    private readonly Play _play = new(DefinitionSet.Of(Waiting("a", "K1"), Waiting("b", "K2"), Triggered()));

    public EventTests()
    {
        _play.Start("a");
        _play.Start("b");
    }

    [Fact]
    public void Raise_ReachesEverybodyWhoWaits()
    {
        Raise("Paid", 7);

        Assert.Equal(["a 7", "b 7"], Lines);
        Assert.Empty(_play.Family.Instances);
    }

    [Fact]
    public void Raise_WithACorrelationId_ReachesOnlyThose()
    {
        Raise("Paid", 7, "K2");

        Assert.Equal(["b 7"], Lines);
        Assert.Equal(["a"], _play.Family.Instances.Select(i => i.DefinitionId));
    }

    [Fact]
    public void Raise_ForNobody_ChangesNothing()
    {
        var before = _play.Json;
        var effects = Raise("paid", 7);

        Assert.Equal("ignored", Assert.IsType<Effect.Trace>(Assert.Single(effects)).What);
        Assert.Equal(before, _play.Json);
    }

    [Fact]
    public void Raise_Twice_FindsNobodyTheSecondTime()
    {
        Raise("Paid", 7);
        Raise("Paid", 8);

        Assert.Equal(["a 7", "b 7"], Lines);
    }

    [Fact]
    public void Raise_StartsWhatItTriggers_WithItsPayload()
    {
        Raise("Begin", 9, "K9");

        Assert.Equal(["t 9"], Lines);
        Assert.Equal("t", _play.All.OfType<Effect.Started>().Last().DefinitionId);
    }

    private IEnumerable<string> Lines =>
        _play.All.OfType<Effect.Trace>().Where(t => t.What == "output").Select(t => t.Text);

    private IReadOnlyList<Effect> Raise(string name, int payload, string? correlation = null) =>
        _play.Send(new Stimulus.Raise(name, JsonSerializer.SerializeToElement(payload), correlation));

    private static Definition Waiting(string id, string correlation) =>
        Draw.Read(
            Draw.Document(
                id,
                Draw.Activity(
                    "main",
                    "Elsa.Sequence",
                    (
                        "activities",
                        new JsonArray(
                            Draw.Activity("k", "Elsa.Correlate", ("correlationId", Draw.Literal(correlation))),
                            Event("Paid"),
                            Draw.Line("line", $"'{id} ' + getGot()")
                        )
                    )
                ),
                Draw.Variables("Got")
            )
        );

    private static Definition Triggered()
    {
        var trigger = Event("Begin");
        trigger["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return Draw.Read(
            Draw.Document(
                "t",
                Draw.Chart(
                    "main",
                    "s>other wait>line",
                    Draw.Activity("s", "Elsa.Start"),
                    Draw.Line("other", "'no'"),
                    trigger,
                    Draw.Line("line", "'t ' + getGot()")
                ),
                Draw.Variables("Got")
            )
        );
    }

    private static JsonObject Event(string name) =>
        Draw.Activity("wait", "Elsa.Event", ("eventName", Draw.Literal(name)), ("result", Draw.Output("var-got")));
}

using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Tests.Engine;

/// <summary>Cancel, restart, and stimuli that come too late.</summary>
public class InterventionTests
{
    private readonly Play _play = new(DefinitionSet.Shipped);

    [Fact]
    public void Cancel_ClosesStepsOfTheInstanceAndItsChildren()
    {
        ToHandlings("A", "B");
        var main = _play.Family.Instances[0].Id;
        var effects = _play.Send(new Stimulus.Cancel(main, "withdrawn"));

        Assert.Equal(2, effects.OfType<Effect.CloseStep>().Count());
        Assert.Equal(
            3,
            effects.OfType<Effect.Ended>().Count(e => e is { Status: EndStatus.Cancelled, Outcome: "withdrawn" })
        );
        Assert.Empty(_play.Family.Instances);
    }

    [Fact]
    public void Cancel_OfOneChild_ResumesItsParentWithNothing_WhichIsAnIncidentThere()
    {
        ToHandlings("A", "B");
        _play.Send(new Stimulus.Cancel(_play.Family.Instances[1].Id, "taken over"));

        Assert.Equal(["unanswered"], _play.Incidents.Select(i => i.Activity));
        Assert.Equal(["handling.accept"], _play.OpenNames);
        Assert.Equal("B", _play.Open[0].Input["Part"].GetString());
    }

    [Fact]
    public void Cancel_DisarmsTimers()
    {
        var play = new Play(Elsa.Example.Documents("delay.json"));
        play.Start("ex-delay");
        Assert.Single(play.Timers);

        play.Send(new Stimulus.Cancel(play.Family.Instances[0].Id, "enough"));

        Assert.Empty(play.Timers);
        Assert.Empty(play.Open);
    }

    [Fact]
    public void Restart_InAPhase_ClosesWhatIsOpenAndGoesOnThere()
    {
        ToHandlings("A");
        var effects = _play.Send(new Stimulus.Restart(_play.Family.Instances[0].Id, "review"));

        Assert.Contains(effects, e => e is Effect.CloseStep { Activity: "accept" });
        Assert.Contains(
            effects,
            e => e is Effect.Ended { DefinitionId: "motion-handling", Status: EndStatus.Cancelled }
        );
        Assert.Equal(["motion.review"], _play.OpenNames);
    }

    [Fact]
    public void Restart_BeforeAJoin_DoesNotWaitForBranchesThatAreBehind()
    {
        ToHandlings("A");
        _play.Send(new Stimulus.Restart(_play.Family.Instances[0].Id, "review"));
        _play.Answer("motion.review", "return");
        _play.Answer("motion.revise", "resubmit");
        _play.Answer("motion.check", "propose");
        _play.Answer("motion.review", "opinion");
        _play.Answer("motion.opinion", "done");

        Assert.Equal(["motion.assign"], _play.OpenNames);
        Assert.Empty(_play.Incidents);
    }

    [Theory]
    [InlineData("handle")]
    [InlineData("nowhere")]
    [InlineData("main")]
    public void Restart_WhereItIsNotAllowed_Throws(string activity)
    {
        ToHandlings("A");

        Assert.Throws<ArgumentException>(() =>
            _play.Send(new Stimulus.Restart(_play.Family.Instances[0].Id, activity))
        );
    }

    [Fact]
    public void Start_AtAnActivity_OpensThatStepAndNothingBefore()
    {
        _play.Send(new Stimulus.Start("motion") { At = "review" });
        Assert.Equal(["motion.review"], _play.OpenNames);
        _play.Answer("motion.review", "opinion");
        _play.Answer("motion.opinion", "done");

        Assert.Equal(["motion.assign"], _play.OpenNames);
        Assert.Empty(_play.Incidents);
        Assert.Throws<ArgumentException>(() => _play.Send(new Stimulus.Start("motion") { At = "handle" }));
    }

    [Fact]
    public void Answer_OfAClosedStep_ChangesNothing()
    {
        _play.Start("motion");
        var step = _play.Step("motion.gather");
        _play.Answer(step, new StepResult("submit"));
        var before = _play.Json;

        var trace = Assert.IsType<Effect.Trace>(Assert.Single(_play.Answer(step, new StepResult("submit"))));
        Assert.Equal("ignored", trace.What);
        Assert.Equal(before, _play.Json);
    }

    [Fact]
    public void Start_BesideARunningInstance_IsASideProcess()
    {
        _play.Start("motion");
        _play.Start("motion-extension", ("Part", "A"));

        Assert.Equal(["motion", "motion-extension"], _play.Family.Instances.Select(i => i.DefinitionId));
        _play.Answer("extension.decide", "grant");
        _play.Answer("extension.grant", "done");
        Assert.Equal(["motion"], _play.Family.Instances.Select(i => i.DefinitionId));
    }

    private void ToHandlings(params string[] parts)
    {
        _play.Start("motion");
        _play.Answer("motion.gather", "submit");
        _play.Answer("motion.receive", "check");
        _play.Answer("motion.check", "propose");
        _play.Answer("motion.review", "file");
        _play.Answer("motion.number", "done");
        _play.Answer(
            _play.Step("motion.assign"),
            new StepResult(
                "assign",
                ImmutableDictionary<string, JsonElement>.Empty.Add("parts", JsonSerializer.SerializeToElement(parts))
            )
        );
    }
}

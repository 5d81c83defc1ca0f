using System.Text.Json;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Tests.Engine;

namespace EduUnion.Workflows.Tests.Elsa;

/// <summary>Where Elsa loses something in silence, this engine leaves an incident: never silence.</summary>
public class ElsaDifferenceTests
{
    [Theory]
    [InlineData("join-waitall", """{"outcome":"x","legal":false,"money":false}""", "need")]
    [InlineData("join-waitallactive", """{"outcome":"x","legal":false,"money":false}""", "need")]
    [InlineData("join-waitany", """{"outcome":"x","legal":false,"money":false}""", "need")]
    public void SwitchWithoutMatchOrDefault_IsAnIncident(string example, string result, string activity)
    {
        var play = Started(example);
        play.Answer(play.Step("motion.review"), StepResult.Raw(JsonElement.Parse(result)));

        Assert.Equal([activity], play.Incidents.Select(i => i.Activity));
        Assert.Null(play.Ended);
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("loop-middle")]
    public void OutcomeWithoutCase_InAPhase_IsAnIncident(string example)
    {
        var play = Started(example);
        play.Answer("motion.draft", "done");
        play.Answer("motion.check", "done");
        play.Answer("motion.review", "???");

        Assert.Equal(["verdict"], play.Incidents.Select(i => i.Activity));
        Assert.Empty(play.Open);
    }

    [Fact]
    public void WaitAll_WithADeadBranch_IsAnIncidentAtTheJoin()
    {
        var play = Started("join-waitall");
        play.Answer(play.Step("motion.review"), StepResult.Raw(JsonElement.Parse("""{"legal":true,"money":false}""")));
        play.Answer("motion.legal", "done");

        Assert.Equal(["both"], play.Incidents.Select(i => i.Activity));
        Assert.Null(play.Ended);
    }

    [Fact]
    public void FailingCondition_WithoutStrategy_StopsItsBranchOnly()
    {
        var play = Started("incident-default");
        play.Answer("motion.review", "x");
        Assert.Equal(["judge"], play.Incidents.Select(i => i.Activity));

        play.Answer("motion.work", "done");
        play.Answer("motion.report", "done");
        Assert.Null(play.Ended);
        Assert.Equal("judge", Assert.Single(play.Family.Instances[0].Incidents).Activity);
    }

    [Fact]
    public void FailingCondition_UnderContinue_LetsTheOthersGoOnAsInElsa()
    {
        var play = Started("incident-continue");
        play.Answer("motion.review", "x");
        play.Answer("motion.work", "done");
        play.Answer("motion.report", "done");

        Assert.Empty(play.Open);
        Assert.Null(play.Ended);
        Assert.Single(play.Incidents);
    }

    [Fact]
    public void FailingCondition_UnderFaultStrategy_EndsTheInstanceAndClosesItsSteps()
    {
        var play = Started("incident-fault");
        var effects = play.Answer("motion.review", "x");

        Assert.Contains(effects, e => e is Effect.OpenStep { Name: "motion.work" });
        Assert.Equal(EndStatus.Faulted, play.Ended!.Status);
        Assert.Empty(play.Open);
        Assert.Empty(play.Family.Instances);
    }

    private static Play Started(string example)
    {
        var play = new Play(Example.Documents($"{example}.json"));
        play.Start($"ex-{example}");
        return play;
    }
}

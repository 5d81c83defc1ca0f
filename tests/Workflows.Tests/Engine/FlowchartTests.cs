using System.Text.Json.Nodes;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Tests.Engine;

/// <summary>Shapes that the recorded traces do not show.</summary>
public class FlowchartTests
{
    [Fact]
    public void WaitAny_InALoop_TakesAnotherWinnerEachRound()
    {
        var play = Started(
            "first>fan fan:a>a fan:b>b a>join b>join join>review review>verdict verdict:again>first verdict:Default>end",
            Draw.Activity("first", "Elsa.WriteLine"),
            Draw.Fork("fan", "a", "b"),
            Draw.Step("a", "done"),
            Draw.Step("b", "done"),
            Draw.Join("join", "WaitAny"),
            Draw.Step("review", "again", "enough"),
            Draw.Switch("verdict", "Review", "again"),
            Draw.Activity("end", "Elsa.End")
        );
        foreach (var winner in new[] { "a", "b", "b", "a" })
        {
            Assert.Equal(["a", "b"], play.OpenNames.Order());
            play.Answer(winner, "done");
            Assert.Equal(["review"], play.OpenNames);
            play.Answer("review", "again");
        }
        play.Answer("a", "done");
        play.Answer("review", "enough");

        Assert.Equal(EndStatus.Finished, play.Ended!.Status);
    }

    [Fact]
    public void WaitAny_WithABranchThatComesLate_RunsOnce()
    {
        var play = Started(
            "fan:a>a fan:b>b1 a>join b1>b2 b2>join join>c",
            Draw.Fork("fan", "a", "b"),
            Draw.Line("a", "'a'"),
            Draw.Line("b1", "'b1'"),
            Draw.Line("b2", "'b2'"),
            Draw.Join("join", "WaitAny"),
            Draw.Line("c", "'c'")
        );

        Assert.Single(Lines(play), l => l == "c");
        Assert.Equal(EndStatus.Finished, play.Ended!.Status);
    }

    [Fact]
    public void ImplicitJoin_WaitsForActiveBranchesOnly_AndRunsOnce()
    {
        var play = Started(
            "ask>sw sw:x>a sw:x>b sw:y>c sw:Default>c a>d b>d c>d",
            Draw.Step("ask", "x", "y"),
            Draw.Switch("sw", "Ask", "x", "y"),
            Draw.Step("a", "done"),
            Draw.Step("b", "done"),
            Draw.Step("c", "done"),
            Draw.Step("d", "done")
        );
        play.Answer("ask", "x");
        play.Answer("b", "done");
        Assert.Equal(["a"], play.OpenNames);
        play.Answer("a", "done");

        Assert.Equal(["d"], play.OpenNames);
    }

    [Fact]
    public void End_EndsItsOwnFlowchart_AndCancelsWhatIsOpenInIt()
    {
        var play = Started(
            "phase>after",
            Draw.Chart(
                "phase",
                "fan:a>a fan:b>b b>stop",
                Draw.Fork("fan", "a", "b"),
                Draw.Step("a", "done"),
                Draw.Step("b", "done"),
                Draw.Activity("stop", "Elsa.End")
            ),
            Draw.Step("after", "done")
        );
        play.Answer("b", "done");

        Assert.Equal(["after"], play.OpenNames);
    }

    [Fact]
    public void Finish_EndsTheInstance_FromWithinAPhase()
    {
        var play = Started(
            "phase>after",
            Draw.Chart(
                "phase",
                "fan:a>a fan:b>b b>stop",
                Draw.Fork("fan", "a", "b"),
                Draw.Step("a", "done"),
                Draw.Step("b", "done"),
                Draw.Activity("stop", "Elsa.Finish")
            ),
            Draw.Step("after", "done")
        );
        play.Answer("b", "done");

        Assert.Equal(EndStatus.Finished, play.Ended!.Status);
        Assert.Empty(play.Open);
        Assert.Empty(play.Family.Instances);
    }

    [Fact]
    public void Complete_EndsTheInstanceWithItsOutcome_FromWithinASequence()
    {
        var play = Started(
            "phase>after",
            Draw.Activity(
                "phase",
                "Elsa.Sequence",
                (
                    "activities",
                    new JsonArray(
                        Draw.Chart(
                            "inner",
                            "",
                            Draw.Activity("done", "Elsa.Complete", ("outcomes", Draw.Literal("Filed")))
                        ),
                        Draw.Step("never", "done")
                    )
                )
            ),
            Draw.Step("after", "done")
        );

        Assert.Equal("Filed", play.Ended!.Outcome);
        Assert.Empty(play.Open);
    }

    [Fact]
    public void DispatchWithoutWaiting_GoesOn_AndTheChildOutlivesItsParent()
    {
        var child = Draw.Document("child", Draw.Chart("root", "", Draw.Step("work", "done")), Draw.Variables("Work"));
        var parent = Draw.Document(
            "d",
            Draw.Chart(
                "main",
                "go>line",
                Draw.Activity("go", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Draw.Literal("child"))),
                Draw.Line("line", "'on'")
            )
        );
        var play = new Play(DefinitionSet.Of(Draw.Read(child), Draw.Read(parent)));
        play.Start("d");

        Assert.Equal(EndStatus.Finished, play.Ended!.Status);
        play.Answer("work", "done");
        Assert.Empty(play.Family.Instances);
    }

    [Fact]
    public void DispatchOfNothing_IsAnIncident()
    {
        var play = Started(
            "",
            Draw.Activity("go", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Draw.Literal("nobody")))
        );

        Assert.Equal(["go"], play.Incidents.Select(i => i.Activity));
    }

    [Fact]
    public void EmptyFlowchart_Completes() => Assert.Equal(EndStatus.Finished, Started("").Ended!.Status);

    private static Play Started(string arrows, params JsonObject[] activities)
    {
        var names = activities
            .SelectMany(a => a.ToJsonString().Split("\"var-").Skip(1).Select(v => v.Split('"')[0]))
            .Distinct()
            .Select(v => char.ToUpperInvariant(v[0]) + v[1..]);
        var document = Draw.Document("d", Draw.Chart("main", arrows, activities), Draw.Variables([.. names]));
        var play = new Play(DefinitionSet.Of(Draw.Read(document)));
        play.Start("d");
        return play;
    }

    private static IEnumerable<string> Lines(Play play) =>
        play.All.OfType<Effect.Trace>().Where(t => t.What == "output").Select(t => t.Text);
}

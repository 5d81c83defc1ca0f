using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Tests.Engine;

public class IncidentTests
{
    // The condition fails while Flag is not set; the administrator's answer to `help` sets it.
    private readonly Play _play = new(
        DefinitionSet.Of(
            Draw.Read(
                Draw.Document(
                    "d",
                    Draw.Chart(
                        "main",
                        "a>fan fan:judge>judge fan:help>help judge:True>yes judge:False>no",
                        Draw.Step("a", "done"),
                        Draw.Fork("fan", "judge", "help"),
                        Draw.Activity(
                            "judge",
                            "Elsa.FlowDecision",
                            ("condition", Draw.Script("getHelp().outcome === 'yes'"))
                        ),
                        Draw.Step("help", "yes"),
                        Draw.Step("yes", "done"),
                        Draw.Step("no", "done")
                    ),
                    Draw.Variables("A", "Help", "Yes", "No")
                )
            )
        )
    );

    [Fact]
    public void Retry_AfterTheCauseIsGone_GoesOnWhereItStopped()
    {
        _play.Start("d");
        _play.Answer("a", "done");
        var incident = Assert.Single(_play.Incidents);
        Assert.Equal("judge", incident.Activity);
        Assert.Equal(["help"], _play.OpenNames);

        _play.Answer("help", "yes");
        Assert.Null(_play.Ended);
        var effects = _play.Send(new Stimulus.Retry(incident.Id));

        Assert.Contains(effects, e => e is Effect.CloseIncident close && close.Id == incident.Id);
        Assert.Equal(["yes"], _play.OpenNames);
        Assert.Empty(_play.Family.Instances[0].Incidents);
    }

    [Fact]
    public void Retry_WhileTheCauseStands_IsANewIncident()
    {
        _play.Start("d");
        _play.Answer("a", "done");
        _play.Send(new Stimulus.Retry(_play.Incidents.First().Id));

        Assert.Equal(2, _play.Incidents.Select(i => i.Id).Distinct().Count());
    }

    [Fact]
    public void Retry_OfAnIncidentThatIsOver_IsIgnored()
    {
        _play.Start("d");
        _play.Answer("a", "done");
        var incident = Assert.Single(_play.Incidents);
        _play.Answer("help", "yes");
        _play.Send(new Stimulus.Retry(incident.Id));
        var before = _play.Json;

        Assert.IsType<Effect.Trace>(Assert.Single(_play.Send(new Stimulus.Retry(incident.Id))));
        Assert.Equal(before, _play.Json);
    }

    [Fact]
    public void ResultThatCannotBeTaken_IsKept()
    {
        var play = new Play(
            DefinitionSet.Of(
                Draw.Read(
                    Draw.Document(
                        "d",
                        Draw.Chart("main", "", Draw.Step("a", "done")),
                        [Draw.Variable("var-a", "A", "Int32")]
                    )
                )
            )
        );
        play.Start("d");
        play.Answer("a", "done");

        Assert.Single(play.Incidents);
        Assert.Contains("""stimulus":{"outcome":"done"}""", play.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void InvalidBackwardEdge_IsAnIncidentOfItsSource_AndNothingElseIsScheduled()
    {
        var play = new Play(
            DefinitionSet.Of(
                Draw.Read(
                    Draw.Document(
                        "d",
                        Draw.Chart(
                            "main",
                            "start>fan fan:a>a fan:b>b a>c b>c c>a c>d",
                            Draw.Activity("start", "Elsa.Start"),
                            Draw.Fork("fan", "a", "b"),
                            Draw.Step("a", "done"),
                            Draw.Step("b", "done"),
                            Draw.Step("c", "done"),
                            Draw.Step("d", "done")
                        ),
                        Draw.Variables("A", "B", "C", "D")
                    )
                )
            )
        );
        play.Start("d");
        play.Answer("a", "done");
        play.Answer("b", "done");
        play.Answer("c", "done");

        Assert.Equal(["c"], play.Incidents.Select(i => i.Activity));
        Assert.Empty(play.Open);
    }

    [Fact]
    public void LoopWithoutAStep_IsAnIncident()
    {
        var play = new Play(
            DefinitionSet.Of(
                Draw.Read(
                    Draw.Document(
                        "d",
                        Draw.Chart(
                            "main",
                            "a>b b>a",
                            Draw.Activity("a", "Elsa.Start"),
                            Draw.Activity("b", "Elsa.WriteLine")
                        )
                    )
                )
            )
        );
        play.Start("d");

        Assert.Single(play.Incidents);
        Assert.Null(play.Ended);
    }

    [Fact]
    public void FaultActivity_SaysItsMessage()
    {
        var play = new Play(
            DefinitionSet.Of(
                Draw.Read(
                    Draw.Document(
                        "d",
                        Draw.Chart("main", "", Draw.Activity("f", "Elsa.Fault", ("message", Draw.Literal("no answer"))))
                    )
                )
            )
        );
        play.Start("d");

        Assert.Equal("no answer", Assert.Single(play.Incidents).Reason);
    }
}

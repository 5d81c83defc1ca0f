using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Tests.Elsa;

namespace EduUnion.Workflows.Tests.Engine;

public class DefinitionRunTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Results_CompleteTasksInOrder_AndTheLastLineSaysFinished()
    {
        var (finished, lines) = Run(["result.json"], "motion.review:return", "motion.revise:done", "motion.close:done");

        Assert.True(finished);
        Assert.Equal("started", Event(lines[0]));
        Assert.Equal(["review", "revise", "close"], Activities(lines, "task"));
        Assert.Equal(["review", "revise", "close"], Activities(lines, "resumed"));
        Assert.Equal("finished", Event(lines[^1]));
        Assert.Equal("Finished", lines[^1].GetProperty("status").GetString());
    }

    [Fact]
    public void Timer_FiresOnlyWhenNothingElseCanMove()
    {
        var (_, task) = Run(["delay.json"], "motion.work:done", "motion.close:done");
        Assert.Equal(["work", "close"], Activities(task, "resumed"));

        var (_, clock) = Run(["delay.json"], "motion.escalate:done", "motion.close:done");
        Assert.Equal(["clock", "escalate", "close"], Activities(clock, "resumed"));
        Assert.Equal(Now.AddSeconds(3), clock.First(l => Event(l) == "timer").GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public void WithoutResults_ItSaysWhatItWaitsFor()
    {
        var (finished, lines) = Run(["result.json"]);

        Assert.False(finished);
        Assert.Equal("blocked", Event(lines[^1]));
        Assert.Equal("motion.review", lines[^1].GetProperty("tasks")[0].GetString());
    }

    [Fact]
    public void Incident_IsToldAndBlocks()
    {
        var (finished, lines) = Run(["join-waitall.json"], "motion.review:x");

        Assert.False(finished);
        Assert.Equal(["need"], Activities(lines, "incident"));
        Assert.Equal("need", lines[^1].GetProperty("incidents")[0].GetString());
    }

    [Fact]
    public void FaultStrategy_EndsFaulted()
    {
        var (finished, lines) = Run(["incident-fault.json"], "motion.review:x", "motion.work:done");

        Assert.False(finished);
        Assert.Equal("Faulted", lines[^1].GetProperty("status").GetString());
    }

    [Fact]
    public void WriteLine_GivesItsText_AndInputsArrive()
    {
        var document = Draw.Read(
            Draw.Document(
                "d",
                Draw.Chart("main", "", Draw.Line("hello", "'Hello ' + getInput('Who')")),
                inputs: ["Who"]
            )
        );
        var lines = new List<JsonElement>();
        new DefinitionRun(DefinitionSet.Of(document), [], Now, lines.Add).Run(
            "d",
            ImmutableDictionary<string, JsonElement>.Empty.Add("Who", JsonElement.Parse("\"you\""))
        );

        Assert.Equal("Hello you", lines.Single(l => Event(l) == "output").GetProperty("text").GetString());
    }

    private static (bool Finished, List<JsonElement> Lines) Run(string[] documents, params string[] results)
    {
        var lines = new List<JsonElement>();
        var definitions = Example.Documents(documents);
        var run = new DefinitionRun(
            definitions,
            results
                .Select(r => r.Split(':'))
                .Select(r => new ReadyResult(r[0], JsonSerializer.SerializeToElement(new { outcome = r[1] }))),
            Now,
            lines.Add
        );
        return (
            run.Run(Example.Definition(documents[^1]).DefinitionId, ImmutableDictionary<string, JsonElement>.Empty),
            lines
        );
    }

    private static string Event(JsonElement line) => line.GetProperty("event").GetString()!;

    private static IEnumerable<string> Activities(IEnumerable<JsonElement> lines, string name) =>
        lines.Where(l => Event(l) == name).Select(l => l.GetProperty("activity").GetString()!);
}

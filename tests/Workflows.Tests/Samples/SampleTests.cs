using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Tests.Engine;

namespace EduUnion.Workflows.Tests.Samples;

public class SampleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, FlowMode> All =>
        new(
            from name in Sample.Names
            from mode in Enum.GetValues<FlowMode>()
            where Sample.Of(name).Has(mode)
            select (name, mode)
        );

    /// <summary>As <c>definitions run</c> does it, in one process.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Run_WritesWhatElsaWrites(string name, FlowMode mode)
    {
        var sample = Sample.Of(name);
        var definitions = sample.Definitions();
        var lines = new List<JsonElement>();
        var run = new DefinitionRun(DefinitionSet.Of(definitions), sample.Results, Now, lines.Add, mode);

        var finished = run.Run(definitions[0].DefinitionId, sample.Input);

        Assert.Equal(
            sample.Lines(mode),
            lines
                .Where(l => l.GetProperty("event").GetString() == "output")
                .Select(l => l.GetProperty("text").GetString())
        );
        Assert.Equal(
            sample.End(mode),
            lines[^1].TryGetProperty("status", out var status)
                ? status.GetString()
                : lines[^1].GetProperty("event").GetString()
        );
        Assert.Equal(sample.End(mode) == "Finished", finished);
    }

    /// <summary>The same with the family written and read again between any two stimuli, and every stimulus run twice.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Run_WithARestartBetweenAnyTwoSteps_WritesTheSame(string name, FlowMode mode)
    {
        var sample = Sample.Of(name);
        var definitions = sample.Definitions();
        var set = DefinitionSet.Of(definitions);
        var play = new Play(set);
        play.Send(DefinitionRun.StartOf(set, definitions[0], sample.Input, mode));
        var results = sample.Results.ToList();
        while (Answer(play, results) || Wait(play)) { }

        Assert.Equal(
            sample.Lines(mode),
            play.All.OfType<Effect.Trace>().Where(t => t.What == "output").Select(t => t.Text)
        );
        Assert.Equal(sample.End(mode), play.Ended?.Status.ToString() ?? "blocked");
    }

    private static bool Answer(Play play, List<ReadyResult> results)
    {
        if (results.Count == 0)
            return false;
        var (next, rest) = (results[0], results[1..]);
        results.Clear();
        results.AddRange(rest);
        if (play.Open.FirstOrDefault(o => o.Name == next.Task) is { } step)
            play.Answer(step, StepResult.Raw(next.Result));
        else
            play.Send(new Stimulus.Raise(next.Task, next.Result));
        return true;
    }

    private static bool Wait(Play play)
    {
        if (play.Ended is not null || play.Timers.MinBy(t => t.At) is not { } due)
            return false;
        play.Wait(due.At - play.Now);
        return true;
    }
}

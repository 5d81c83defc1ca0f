using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Tests.Engine;

namespace EduUnion.Workflows.Tests.Elsa;

/// <summary>
/// Replays what a real Elsa did, step by step. Between instances only the order inside each is compared, because Elsa starts
/// children in the background. Where this engine is better on purpose, <see cref="ElsaDifferenceTests"/> says how.
/// </summary>
public class TraceReplayTests
{
    private static readonly HashSet<string> Different =
    [
        "incident-continue/error",
        "incident-default/error",
        "incident-fault/error",
        "join-waitall/one",
        "join-waitall/none",
        "join-waitallactive/none",
        "join-waitany/none",
        "loop/unknown-outcome",
        "loop-middle/unknown-outcome",
    ];

    public static TheoryData<string, string> Runs =>
        new(
            Example.TraceNames.SelectMany(file =>
                Example
                    .Trace(file)
                    .GetProperty("runs")
                    .EnumerateArray()
                    .Select(run => (file, run.GetProperty("run").GetString()!))
                    .Where(r => !Different.Contains($"{file[..^".trace.json".Length]}/{r.Item2}"))
            )
        );

    [Theory]
    [MemberData(nameof(Runs))]
    public void Replay_DoesWhatElsaDid(string file, string run)
    {
        var trace = Example.Trace(file);
        var documents = trace.GetProperty("documents").EnumerateArray().Select(d => d.GetString()!);
        var play = new Play(Example.Documents(documents));
        foreach (var (action, events) in Segments(trace, run))
            Assert.Equal(Expected(events), Actual(play, Do(play, action)));
    }

    [Fact]
    public void Differences_AreRunsThatExist() =>
        Assert.All(
            Different,
            d =>
                Assert.Contains(
                    d.Split('/')[1],
                    Example.Text($"{d.Split('/')[0]}.trace.json"),
                    StringComparison.Ordinal
                )
        );

    private static IEnumerable<(JsonElement Do, List<JsonElement> Events)> Segments(JsonElement trace, string run)
    {
        var lines = trace
            .GetProperty("runs")
            .EnumerateArray()
            .Single(r => r.GetProperty("run").GetString() == run)
            .GetProperty("trace")
            .EnumerateArray()
            .ToList();
        for (var i = 0; i < lines.Count; i++)
            if (lines[i].TryGetProperty("do", out _))
                yield return (lines[i], lines.Skip(i + 1).TakeWhile(l => !l.TryGetProperty("do", out _)).ToList());
    }

    private static IReadOnlyList<Effect> Do(Play play, JsonElement action)
    {
        switch (action.GetProperty("do").GetString())
        {
            case "start":
                return play.Start(action.GetProperty("definition").GetString()!);
            case "wait":
                return play.Wait(TimeSpan.FromSeconds(action.GetProperty("seconds").GetDouble()));
            default:
                var task = action.GetProperty("task").GetString()!;
                var instance = action.TryGetProperty("instance", out var i) ? i.GetString() : null;
                return play.Open.Any(o => o.Name == task)
                    ? play.Answer(play.Step(task, instance), StepResult.Raw(action.GetProperty("result")))
                    : [];
        }
    }

    private static SortedDictionary<string, List<string>> Expected(List<JsonElement> events)
    {
        var lines = new SortedDictionary<string, List<string>>();
        foreach (var e in events.Where(e => e.TryGetProperty("event", out _)))
        {
            var line = e.GetProperty("event").GetString() switch
            {
                "open" => $"open {Text(e, "task")} {Text(e, "activity")} {Payload(e)}",
                "completed" when Text(e, "type") == "Elsa.Workflow" => null,
                "completed" => $"completed {Text(e, "activity")} {Text(e, "type")} {Outcomes(e)}",
                "cancelled" => $"cancelled {Text(e, "activity")}",
                "status" when Text(e, "status") == "Finished" =>
                    $"ended {Text(e, "subStatus")} {Outputs(e, Text(e, "instance"))}",
                "instance" => "started",
                _ => null,
            };
            if (line is not null)
                Add(lines, Text(e, "instance"), line);
        }
        return lines;
    }

    private static SortedDictionary<string, List<string>> Actual(Play play, IReadOnlyList<Effect> effects)
    {
        var lines = new SortedDictionary<string, List<string>>();
        foreach (var effect in effects)
        {
            var line = effect switch
            {
                Effect.OpenStep open => $"open {open.Name} {open.Activity} {open.Payload.GetRawText()}",
                Effect.Trace { What: "completed" } done => $"completed {done.Activity} {done.Type} {done.Text}",
                Effect.Trace { What: "cancelled" } gone => $"cancelled {gone.Activity}",
                Effect.Ended ended =>
                    $"ended {ended.Status} {Sorted(JsonSerializer.SerializeToElement(ended.Outputs))}",
                Effect.Started { Parent: not null } => "started",
                Effect.Incident incident => $"incident {incident.Activity} {incident.Reason}",
                _ => null,
            };
            if (line is not null)
                Add(lines, play.NameOf(effect.Instance), line);
        }
        return lines;
    }

    private static void Add(SortedDictionary<string, List<string>> lines, string instance, string line)
    {
        if (!lines.TryGetValue(instance, out var list))
            lines[instance] = list = [];
        list.Add(line);
    }

    private static string Text(JsonElement e, string name) => e.GetProperty(name).GetString()!;

    // System.Text.Json writes the recorder's spaces away.
    private static string Payload(JsonElement e) =>
        e.TryGetProperty("payload", out var payload) ? JsonSerializer.Serialize(payload) : "";

    private static string Outcomes(JsonElement e) =>
        e.TryGetProperty("outcomes", out var outcomes)
            ? string.Join(",", outcomes.EnumerateArray().Select(o => o.GetString()))
            : "Done";

    // Elsa loses an instance's input at its first bookmark, so child.json's Part comes out null there; ours keeps it.
    private static string Outputs(JsonElement e, string instance) =>
        e.TryGetProperty("output", out var output)
            ? Sorted(output).Replace("Part=null", $"Part=\"{instance.Split('#')[^1]}\"", StringComparison.Ordinal)
            : "";

    private static string Sorted(JsonElement json) =>
        string.Join(
            " ",
            json.EnumerateObject()
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => $"{p.Name}={JsonSerializer.Serialize(p.Value)}")
        );
}

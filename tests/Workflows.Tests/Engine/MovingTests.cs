using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using static EduUnion.Workflows.Engine.Engine;

namespace EduUnion.Workflows.Tests.Engine;

/// <summary>Running instances go over to another version of their definition.</summary>
public class MovingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableDictionary<string, string> NoAnswers = ImmutableDictionary<string, string>.Empty;

    public static TheoryData<string> Shipped => [.. DefinitionSet.Shipped.All.Select(d => d.DefinitionId).Order()];

    [Theory, MemberData(nameof(Shipped))]
    public void Move_AtEveryStep_ToTheSameChart_ChangesTheVersionOnly(string id)
    {
        var set = DefinitionSet.Shipped.Add(Copy(id, _ => { }));
        foreach (var state in Walk(set, id))
        {
            var moved = Moving.Move(set, state.Family, new MoveOrder(id, 2, NoAnswers), Now);

            Assert.True(moved.IsPossible, $"{id} at {state.Key}: {string.Join(", ", moved.Places)}");
            Assert.Empty(moved.Effects);
            Assert.Equal(
                FamilyJson
                    .Write(state.Family)
                    .Replace($"\"of\":\"{id}\",\"version\":1", $"\"of\":\"{id}\",\"version\":2"),
                FamilyJson.Write(moved.Family)
            );
        }
    }

    /// <summary>Other places of the arrows in the document, and an activity more on each arrow out of a step.</summary>
    [Theory, MemberData(nameof(Shipped))]
    public void Move_AtEveryStep_ToAnotherChart_KeepsWhatIsOpenAndGoesOnAsBefore(string id)
    {
        var set = DefinitionSet.Shipped.Add(Copy(id, Redraw));
        var steps = 0;
        foreach (var state in Walk(set, id))
        {
            var moved = Moving.Move(set, state.Family, new MoveOrder(id, 2, NoAnswers), Now);

            Assert.True(moved.IsPossible, $"{id} at {state.Key}: {string.Join(", ", moved.Places)}");
            Assert.Empty(moved.Effects);
            Assert.All(moved.Family.Instances, i => Assert.True(i.DefinitionId != id || i.Version == 2));
            foreach (var step in state.Open)
            {
                Assert.Equal(
                    step with
                    {
                        Payload = default,
                    },
                    OpenSteps.Find(set, moved.Family, step.Step)! with
                    {
                        Payload = default,
                    },
                    (a, b) => (a!.Name, a.Instance, a.Activity) == (b!.Name, b.Instance, b.Activity)
                );
                foreach (var (said, result) in Results(step))
                {
                    Assert.Equal(
                        Told(Run(set, state.Family, new Stimulus.Answer(step.Step, result), Now)),
                        Told(
                            Run(
                                set,
                                FamilyJson.Read(FamilyJson.Write(moved.Family)),
                                new Stimulus.Answer(step.Step, result),
                                Now
                            )
                        )
                    );
                    steps++;
                }
            }
            Assert.Equal(
                FamilyJson.Write(state.Family with { NextSequence = moved.Family.NextSequence }),
                FamilyJson.Write(Moving.Undo(state.Family, moved.Family))
            );
        }
        Assert.True(steps > 0);
    }

    [Fact]
    public void Move_OfAGoneStep_AsksAndChangesNothing_ThenGoesWhereItIsAnswered()
    {
        var set = Set(Lines("a>b b>c", "a", "b", "c"), Lines("a>c c>d", "a", "c", "d"));
        var play = new Play(set);
        play.Send(new Stimulus.Start("chart", NoInput, 1));
        play.Answer("a", "ok");
        var before = play.Json;

        var asked = Moving.Move(set, play.Family, new MoveOrder("chart", 2, NoAnswers), Now);
        var place = Assert.Single(asked.Places);
        Assert.Equal((PlaceFate.Asks, PlaceTrouble.Gone, "b"), (place.Fate, place.Trouble!.Value, place.From));
        Assert.False(asked.IsPossible);
        Assert.Equal(before, FamilyJson.Write(asked.Family));

        var nowhere = Moving.Move(set, play.Family, new MoveOrder("chart", 2, NoAnswers.Add("b", "main")), Now);
        Assert.Equal(PlaceTrouble.Answer, Assert.Single(nowhere.Places).Trouble);

        var moved = Moving.Move(set, play.Family, new MoveOrder("chart", 2, NoAnswers.Add("b", "c")), Now);
        Assert.Equal(PlaceFate.Reopens, Assert.Single(moved.Places).Fate);
        Assert.Equal("b", Assert.Single(moved.Effects.OfType<Effect.CloseStep>()).Activity);
        var opened = Assert.Single(moved.Effects.OfType<Effect.OpenStep>());
        Assert.Equal("c", opened.Name);
        var next = Run(set, moved.Family, new Stimulus.Answer(opened.Step, new StepResult("ok")), Now);
        Assert.Equal(["d"], next.Effects.OfType<Effect.OpenStep>().Select(o => o.Name));

        var undone = Moving.Undo(play.Family, moved.Family);
        Assert.Equal(before, FamilyJson.Write(undone with { NextSequence = play.Family.NextSequence }));
        Assert.True(undone.NextSequence > play.Family.NextSequence);
    }

    [Fact]
    public void Move_ToTheSameStepUnderAnotherId_KeepsItOpen()
    {
        var renamed = Lines("a>x x>c", "a", "x", "c");
        Find(renamed, "x")["taskName"] = Draw.Literal("b");
        var set = Set(Lines("a>b b>c", "a", "b", "c"), renamed);
        var play = new Play(set);
        play.Send(new Stimulus.Start("chart", NoInput, 1));
        play.Answer("a", "ok");

        var moved = Moving.Move(set, play.Family, new MoveOrder("chart", 2, NoAnswers.Add("b", "x")), Now);

        Assert.Equal(PlaceFate.Stays, Assert.Single(moved.Places).Fate);
        Assert.Empty(moved.Effects);
        var next = Run(set, moved.Family, new Stimulus.Answer(play.Step("b").Step, new StepResult("ok")), Now);
        Assert.Equal(["c"], next.Effects.OfType<Effect.OpenStep>().Select(o => o.Name));
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public void Move_IntoAJoinWithOneBranchMore_DoesNotWaitForIt(string mode)
    {
        var set = Set(Forked(mode, "a", "b"), Forked(mode, "a", "b", "c"));
        var play = new Play(set);
        play.Send(new Stimulus.Start("chart", NoInput, 1));
        play.Answer("a", "ok");

        var moved = Moving.Move(set, play.Family, new MoveOrder("chart", 2, NoAnswers), Now);
        var burst = Run(set, moved.Family, new Stimulus.Answer(play.Step("b").Step, new StepResult("ok")), Now);

        Assert.Equal(["last"], burst.Effects.OfType<Effect.OpenStep>().Select(o => o.Name));
        Assert.Empty(burst.Effects.OfType<Effect.Incident>());
    }

    [Fact]
    public void Move_OfTwoThatWereBesideEachOther_AndAreOneAfterAnotherThere_Asks()
    {
        var set = Set(
            Forked("WaitAll", "a", "b"),
            Draw.Document(
                "chart",
                Draw.Chart("main", "a>b b>last", Step("a"), Step("b"), Step("last")),
                Results("a", "b", "last")
            )
        );
        var play = new Play(set);
        play.Send(new Stimulus.Start("chart", NoInput, 1));

        var moved = Moving.Move(set, play.Family, new MoveOrder("chart", 2, NoAnswers), Now);

        Assert.Equal(
            [("a", (PlaceTrouble?)null), ("b", PlaceTrouble.Order)],
            moved.Places.Select(p => (p.From, p.Trouble))
        );
    }

    [Fact]
    public void Move_OfChildren_LeavesTheParentWaitingForThem()
    {
        var set = DefinitionSet.Shipped.Add(Copy("motion-handling", Redraw));
        var play = new Play(set);
        play.Send(new Stimulus.Start("motion", NoInput, 1));
        foreach (
            var (step, outcome) in new[]
            {
                ("motion.gather", "submit"),
                ("motion.receive", "check"),
                ("motion.check", "propose"),
                ("motion.review", "file"),
                ("motion.number", "done"),
            }
        )
            play.Answer(step, outcome);
        // Children of the shipped version are pinned by it.
        play.Answer(
            play.Step("motion.assign"),
            new StepResult("assign", NoInput.Add("parts", JsonElement.Parse("""["A","B"]""")))
        );

        var moved = Moving.Move(set, play.Family, new MoveOrder("motion-handling", 2, NoAnswers), Now);

        Assert.Equal([1, 2, 2], moved.Family.Instances.Select(i => i.Version));
        Assert.Equal(play.Family.Instances.Select(i => i.Id), moved.Family.Instances.Select(i => i.Id));
        var cancelled = Run(set, moved.Family, new Stimulus.Cancel(moved.Family.Instances[1].Id, "gone"), Now);
        Assert.Equal("unanswered", Assert.Single(cancelled.Effects.OfType<Effect.Incident>()).Activity);
    }

    [Fact]
    public void Move_OfAnIncident_KeepsItForTheOtherVersionToGoOn()
    {
        var broken = Draw.Document(
            "chart",
            Draw.Chart("main", "a>s s:ok>b", Step("a"), Draw.Switch("s", "A", "never"), Step("b")),
            Results("a", "b")
        );
        var mended = Draw.Document(
            "chart",
            Draw.Chart("main", "a>s s:ok>b", Step("a"), Draw.Switch("s", "A", "ok"), Step("b")),
            Results("a", "b")
        );
        var set = Set(broken, mended);
        var play = new Play(set);
        play.Send(new Stimulus.Start("chart", NoInput, 1));
        play.Answer("a", "ok");
        var incident = Assert.Single(play.Incidents);

        var moved = Moving.Move(set, play.Family, new MoveOrder("chart", 2, NoAnswers), Now);
        var burst = Run(set, moved.Family, new Stimulus.Retry(incident.Id), Now);

        Assert.Equal("b", Assert.Single(burst.Effects.OfType<Effect.OpenStep>()).Name);
    }

    [Fact]
    public void Move_OfAValueThatTheVariableThereCannotHold_IsRefused()
    {
        JsonObject Counted(string type) =>
            Draw.Document(
                "chart",
                Draw.Chart("main", "a>b", Step("a"), Step("b")),
                new JsonArray([
                    Draw.Variable("var-note", "Note", type),
                    .. Results("a", "b").Select(v => v!.DeepClone()),
                ])
            );
        var set = Set(Counted("String"), Counted("Int32"));
        var play = new Play(set);
        play.Send(new Stimulus.Start("chart", NoInput, 1));
        var family = FamilyJson.Read(
            play.Json.Replace("\"version\":1}", "\"version\":1,\"vars\":{\"var-note\":\"x\"}}")
        );

        var moved = Moving.Move(set, family, new MoveOrder("chart", 2, NoAnswers), Now);

        Assert.False(moved.IsPossible);
        Assert.Equal(["Note"], moved.Misfits);
    }

    private static ImmutableDictionary<string, JsonElement> NoInput => ImmutableDictionary<string, JsonElement>.Empty;

    private static JsonObject Step(string id) => Draw.Step(id, "ok");

    private static JsonArray Results(params string[] steps) =>
        Draw.Variables([.. steps.Select(s => char.ToUpperInvariant(s[0]) + s[1..])]);

    private static JsonObject Lines(string arrows, params string[] steps) =>
        Draw.Document("chart", Draw.Chart("main", arrows, [.. steps.Select(Step)]), Results(steps));

    private static JsonObject Forked(string mode, params string[] branches) =>
        Draw.Document(
            "chart",
            Draw.Chart(
                "main",
                string.Join(' ', branches.Select(b => $"fan:{b}>{b} {b}>join")) + " join>last",
                [Draw.Fork("fan", branches), .. branches.Select(Step), Draw.Join("join", mode), Step("last")]
            ),
            Results([.. branches, "last"])
        );

    private static DefinitionSet Set(JsonObject first, JsonObject second)
    {
        second["version"] = 2;
        second["id"] = "chart-v2";
        return DefinitionSet.Of(Draw.Read(first), Draw.Read(second));
    }

    private static JsonNode Find(JsonObject document, string id) =>
        document["root"]!["activities"]!.AsArray().First(a => (string?)a!["id"] == id)!;

    private static Definition Copy(string id, Action<JsonObject> change)
    {
        var document = JsonNode.Parse(DefinitionSet.Shipped.Latest(id)!.Text)!.AsObject();
        document["version"] = 2;
        document["id"] = $"{id}-v2";
        change(document["root"]!.AsObject());
        return Draw.Read(document);
    }

    private static void Redraw(JsonObject activity)
    {
        foreach (var child in activity["activities"]?.AsArray().ToList() ?? [])
            Redraw(child!.AsObject());
        if (activity["body"] is JsonObject body)
            Redraw(body);
        if (activity["connections"] is not JsonArray connections)
            return;
        var tasks = activity["activities"]!.AsArray().Where(a => (string?)a!["type"] == "Elsa.RunTask");
        var ids = tasks.Select(t => (string)t!["id"]!).ToHashSet();
        var drawn = connections.Select(c => c!.DeepClone()).Reverse().ToList();
        connections.Clear();
        foreach (var arrow in drawn)
        {
            if (ids.Contains((string)arrow["source"]!["activity"]!))
            {
                var log = $"log-{connections.Count}-{activity["id"]}";
                activity["activities"]!.AsArray().Add(Draw.Line(log, "\"x\""));
                var second = arrow.DeepClone();
                second["source"]!["activity"] = log;
                second["source"]!["port"] = "Done";
                connections.Add(second);
                arrow["target"]!["activity"] = log;
            }
            connections.Add(arrow);
        }
    }

    /// <summary>One family for every combination of steps that can be open at once.</summary>
    private static IEnumerable<State> Walk(DefinitionSet set, string id)
    {
        var input = set.Find(id, 1)!.Inputs.ToImmutableDictionary(i => i.Name, _ => Values.Of("x"));
        var seen = new HashSet<string>();
        var open = new Queue<State>();
        Enter(Family.Of(Guid.Empty), new Stimulus.Start(id, input, 1), []);
        while (open.TryDequeue(out var state))
        {
            yield return state;
            foreach (var step in state.Open)
            foreach (var (_, result) in Results(step))
                Enter(state.Family, new Stimulus.Answer(step.Step, result), state.Open.Remove(step));
        }

        void Enter(Family family, Stimulus stimulus, ImmutableList<Effect.OpenStep> steps)
        {
            var burst = Run(set, family, stimulus, Now);
            foreach (var effect in burst.Effects)
                steps = effect switch
                {
                    Effect.OpenStep opened => steps.Add(opened),
                    Effect.CloseStep closed => steps.RemoveAll(s => s.Step == closed.Step),
                    _ => steps,
                };
            var state = new State(burst.Family, steps);
            if (steps.Count > 0 && seen.Add(state.Key))
                open.Enqueue(state);
        }
    }

    private static IEnumerable<(string Said, StepResult Result)> Results(Effect.OpenStep step)
    {
        IEnumerable<ImmutableDictionary<string, JsonElement>> routings = [NoInput];
        foreach (var scalar in StepCatalogue.Shipped.Find(step.Name)?.Routing ?? [])
        {
            IEnumerable<JsonElement> values = scalar.IsIdList
                ? [JsonElement.Parse("""["a","b"]""")]
                : scalar.Domain.Select(v => Values.Of(v));
            routings = routings.SelectMany(r => values.Select(v => r.SetItem(scalar.Name, v)));
        }
        return from outcome in step.Payload.GetProperty("outcomes").EnumerateArray()
            from routing in routings
            select (outcome.GetString()!, new StepResult(outcome.GetString()!, routing));
    }

    private static IEnumerable<string> Told(Burst burst) =>
        burst
            .Effects.Select(e =>
                e switch
                {
                    Effect.OpenStep o => $"open {o.Name}",
                    Effect.CloseStep c => $"close {c.Step}",
                    Effect.Ended ended => $"{ended.DefinitionId} {ended.Status} {ended.Outcome}",
                    Effect.Incident incident => $"incident {incident.Activity}",
                    _ => "",
                }
            )
            .Where(t => t.Length > 0)
            .Order();

    private sealed record State(Family Family, ImmutableList<Effect.OpenStep> Open)
    {
        public string Key { get; } = string.Join(' ', Open.Select(o => o.Name).Order()) + $" {Family.Instances.Length}";
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;
using static EduUnion.Workflows.Engine.Engine;

namespace EduUnion.Workflows.Tests.Steps;

/// <summary>
/// Two hundred who finish parallel work at the same moment. The case's lock lets them through one by one in an order that
/// nobody knows, each perhaps twice (a second press, a repeated request): nothing is stuck and nothing happens twice.
/// </summary>
public class ParallelCompletionTests(ITestOutputHelper output)
{
    private const int Many = 200;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Policies => ["one", "all", "vote", "weighted"];

    [Theory, MemberData(nameof(Policies))]
    public void OneStepOfManyTasks_IsDecidedOnce(string policy) =>
        Rounds.Play(
            output,
            random =>
            {
                var definitions = DefinitionSet.Of(
                    Draw.Read(
                        Draw.Document(
                            "d",
                            Draw.Chart(
                                "main",
                                "ask>after",
                                Draw.Step("ask", "agree", "refuse", "dispute"),
                                Draw.Step("after", "done")
                            ),
                            Draw.Variables("Ask", "After")
                        )
                    )
                );
                var play = new Counted(definitions, "d");
                var step = play.Open["ask"].Single();
                var desk = DeskOf(policy, random);
                var heard = new Dictionary<Guid, int>();
                var decided = 0;
                foreach (var (id, outcome) in Deliveries(desk.Tasks.Select(t => (t.Id, Said(random))), random))
                {
                    var answer = desk.Answer(id, outcome);
                    if (!answer.IsOk)
                    {
                        Assert.Contains(answer.Refusal.Code, new[] { "task.closed", "task.waits" });
                        continue;
                    }
                    desk = answer.Value;
                    heard[id] = heard.GetValueOrDefault(id) + 1;
                    if (desk.Standing.Outcome is not { } outcomeOfStep)
                    {
                        Assert.False(desk.Standing.IsStuck);
                        continue;
                    }
                    decided++;
                    play.Answer(step, outcomeOfStep);
                }

                Assert.Equal(1, decided);
                Assert.All(heard.Values, times => Assert.Equal(1, times));
                Assert.Empty(desk.Answerable);
                // Whoever comes after the decision is not heard by the engine either.
                play.Answer(step, "refuse");
                Assert.Equal(1, play.Ignored);
                Assert.Equal(["after"], play.Open.Keys);
                play.Answer(play.Open["after"].Single(), "done");
                Assert.Equal(EndStatus.Finished, play.Ended);
            }
        );

    [Fact]
    public void ManyBranchesOfOneChart_AllJoin() =>
        Rounds.Play(
            output,
            random =>
            {
                var branches = Enumerable.Range(0, Many).Select(i => $"b{i}").ToArray();
                var arrows = branches.SelectMany(b => new[] { $"fan:{b}>{b}", $"{b}>join" }).Append("join>after");
                var play = new Counted(
                    DefinitionSet.Of(
                        Draw.Read(
                            Draw.Document(
                                "d",
                                Draw.Chart(
                                    "main",
                                    string.Join(' ', arrows),
                                    [
                                        Draw.Fork("fan", branches),
                                        .. branches.Select(b => Draw.Task(b, b, """{"outcomes":["done"]}""")),
                                        Draw.Join("join", "WaitAll"),
                                        Draw.Step("after", "done"),
                                    ]
                                ),
                                Draw.Variables("After")
                            )
                        )
                    ),
                    "d"
                );
                Assert.Equal(Many, play.Open.Count);

                FinishAll(play, random);
            }
        );

    [Fact]
    public void ManyChildren_AllComeBack() =>
        Rounds.Play(
            output,
            random =>
            {
                var child = Draw.Document(
                    "child",
                    Draw.Chart("root", "", Draw.Task("work", "work", """{"outcomes":["done"]}""")),
                    inputs: ["Part"]
                );
                var dispatch = Draw.Activity(
                    "child",
                    "Elsa.DispatchWorkflow",
                    ("workflowDefinitionId", Draw.Literal("child")),
                    ("waitForCompletion", Draw.Literal(true)),
                    ("input", Draw.Script("return { Part: getCurrentValue() };"))
                );
                var parent = Draw.Document(
                    "d",
                    Draw.Chart(
                        "main",
                        "ask>each each>after",
                        Draw.Step("ask", "done"),
                        Draw.Activity(
                            "each",
                            "Elsa.ParallelForEach",
                            ("items", Draw.Script("getAsk().ids")),
                            ("body", Draw.Chart("body", "", dispatch))
                        ),
                        Draw.Step("after", "done")
                    ),
                    Draw.Variables("Ask", "After")
                );
                var play = new Counted(DefinitionSet.Of(Draw.Read(child), Draw.Read(parent)), "d");
                var ids = Enumerable.Range(0, Many).Select(i => $"part {i}");
                play.Send(
                    new Stimulus.Answer(
                        play.Open["ask"].Single(),
                        new StepResult(
                            "done",
                            ImmutableDictionary<string, JsonElement>.Empty.Add(
                                "ids",
                                JsonSerializer.SerializeToElement(ids)
                            )
                        )
                    )
                );
                Assert.Equal(Many, play.Open["work"].Count);

                FinishAll(play, random);
            }
        );

    private static void FinishAll(Counted play, Random random)
    {
        var open = play.Open.Values.SelectMany(s => s).ToList();
        foreach (var (step, _) in Deliveries(open.Select(s => (s, "done")), random))
        {
            Assert.DoesNotContain("after", play.Open.Keys);
            play.Answer(step, "done");
            if (play.Open.ContainsKey("after"))
                break;
        }

        // The one that came last opened what follows, once; whatever comes again is not heard.
        Assert.Equal(["after"], play.Open.Keys);
        foreach (var step in open)
            play.Answer(step, "done");
        play.Answer(Assert.Single(play.Open["after"]), "done");
        Assert.Equal(EndStatus.Finished, play.Ended);
        Assert.Equal(1, play.OpenedOf("after"));
    }

    private static StepDesk DeskOf(string policy, Random random)
    {
        ImmutableArray<DeskTask> tasks =
        [
            .. Enumerable
                .Range(0, Many)
                .Select(_ => new DeskTask(Guid.NewGuid(), Guid.NewGuid())
                {
                    Weight = policy == "weighted" ? random.Next(1, 4) : 1,
                }),
        ];
        StepPolicy rule = policy switch
        {
            "one" => new StepPolicy.First(),
            "all" => new StepPolicy.All(),
            _ => new StepPolicy.Vote(new VoteRule(1, 2, OverTotal: true, Strict: true)),
        };
        return new StepDesk(tasks, rule, ["agree", "refuse"], tasks.Sum(t => t.Weight));
    }

    // Most agree, so that countersignatures are carried in some rounds and votes end at different times.
    private static string Said(Random random) => random.Next(Many) == 0 ? "refuse" : "agree";

    /// <summary>Everything comes, some of it twice, in any order.</summary>
    private static IEnumerable<(Guid Id, string Outcome)> Deliveries(
        IEnumerable<(Guid Id, string Outcome)> once,
        Random random
    )
    {
        var all = once.SelectMany(d => random.Next(2) == 0 ? new[] { d } : [d, d]).ToArray();
        random.Shuffle(all);
        return all;
    }

    /// <summary>A family that is saved and read again between any two stimuli, as on the case's row.</summary>
    private sealed class Counted
    {
        private readonly DefinitionSet _definitions;
        private readonly Dictionary<string, int> _opened = [];
        private string _saved;

        public Counted(DefinitionSet definitions, string definition)
        {
            (_definitions, _saved) = (definitions, FamilyJson.Write(Family.Of(Guid.NewGuid())));
            Send(new Stimulus.Start(definition));
        }

        public Dictionary<string, List<Guid>> Open { get; } = [];

        public int Ignored { get; private set; }

        public EndStatus? Ended { get; private set; }

        public int OpenedOf(string name) => _opened.GetValueOrDefault(name);

        public void Answer(Guid step, string outcome) => Send(new Stimulus.Answer(step, new StepResult(outcome)));

        public void Send(Stimulus stimulus)
        {
            if (stimulus is Stimulus.Answer answer)
                foreach (var (name, steps) in Open.Where(o => o.Value.Remove(answer.Step)).ToList())
                    if (steps.Count == 0)
                        Open.Remove(name);
            var burst = Run(_definitions, FamilyJson.Read(_saved), stimulus, Now);
            _saved = FamilyJson.Write(burst.Family);
            foreach (var effect in burst.Effects)
                switch (effect)
                {
                    case Effect.OpenStep open:
                        Open.TryAdd(open.Name, []);
                        Open[open.Name].Add(open.Step);
                        _opened[open.Name] = OpenedOf(open.Name) + 1;
                        break;
                    case Effect.Ended ended when ended.DefinitionId == "d":
                        Assert.Null(Ended);
                        Ended = ended.Status;
                        break;
                    case Effect.Incident incident:
                        Assert.Fail(incident.Reason);
                        break;
                    case Effect.Trace { What: "ignored" }:
                        Ignored++;
                        break;
                }
        }
    }
}

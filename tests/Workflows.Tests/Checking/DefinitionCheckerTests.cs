using System.Text.Json.Nodes;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Checking;

/// <summary>One canary a finding: a document that is sound but for one thing.</summary>
public class DefinitionCheckerTests
{
    private static readonly StepCatalogue Catalogue = new([
        new("ask", StepKind.Human, "yes", "no") { Clocks = ["check"] },
        new("two", StepKind.Human, "yes", "no"),
        new("parts", StepKind.Human, "done") { Routing = [new("ids"), new("size", "big", "small")] },
        new("auto", StepKind.Auto, "done"),
        new("pay", StepKind.Human, "yes", "no") { Clocks = ["check"], MovesMoney = true },
        new("sign", StepKind.Human, "yes", "no") { Beside = true },
    ]);

    private static JsonObject Ask => AskWith("""{"who":{"role":"r"},"outcomes":["yes","no"]}""");
    private static JsonObject Route => Draw.Switch("route", "Ask", "yes", "no");
    private static JsonObject Guard => Draw.Activity("guard", "Elsa.Fault");
    private static JsonObject End => Draw.Activity("end", "Elsa.End");

    [Fact]
    public void SoundDocument_HasNoFindings() =>
        Assert.Empty(Check("ask>route route:yes>end route:no>end route:Default>guard", Ask, Route, Guard, End));

    [Theory]
    [InlineData("payload.shape", "[]")]
    [InlineData("payload.unknown", """{"who":{"role":"r"},"outcomes":["yes","no"],"colour":"red"}""")]
    [InlineData("payload.outcomes", """{"who":{"role":"r"}}""")]
    [InlineData("payload.who-missing", """{"outcomes":["yes","no"]}""")]
    [InlineData("payload.who", """{"who":{"role":"r","list":"l"},"outcomes":["yes","no"]}""")]
    [InlineData("payload.who", """{"who":{"office":"o"},"outcomes":["yes","no"]}""")]
    [InlineData("payload.who", """{"who":{"office":"o","of":"moon"},"outcomes":["yes","no"]}""")]
    [InlineData("payload.policy", """{"who":{"role":"r"},"outcomes":["yes","no"],"policy":{"kind":"vote"}}""")]
    [InlineData("policy.not-allowed", """{"who":{"role":"r"},"outcomes":["yes","no"],"policy":{"kind":"all"}}""")]
    [InlineData(
        "payload.clock",
        """{"who":{"role":"r"},"outcomes":["yes","no"],"clock":{"name":"check","span":"step"}}"""
    )]
    [InlineData(
        "payload.clock",
        """{"who":{"role":"r"},"outcomes":["yes","no"],"clock":{"name":"check","span":"step","onExpiry":{"outcome":"never"}}}"""
    )]
    [InlineData(
        "clock.not-allowed",
        """{"who":{"role":"r"},"outcomes":["yes","no"],"clock":{"name":"lunch","span":"step","onExpiry":"remind"}}"""
    )]
    [InlineData("payload.allow", """{"who":{"role":"r"},"outcomes":["yes","no"],"allow":["sing"]}""")]
    [InlineData("payload.copy", """{"who":{"role":"r"},"outcomes":["yes","no"],"copy":["r"]}""")]
    public void Payload_IsRefused(string code, string payload) =>
        Finds(
            code,
            "/root/activities/0/payload",
            "ask>route route:yes>end route:no>end route:Default>guard",
            AskWith(payload),
            Route,
            Guard,
            End
        );

    [Fact]
    public void OutcomeOutsideTheCatalogue_IsRefused_AndSoIsItsWay()
    {
        var findings = Check(
            "ask>route route:yes>end route:no>end route:Default>guard",
            AskWith("""{"who":{"role":"r"},"outcomes":["yes","no","maybe"]}"""),
            Route,
            Guard,
            End
        );

        Assert.Equal(["outcome.unknown", "outcome.unhandled"], findings.Select(f => f.Code));
        Assert.EndsWith("start → ask=maybe", findings[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownStep() =>
        Finds("step.unknown", "/root/activities/0/taskName", "", Draw.Task("a", "sing", """{"outcomes":["done"]}"""));

    [Fact]
    public void SilenceReleasesNoMoney() =>
        Finds(
            "clock.silent-approval",
            "/root/activities/0/payload/clock/onExpiry",
            "",
            Draw.Task(
                "a",
                "pay",
                """{"who":{"role":"r"},"outcomes":["yes","no"],"clock":{"name":"check","span":"step","onExpiry":{"outcome":"yes"}}}"""
            )
        );

    [Fact]
    public void StepBesideAnother_IsOpenedByNoDefinition() =>
        Finds(
            "step.beside",
            "/root/activities/0/payload",
            "",
            Draw.Task("a", "sign", """{"who":{"role":"r"},"outcomes":["yes","no"]}""")
        );

    [Fact]
    public void ComputedStepName()
    {
        var task = Draw.Task("a", "auto", """{"outcomes":["done"]}""");
        task["taskName"] = Draw.Script("'auto'");
        Finds("step.name", "/root/activities/0/taskName", "", task);
    }

    [Fact]
    public void ComputedPayload()
    {
        var task = Draw.Task("a", "auto", "{}");
        task["payload"] = Draw.Script("return { outcomes: ['done'] };");
        Finds("payload.dynamic", "/root/activities/0/payload", "", task);
    }

    [Fact]
    public void WhoOnAnAutomaticStep() =>
        Finds(
            "payload.who-unexpected",
            "/root/activities/0/payload/who",
            "",
            Draw.Task("a", "auto", """{"who":{"role":"r"},"outcomes":["done"]}""")
        );

    [Fact]
    public void SwitchWithoutDefault() =>
        Finds("switch.default-missing", "/root/activities/1", "ask>route route:yes>end route:no>end", Ask, Route, End);

    [Fact]
    public void OutcomeWithoutEdge() =>
        Finds(
            "outcome.edge-missing",
            "/root/activities/1",
            "ask>route route:yes>end route:Default>guard",
            Ask,
            Route,
            Guard,
            End
        );

    [Fact]
    public void EdgeForAPortThatIsNeverGiven() =>
        Finds(
            "port.unknown",
            "/root/activities/1",
            "ask>route route:yes>end route:no>end route:Default>guard route:perhaps>end",
            Ask,
            Route,
            Guard,
            End
        );

    [Theory]
    [InlineData("getAsk().amount > 5")]
    [InlineData("getAsk().amount === 'x'")]
    [InlineData("getCount() < 2")]
    [InlineData("new Date() > 0")]
    [InlineData("setCount(1); return true;")]
    public void OpaqueCondition(string condition) =>
        Finds(
            "condition.opaque",
            "/root/activities/1/condition",
            "ask>d d:True>end d:False>end",
            Ask,
            Decision(condition),
            End
        );

    [Theory]
    [InlineData("getAsk().outcome === 'yes' || !(getAsk().outcome !== 'no')")]
    [InlineData("return getAsk().outcome == 'yes' && getAsk().outcome == 'no';")]
    public void DecidableCondition(string condition) =>
        Assert.Empty(Check("ask>d d:True>end d:False>end", Ask, Decision(condition), End));

    [Fact]
    public void ConditionThatNeverHolds() =>
        Finds(
            "condition.impossible",
            "/root/activities/1/condition",
            "ask>d d:True>end d:False>end",
            Ask,
            Decision("getAsk().outcome === 'yse'"),
            End
        );

    [Fact]
    public void RoutingScalar_MayBeRead() =>
        Assert.Empty(
            Check(
                "parts>d d:True>end d:False>end",
                Draw.Task("parts", "parts", """{"who":{"role":"r"},"outcomes":["done"]}""", "var-ask"),
                Decision("getAsk().size === 'big'"),
                End
            )
        );

    [Fact]
    public void InvalidBackwardEdge() =>
        Finds(
            "edge.invalid-backward",
            "/root/connections/5",
            "ask>route route:yes>x route:no>y route:Default>guard x>y y>x",
            Ask,
            Route,
            Auto("x"),
            Auto("y"),
            Guard
        );

    [Fact]
    public void BackwardEdgeToTheMiddle() =>
        Finds(
            "edge.backward-target",
            "/root/connections/2",
            "x>ask ask>route route:no>ask route:yes>end route:Default>guard",
            Auto("x"),
            Ask,
            Route,
            Guard,
            End
        );

    [Fact]
    public void WaitAllWithADeadBranch_TellsThePath()
    {
        var findings = Check(
            "ask>route route:yes>fan route:no>y route:Default>guard fan:x>x fan:y>y x>join y>join",
            Ask,
            Route,
            Draw.Fork("fan", "x", "y"),
            Auto("x"),
            Auto("y"),
            Draw.Join("join", "WaitAll"),
            Guard
        );

        var finding = Assert.Single(findings);
        Assert.Equal("join.dead-branch", finding.Code);
        Assert.Contains("start → ask=no → y=done", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void LoopWithoutAWayOut() => Finds("loop.endless", "/root", "x>y y>x", Auto("x"), Auto("y"));

    [Fact]
    public void UnreachableActivity() =>
        Finds(
            "activity.unreachable",
            "/root/activities/1",
            "x>end",
            Auto("x"),
            Auto("y"),
            Draw.Activity("end", "Elsa.End")
        );

    [Fact]
    public void ExecuteWorkflow() =>
        Finds(
            "activity.not-published",
            "/root/activities/0",
            "",
            Draw.Activity("x", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Draw.Literal("child")))
        );

    [Theory]
    [InlineData("Elsa.While")]
    [InlineData("Elsa.For")]
    [InlineData("Elsa.ForEach")]
    [InlineData("Elsa.Fork")]
    [InlineData("Elsa.Switch")]
    [InlineData("Elsa.Parallel")]
    [InlineData("Elsa.Event")]
    [InlineData("Elsa.PublishEvent")]
    [InlineData("Elsa.Timer")]
    [InlineData("Elsa.Cron")]
    [InlineData("Elsa.RunJavaScript")]
    public void TypesOfWhichNothingIsProven(string type) =>
        Finds("activity.not-published", "/root/activities/0", "", Draw.Activity("x", type));

    [Theory]
    [InlineData("Cascade")]
    [InlineData("Race")]
    [InlineData("Converge")]
    public void MergeModesThatLoseTokens(string mode)
    {
        var activity = Auto("x");
        activity["customProperties"] = new JsonObject { ["mergeMode"] = mode };
        Finds("merge.not-published", "/root/activities/0", "", activity);
    }

    [Fact]
    public void UnknownChild() =>
        Finds(
            "workflow.unknown",
            "/root/activities/0/workflowDefinitionId",
            "",
            Draw.Activity("x", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Draw.Literal("nobody")))
        );

    [Fact]
    public void UnknownEmbeddedDefinition()
    {
        var activity = Draw.Activity("x", "Nobody");
        activity["workflowDefinitionId"] = "nobody";
        Finds("workflow.unknown", "/root/activities/0", "", activity);
    }

    [Fact]
    public void DispatchWithoutASwitchBehindIt() =>
        Finds("dispatch.unchecked", "/root/activities/0", "x>end", Dispatch("return { P: getAsk() };"), End);

    [Fact]
    public void ChildGivenAComputedValue() =>
        Finds(
            "input.opaque",
            "/root/activities/0/input",
            "x>d d:ok>end d:Default>guard",
            Dispatch("return { P: 1 + 1 };"),
            Draw.Activity("d", "Elsa.FlowSwitch", ("cases", new JsonArray(ChildCase()))),
            Guard,
            End
        );

    [Fact]
    public void ItemsThatAreNoDeclaredList() =>
        Finds(
            "items.opaque",
            "/root/activities/1/items",
            "ask>each",
            Ask,
            Draw.Activity("each", "Elsa.ParallelForEach", ("items", Draw.Script("getAsk().ids")), ("body", Auto("x")))
        );

    [Fact]
    public void ComputedCompleteOutcomes() =>
        Finds(
            "complete.dynamic",
            "/root/activities/0/outcomes",
            "",
            Draw.Activity("x", "Elsa.Complete", ("outcomes", Draw.Object("""["a"]""")))
        );

    [Fact]
    public void VariableWithoutDriver() =>
        Assert.Equal(["variable.driver-missing"], Codes([Draw.Variable("v", "V", driver: null)], null));

    [Fact]
    public void VariableHiddenByAnInput() => Assert.Equal(["variable.hidden"], Codes([Draw.Variable("v", "V")], ["V"]));

    [Fact]
    public void InputReadAfterTheFirstBurst() =>
        Assert.Equal(["input.read-late"], Codes(null, ["V"], Draw.Line("x", "getInput('V')")));

    [Fact]
    public void CheckOfASet_NamesTheDefinition()
    {
        var set = DefinitionSet.Of(
            Draw.Read(Draw.Document("d", Draw.Chart("main", "", Draw.Step("a", "x")), Draw.Variables("A")))
        );

        Assert.All(
            DefinitionChecker.Check(set, Catalogue),
            f => Assert.StartsWith("d#/root", f.Path, StringComparison.Ordinal)
        );
        Assert.NotEmpty(DefinitionChecker.Check(set, Catalogue));
    }

    private static void Finds(string code, string path, string arrows, params JsonObject[] activities)
    {
        var finding = Check(arrows, activities).First();
        Assert.Equal(code, finding.Code);
        Assert.StartsWith(path, finding.Path, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Finding> Check(string arrows, params JsonObject[] activities) =>
        Check(Draw.Document("d", Draw.Chart("main", arrows, activities), Draw.Variables("Ask", "Count")));

    private static IEnumerable<string> Codes(JsonArray? variables, string[]? inputs, params JsonObject[] activities) =>
        Check(Draw.Document("d", Draw.Chart("main", "", activities), variables, inputs)).Select(f => f.Code);

    private static IReadOnlyList<Finding> Check(JsonObject document)
    {
        var child = Draw.Read(
            Draw.Document("child", Draw.Chart("root", "", Draw.Activity("s", "Elsa.Start")), outputs: ["Outcome"])
        );
        var definition = Draw.Read(document);
        return DefinitionChecker.Check(definition, DefinitionSet.Of(child, definition), Catalogue);
    }

    private static JsonObject AskWith(string payload) => Draw.Task("ask", "ask", payload, "var-ask");

    private static JsonObject Auto(string id) => Draw.Task(id, "auto", """{"outcomes":["done"]}""");

    private static JsonObject Decision(string condition) =>
        Draw.Activity("d", "Elsa.FlowDecision", ("condition", Draw.Script(condition)));

    private static JsonObject Dispatch(string input) =>
        Draw.Activity(
            "x",
            "Elsa.DispatchWorkflow",
            ("workflowDefinitionId", Draw.Literal("child")),
            ("waitForCompletion", Draw.Literal(true)),
            ("input", Draw.Script(input)),
            ("result", Draw.Output("var-ask"))
        );

    private static JsonObject ChildCase() =>
        new()
        {
            ["label"] = "ok",
            ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "getAsk().Outcome === 'ok'" },
        };
}

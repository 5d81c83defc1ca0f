using System.Text.Json.Nodes;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Definitions;

public class DefinitionReaderTests
{
    public static TheoryData<string, string, string> Broken =>
        new()
        {
            { "json.unreadable", "", "{" },
            { "document.shape", "", "[]" },
            { "document.root-missing", "/root", "{}" },
            { "document.id-missing", "/definitionId", """{"root":{"id":"a","type":"Elsa.Flowchart"}}""" },
            { "activity.incomplete", "/root/activities/0", With(new JsonObject { ["id"] = "x" }) },
            { "activity.unknown", "/root/activities/0", With(Draw.Activity("x", "Elsa.Nonsense")) },
            {
                "activity.id-duplicate",
                "/root/activities/1",
                With(Draw.Activity("x", "Elsa.Start"), Draw.Activity("x", "Elsa.End"))
            },
            {
                "connection.dangling",
                "/root/connections/0",
                Of(Draw.Chart("main", "a>b", Draw.Activity("a", "Elsa.Start")))
            },
            { "expression.type", "/root/activities/0/text/expression", With(Line("CSharp", "1")) },
            { "expression.script", "/root/activities/0/text/expression", With(Line("JavaScript", "1 +")) },
            { "expression.json", "/root/activities/0/text/expression", With(Line("Object", "{")) },
            { "expression.reference", "/root/activities/0/text/expression", With(Line("Variable", "{}")) },
            { "variable.unknown", "/root/activities/0/text", With(Line("Variable", """{"id":"var-x"}""")) },
            { "variable.unknown", "/root/activities/0/text", With(Line("JavaScript", "getX().outcome")) },
            { "input.unknown", "/root/activities/0/text", With(Line("Input", """{"name":"X"}""")) },
            { "input.unknown", "/root/activities/0/text", With(Line("JavaScript", "getInput('X')")) },
            { "output.unknown", "/root/activities/0/result", With(Draw.Step("a", "done")) },
            { "variable.missing", "/root/activities/0/variable", With(Draw.Activity("x", "Elsa.SetVariable")) },
            {
                "variable.unknown",
                "/root/activities/0/variable",
                With(Draw.Activity("x", "Elsa.SetVariable", ("variable", Draw.Variable("var-x", "X"))))
            },
            {
                "variable.value",
                "/variables/0/value",
                Of(Draw.Chart("main", ""), [Draw.Variable("v", "V", "Int32", "many")])
            },
            {
                "variable.id-duplicate",
                "/variables/1",
                Of(Draw.Chart("main", ""), [Draw.Variable("v", "V"), Draw.Variable("v", "W")])
            },
            { "variable.name-missing", "/variables/0", Of(Draw.Chart("main", ""), [new JsonObject()]) },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_Refuses(string code, string path, string document)
    {
        var reading = DefinitionReader.Read(document);

        Assert.Null(reading.Definition);
        var finding = Assert.Single(reading.Findings);
        Assert.Equal((path, code), (finding.Path, finding.Code));
    }

    [Theory]
    [InlineData("""[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"}}]""")]
    [InlineData("""[{"source":"a","target":"b","sourcePort":"Done","targetPort":"In"}]""")]
    [InlineData("""{"$values":[{"source":"a","target":"b"}]}""")]
    public void Read_TakesAllFormsOfConnections(string connections)
    {
        var chart = Draw.Chart("main", "", Draw.Activity("a", "Elsa.Start"), Draw.Activity("b", "Elsa.End"));
        chart["connections"] = JsonNode.Parse(connections);

        Assert.Equal(
            new Connection("a", "Done", "b"),
            Assert.Single(Draw.Read(Draw.Document("d", chart)).Root.Connections)
        );
    }

    [Fact]
    public void Start_IsTheStartActivity_ThenTheFlag_ThenTheFirstWithoutInbound()
    {
        Assert.Equal("s", Start(Draw.Activity("s", "Elsa.Start")));
        Assert.Equal(
            "x",
            Start(
                Draw.Activity(
                    "x",
                    "Elsa.WriteLine",
                    ("customProperties", new JsonObject { ["canStartWorkflow"] = true })
                )
            )
        );
        Assert.Equal("x", Start(Draw.Activity("x", "Elsa.WriteLine", ("canStartWorkflow", true))));
        Assert.Equal("a", Start(Draw.Activity("x", "Elsa.WriteLine")));

        static string Start(JsonObject last) =>
            Draw.Read(
                Draw.Document(
                    "d",
                    Draw.Chart(
                        "main",
                        $"a>b b>{last["id"]}",
                        Draw.Activity("a", "Elsa.WriteLine"),
                        Draw.Activity("b", "Elsa.WriteLine"),
                        last
                    )
                )
            ).Root.Graph!.Start!.Id;
    }

    [Fact]
    public void InputWithoutTypeName_IsIgnored_AndABareScalarIsALiteral()
    {
        var line = Draw.Activity(
            "x",
            "Elsa.WriteLine",
            ("text", "plain"),
            ("other", new JsonObject { ["expression"] = new JsonObject { ["type"] = "Nonsense" } })
        );
        var activity = Draw.Read(Draw.Document("d", Draw.Chart("main", "", line))).Activities["x"];

        Assert.Equal("plain", activity.Literal("text"));
        Assert.False(activity.Inputs.ContainsKey("other"));
    }

    [Fact]
    public void ReadTogether_GivesANamePascalCase_AsActivityType()
    {
        var child = Draw.Document("c1", Draw.Chart("main", ""));
        child["name"] = "yes no-child";
        child["options"] = new JsonObject { ["usableAsActivity"] = true };
        var parent = Draw.Document("p", Draw.Activity("x", "YesNoChild"));

        var readings = DefinitionReader.ReadTogether([parent.ToJsonString(), child.ToJsonString()]);
        Assert.Equal("c1", readings[0].Definition!.Root.WorkflowDefinitionId);

        child["options"] = new JsonObject();
        readings = DefinitionReader.ReadTogether([parent.ToJsonString(), child.ToJsonString()]);
        Assert.Equal("activity.unknown", Assert.Single(readings[0].Findings).Code);
    }

    [Theory]
    [InlineData("CSharp")]
    [InlineData("Liquid")]
    [InlineData("Python")]
    public void ReadTogether_RefusesOtherLanguages(string language) =>
        Assert.Equal(
            "expression.type",
            Assert.Single(DefinitionReader.ReadTogether([With(Line(language, "1"))])[0].Findings).Code
        );

    [Fact]
    public void ReadTogether_LeavesReferencesToTheRun() =>
        Assert.Empty(DefinitionReader.ReadTogether([With(Line("JavaScript", "getX() + getInput('Y')"))])[0].Findings);

    [Theory]
    [InlineData("race", MergeMode.Race)]
    [InlineData("Converge", MergeMode.Converge)]
    [InlineData("None", MergeMode.Stream)]
    [InlineData("Nonsense", MergeMode.Stream)]
    public void MergeMode_IsACustomProperty(string written, MergeMode expected)
    {
        var line = Draw.Activity(
            "x",
            "Elsa.WriteLine",
            ("customProperties", new JsonObject { ["mergeMode"] = written })
        );

        Assert.Equal(expected, Draw.Read(Draw.Document("d", Draw.Chart("main", "", line))).Activities["x"].MergeMode);
    }

    [Fact]
    public void Shipped_KeepsWhereTheDesignerDrewThings()
    {
        var motion = DefinitionSet.Shipped.Latest("motion")!;

        Assert.Equal("征集附议", motion.Activities["gather"].DisplayText);
        Assert.All(
            motion.Activities.Values.Where(a => a.Parent is not null),
            a => Assert.True(a.Placement is { Width: > 0, Height: > 0 }, a.Id)
        );
    }

    [Fact]
    public void Shipped_DrawsNothingOnTopOfAnother() =>
        Assert.All(
            DefinitionSet.Shipped.All.SelectMany(d => d.Activities.Values).Where(a => a.Children.Length > 0),
            chart =>
                Assert.All(
                    chart.Children.SelectMany(a =>
                        chart.Children.Where(b => a != b).Select(b => (a.Placement!, b.Placement!))
                    ),
                    pair => Assert.False(Overlap(pair.Item1, pair.Item2), $"{pair}")
                )
        );

    private static bool Overlap(Placement a, Placement b) =>
        a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;

    private static JsonObject Line(string type, string value) =>
        Draw.Activity(
            "x",
            "Elsa.WriteLine",
            (
                "text",
                new JsonObject
                {
                    ["typeName"] = "String",
                    ["expression"] = new JsonObject { ["type"] = type, ["value"] = value },
                }
            )
        );

    private static string With(params JsonObject[] activities) => Of(Draw.Chart("main", "", activities));

    private static string Of(JsonObject root, JsonArray? variables = null) =>
        Draw.Document("d", root, variables).ToJsonString();
}

using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Tests.Engine;

/// <summary>Scripts can compute, and nothing else.</summary>
public class SandboxTests
{
    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("return 'a' + 'b';", "ab")]
    [InlineData("const x = 2; const y = 3; x * y", "6")]
    [InlineData("let a = 1; if (a > 0) { return 'yes'; } return 'no';", "yes")]
    [InlineData("true", "True")]
    [InlineData("({ a: [1, 2.5, null], b: 'x' })", """{"a":[1,2.5,null],"b":"x"}""")]
    [InlineData("getText()", "")]
    [InlineData("setText('neu'); getText()", "neu")]
    [InlineData("variables.Text = 'neu'; variables.Text", "neu")]
    [InlineData("getInput('Given')", "g")]
    [InlineData("getGiven()", "g")]
    [InlineData("new Date().toISOString()", "2026-03-02T01:00:00.000Z")]
    [InlineData("now", "2026-03-02T01:00:00.0000000+00:00")]
    [InlineData("(1234.5).toLocaleString()", "1,234.5")]
    [InlineData("toJson({ a: 1 })", """{"a":1}""")]
    [InlineData("stringFromBase64(stringToBase64('提案'))", "提案")]
    [InlineData("getCorrelationId()", "")]
    [InlineData("setCorrelationId('k'); getCorrelationId()", "k")]
    [InlineData("function getTwice(x) { return 2 * x; } return getTwice(4);", "8")]
    [InlineData("getWorkflowDefinitionId()", "d")]
    [InlineData("0 / 0", "")]
    public void Script_Gives(string body, string expected) => Assert.Equal([expected], Lines(Play(body)));

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("const f = () => f(); f()")]
    [InlineData("let s = 'x'; while (true) { s += s; }")]
    [InlineData("'x'.repeat(1 << 29)")]
    [InlineData("new Array(1e9).fill(0)")]
    [InlineData("/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')")]
    [InlineData("eval('1')")]
    [InlineData("new Function('return 1')()")]
    [InlineData("System.IO.File.ReadAllText('x')")]
    [InlineData("importNamespace('System')")]
    [InlineData("require('fs')")]
    [InlineData("const a = {}; a.a = a; a")]
    [InlineData("nothing.at.all")]
    [InlineData("throw new Error('no')")]
    public void Script_ThatBreaksALimit_IsAnIncident(string body)
    {
        var play = Play(body);

        Assert.Single(play.Incidents);
        Assert.Empty(Lines(play));
    }

    [Fact]
    public void Chance_DerivesFromTheCase()
    {
        var script = "[Math.random(), Math.random(), newGuid(), newGuid()]";
        var line = Assert.Single(Lines(Play(script)));

        Assert.Equal(line, Assert.Single(Lines(Play(script))));
        Assert.Equal(4, line.Split(',').Distinct().Count());
    }

    [Fact]
    public void Declarations_DoNotReachTheNextScript()
    {
        var play = Started(
            Draw.Line("a", "const x = 1; return x;"),
            Draw.Line("b", "const x = 2; return x;"),
            Draw.Line("c", "typeof x")
        );

        Assert.Equal(["1", "2", "undefined"], Lines(play));
    }

    [Fact]
    public void LastResultAndOutputFrom_AreOfThisBurst()
    {
        var play = Started(
            Draw.Step("text", "ok"),
            Draw.Line("a", "getLastResult().outcome"),
            Draw.Line("b", "getOutputFrom('text', 'Result').outcome"),
            Draw.Step("given", "ok"),
            Draw.Line("c", "getOutputFrom('text', 'Result')")
        );
        play.Answer("text", "ok");
        play.Answer("given", "ok");

        Assert.Equal(["ok", "ok", ""], Lines(play));
    }

    private static Play Play(string body) => Started(Draw.Line("a", body));

    private static Play Started(params System.Text.Json.Nodes.JsonObject[] lines)
    {
        var document = Draw.Document(
            "d",
            Draw.Activity("main", "Elsa.Sequence", ("activities", new System.Text.Json.Nodes.JsonArray([.. lines]))),
            Draw.Variables("Text", "Given2"),
            ["Given"],
            ["var-given"]
        );
        var play = new Play(DefinitionSet.Of(Draw.Read(document)));
        play.Start("d", ("Given", "g"));
        return play;
    }

    private static IEnumerable<string> Lines(Play play) =>
        play.All.OfType<Effect.Trace>().Where(t => t.What == "output").Select(t => t.Text);
}

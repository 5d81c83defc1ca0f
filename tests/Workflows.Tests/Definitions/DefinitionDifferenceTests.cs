using System.Text.Json.Nodes;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Definitions;

public class DefinitionDifferenceTests
{
    [Fact]
    public void TheSameDocument_InAnotherForm_DiffersInNothing()
    {
        var motion = DefinitionSet.Shipped.Latest("motion")!;
        var json = JsonNode.Parse(motion.Text)!;
        json["version"] = 2;
        json["id"] = "motion-v2";

        var difference = DefinitionDifference.Between(motion, Draw.Read(json.AsObject()));

        Assert.True(difference.IsNone);
    }

    [Fact]
    public void Step_SaysWhichPartOfItsPayloadChanged()
    {
        var before = Document(Ask("""{"who":{"role":"r"},"outcomes":["yes","no"]}"""));
        var after = Document(
            Ask("""{ "outcomes": ["yes","no","later"], "who": {"role":"r"}, "allow": ["transfer"] }""")
        );

        var change = Assert.Single(DefinitionDifference.Between(before, after).Activities);

        Assert.Equal((ChangeKind.Changed, "ask"), (change.Kind, change.Activity.Id));
        Assert.Equal(["payload.outcomes", "payload.allow"], change.Aspects.Select(a => a.Name));
        Assert.Equal(("""["yes","no"]""", null), (change.Aspects[0].Before?.GetRawText(), change.Aspects[1].Before));
    }

    [Fact]
    public void ActivitiesAndArrows_AreAddedAndRemoved_ByTheirIds()
    {
        var before = Draw.Read(Draw.Document("d", Draw.Chart("main", "a>b b>c", Line("a"), Line("b"), Line("c"))));
        var after = Draw.Read(Draw.Document("d", Draw.Chart("main", "a>c c>x", Line("x"), Line("a"), Line("c"))));

        var difference = DefinitionDifference.Between(before, after);

        Assert.Equal(
            [(ChangeKind.Added, "x"), (ChangeKind.Removed, "b")],
            difference.Activities.Select(c => (c.Kind, c.Activity.Id))
        );
        Assert.Equal([new("a", "Done", "c"), new("c", "Done", "x")], difference.AddedWays);
        Assert.Equal([new("a", "Done", "b"), new("b", "Done", "c")], difference.RemovedWays);
    }

    [Fact]
    public void NestedActivity_IsComparedByItself_AndNotAsPartOfItsPhase()
    {
        var before = Draw.Read(Draw.Document("d", Draw.Chart("main", "", Draw.Chart("phase", "", Line("a")))));
        var after = Draw.Read(Draw.Document("d", Draw.Chart("main", "", Draw.Chart("phase", "", Line("a", "'b'")))));

        var change = Assert.Single(DefinitionDifference.Between(before, after).Activities);

        Assert.Equal("a", change.Activity.Id);
        Assert.Equal(["text"], change.Aspects.Select(a => a.Name));
    }

    [Fact]
    public void BoxThatWasMoved_IsNoChangeOfTheProcess()
    {
        var moved = Line("a");
        moved["metadata"] = JsonNode.Parse("""{"designer":{"position":{"x":9,"y":9},"size":{"width":9,"height":9}}}""");

        var difference = DefinitionDifference.Between(
            Draw.Read(Draw.Document("d", Draw.Chart("main", "", Line("a")))),
            Draw.Read(Draw.Document("d", Draw.Chart("main", "", moved)))
        );

        Assert.Empty(difference.Activities);
        Assert.Equal(["a"], difference.Moved);
        Assert.False(difference.IsNone);
    }

    [Fact]
    public void VariablesAndName_AreTheDocuments()
    {
        var after = Draw.Document("d", Draw.Chart("main", "", Line("a")), Draw.Variables("New"));
        after["name"] = "other";

        var difference = DefinitionDifference.Between(
            Draw.Read(Draw.Document("d", Draw.Chart("main", "", Line("a")))),
            Draw.Read(after)
        );

        Assert.Equal(["name", "variables"], difference.Document.Select(a => a.Name));
    }

    [Theory]
    [InlineData("a b c", "a b c", "@3")]
    [InlineData("a b c", "a x c", " a -b +x  c")]
    [InlineData("", "a", "+a")]
    [InlineData("a b c d e f g h i", "a b c d e f g h", "@5  f  g  h -i")]
    [InlineData("a b c a b b a", "c b a b a c", "-a -b  c +b  a  b -b  a +c")]
    public void Lines_AreTheFewestThatChange(string before, string after, string expected)
    {
        var lines = LineDifference.Between(Words(before), Words(after));

        Assert.Equal(expected, string.Join(' ', lines.Select(l => $"{l.Sign}{l.Text}")));
        Assert.Equal(Words(before).Length, Count(lines, " -"));
        Assert.Equal(Words(after).Length, Count(lines, " +"));

        static int Count(IEnumerable<LineChange> lines, string signs) =>
            lines.Sum(l =>
                l.Sign == '@' ? int.Parse(l.Text)
                : signs.Contains(l.Sign) ? 1
                : 0
            );
    }

    [Fact]
    public void TextsWithNothingInCommon_AreGivenWhole()
    {
        var before = Enumerable.Range(0, 2_000).Select(i => $"a{i}").ToArray();
        var after = Enumerable.Range(0, 2_000).Select(i => $"b{i}").ToArray();

        var lines = LineDifference.Between(before, after);

        Assert.Equal(before, lines.Where(l => l.Sign == '-').Select(l => l.Text));
        Assert.Equal(after, lines.Where(l => l.Sign == '+').Select(l => l.Text));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static JsonObject Ask(string payload) => Draw.Task("ask", "ask", payload);

    private static JsonObject Line(string id, string script = "'a'") => Draw.Line(id, script);

    private static Definition Document(JsonObject activity) =>
        Draw.Read(Draw.Document("d", Draw.Chart("main", "", activity)));
}

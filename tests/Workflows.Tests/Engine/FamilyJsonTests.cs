using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Tests.Engine;

public class FamilyJsonTests
{
    [Fact]
    public void LoopOfAHundredRounds_KeepsTheDocumentSmall()
    {
        var play = new Play(Elsa.Example.Documents("loop-fork.json"));
        play.Start("ex-loop-fork");
        var first = 0;
        for (var round = 1; round <= 100; round++)
        {
            play.Answer("motion.draft", "done");
            play.Answer("motion.money", "done");
            play.Answer("motion.legal", "done");
            play.Answer("motion.review", "return");
            if (round == 1)
                first = Encoding.UTF8.GetByteCount(play.Json);
        }

        // A few digits more in the sequence numbers, nothing else.
        Assert.InRange(Encoding.UTF8.GetByteCount(play.Json), 1, Math.Min(8 * 1024, first + 20));
    }

    [Fact]
    public void SixHostsAtWork_StayBelowEightKilobytes()
    {
        var play = new Play(DefinitionSet.Shipped);
        foreach (var part in Enumerable.Range(0, 6))
            play.Start("motion-handling", ("Part", $"0198c0de-0000-7000-8000-00000000000{part}"));
        for (var part = 0; part < 6; part++)
            play.Answer("handling.accept", "accept");

        Assert.InRange(Encoding.UTF8.GetByteCount(play.Json), 1, 8 * 1024);
    }

    [Fact]
    public void ReadOfWrite_IsTheSame()
    {
        var play = new Play(DefinitionSet.Shipped);
        play.Start("motion");
        play.Answer("motion.gather", "submit");
        play.Answer("motion.receive", "check");

        var json = FamilyJson.Write(play.Family);
        Assert.Equal(json, FamilyJson.Write(FamilyJson.Read(json)));
    }

    [Fact]
    public void OlderSchema_IsLifted()
    {
        var older = FamilyJson
            .Write(Family.Of(Guid.Empty))
            .Replace("\"next\"", "\"sequence\"", StringComparison.Ordinal);
        var upcasters = ImmutableArray.Create<Func<JsonObject, JsonObject>>(document =>
        {
            document["next"] = document["sequence"]!.DeepClone();
            document.Remove("sequence");
            return document;
        });

        var family = FamilyJson.Read(older, upcasters);
        Assert.Equal(2, family.Schema);
        Assert.Equal(1, family.NextSequence);
    }

    [Fact]
    public void NewerSchema_IsRefused()
    {
        var newer = FamilyJson
            .Write(Family.Of(Guid.Empty))
            .Replace("\"schema\":1", "\"schema\":99", StringComparison.Ordinal);

        Assert.Throws<InvalidDataException>(() => FamilyJson.Read(newer));
    }

    [Fact]
    public void RunningInstance_KeepsItsVersion_AndStartsTheChildItWasPinnedTo()
    {
        var older = DefinitionSet.Of(Chart("main", 1, "child"), Chart("child", 1, null));
        var newer = older.Add(Chart("child", 2, null));

        Assert.Equal(1, newer.Child(newer.Latest("main")!, "child")!.Version);
        Assert.Equal(2, newer.Latest("child")!.Version);
        Assert.Equal(2, newer.Add(Chart("main", 2, "child")).Child(Chart("main", 2, "child"), "child")!.Version);
    }

    private static Definition Chart(string id, int version, string? child)
    {
        var document = Draw.Document(
            id,
            child is null
                ? Draw.Chart("root", "", Draw.Activity("a", "Elsa.Start"))
                : Draw.Chart(
                    "root",
                    "",
                    Draw.Activity("a", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Draw.Literal(child)))
                )
        );
        document["version"] = version;
        return Draw.Read(document);
    }
}

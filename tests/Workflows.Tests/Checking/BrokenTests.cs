using System.Text.RegularExpressions;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Checking;

/// <summary>
/// Documents that each have one mistake, in <c>broken/CODE.json</c> or <c>broken/CODE_variant.json</c>: each is refused, for
/// that and nothing else. <c>definitions check</c> says the same of them.
/// </summary>
public partial class BrokenTests(ITestOutputHelper output)
{
    private const string Folder = "Broken/";

    /// <summary>Seen by no document that can be drawn: the engine has no such situation today, and the checker looks all the same.</summary>
    private static readonly string[] Undrawable = ["path.stuck"];

    /// <summary>What a mistake leads to is told as well, with the way to it.</summary>
    private static readonly Dictionary<string, string> Consequences = new()
    {
        ["edge.invalid-backward"] = "path.incident",
    };

    public static TheoryData<string> Documents =>
        [
            .. typeof(BrokenTests)
                .Assembly.GetManifestResourceNames()
                .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
                .Select(n => n[Folder.Length..^".json".Length])
                .Order(StringComparer.Ordinal),
        ];

    [Theory, MemberData(nameof(Documents))]
    public void Document_IsRefusedWithItsOwnFinding(string name)
    {
        var findings = Check(name);

        foreach (var finding in findings)
            output.WriteLine(finding.ToString());
        var code = name.Split('_')[0];
        var consequences = Consequences.TryGetValue(code, out var consequence) ? [consequence] : Array.Empty<string>();
        Assert.Equal([code, .. consequences], findings.Select(f => f.Code).Distinct());
    }

    [Theory]
    [InlineData("join.dead-branch", "decide=refuse → refuse=done", "join")]
    [InlineData("loop.endless", "decide=grant, and for ever spin=done → again=done", "spin")]
    [InlineData("loop.endless_nothing", "decide=grant", "again")]
    [InlineData("outcome.unhandled", "decide=refuse", "guard")]
    [InlineData("path.incident", "decide=grant → grant=done", "count")]
    [InlineData("path.no-end", ", and for ever decide=grant", "decide")]
    public void PathFinding_TellsTheShortestWay_AndMarksIt(string name, string story, string failsAt)
    {
        var definition = Read(name).Definition!;
        var finding = Assert.Single(Check(name));

        Assert.EndsWith($": start{(story[0] == ',' ? "" : " → ")}{story}", finding.Sentence, StringComparison.Ordinal);
        Assert.Equal(definition.Activities[failsAt].Path, finding.Path);
        Assert.Equal([failsAt], finding.Trail!.FailsAt);
        Assert.All(finding.Trail.Story, h => Assert.Equal("broken", h.DefinitionId));
        // The arrows that were followed lead from the start to where it fails, without a gap.
        var reached = new HashSet<string>();
        Reach(definition.Root);
        foreach (var way in finding.Trail.Ways)
        {
            Assert.Contains(way.From, reached);
            Reach(definition.Activities[way.To]);
        }
        Assert.Contains(failsAt, reached);

        void Reach(Activity activity)
        {
            reached.Add(activity.Id);
            if (activity.Graph?.Start is { } start)
                Reach(start);
        }
    }

    [Fact]
    public void EveryFinding_HasADocument()
    {
        var said = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "Workflows"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .SelectMany(f => Codes().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Distinct();

        Assert.Equal(
            said.Except(Undrawable).Order(StringComparer.Ordinal),
            Documents.Select(d => d.Data.Split('_')[0]).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [GeneratedRegex(
        """
            "((?:activity|check|clock|complete|condition|connection|dispatch|document|edge|expression|input|items|join|json|loop|merge|outcome|output|path|payload|policy|port|step|switch|variable|who|workflow)\.[a-z]+(?:-[a-z]+)*)"
            """
    )]
    private static partial Regex Codes();

    private static IReadOnlyList<Finding> Check(string name)
    {
        var reading = Read(name);
        if (reading.Definition is not { } definition)
            return reading.Findings;
        var set = DefinitionSet.Shipped.Add(definition);
        return DefinitionChecker.Check(definition, set, StepCatalogue.Shipped);
    }

    private static Reading Read(string name)
    {
        using var file = new StreamReader(
            typeof(BrokenTests).Assembly.GetManifestResourceStream($"{Folder}{name}.json")!
        );
        return DefinitionReader.Read(file.ReadToEnd());
    }
}

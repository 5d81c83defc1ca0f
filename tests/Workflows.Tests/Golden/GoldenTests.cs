using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Tests.Golden;

/// <summary>
/// What was saved by every version shipped so far goes on as it did then. A file, once it has been released, is never
/// written again: who changes a shipped process gives it a new version, keeps the old document, and records the new one with
/// <c>EDUUNION_WRITE_GOLDEN=1 dotnet run --project tests/Workflows.Tests -- -class '*GoldenTests'</c>.
/// </summary>
public class GoldenTests
{
    private const string Write = "EDUUNION_WRITE_GOLDEN";

    public static TheoryData<string> Files => [.. History.Names];

    public static TheoryData<string> Shipped => [.. DefinitionSet.Shipped.All.Select(History.NameOf)];

    [Theory, MemberData(nameof(Files))]
    public void SavedFamilies_GoOnAsTheyDidThen(string file)
    {
        foreach (var history in History.Of(file))
        {
            var family = FamilyJson.Read(history.Family);

            Assert.All(family.Instances, i => Assert.NotNull(DefinitionSet.Shipped.Find(i.DefinitionId, i.Version)));
            Assert.NotEmpty(history.Then);
            Assert.Equivalent(history.Then, History.Answers(DefinitionSet.Shipped, family), strict: true);
        }
    }

    [Theory, MemberData(nameof(Shipped))]
    public void EveryShippedVersion_HasItsHistories(string name)
    {
        if (Environment.GetEnvironmentVariable(Write) is not null && !History.Names.Contains(name))
            Record(name);
        else
            Assert.Contains(name, History.Names);
    }

    private static void Record(string name)
    {
        var definition = DefinitionSet.Shipped.All.Single(d => History.NameOf(d) == name);
        File.WriteAllText(
            Path.Combine(Repository.Root, "tests", "Workflows.Tests", "Golden", $"{name}.json"),
            History.Write(History.Record(definition, DefinitionSet.Shipped))
        );
    }
}

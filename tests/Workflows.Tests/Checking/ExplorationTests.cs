using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Checking;

public class ExplorationTests
{
    /// <summary>
    /// Leaving out variables that nobody will read saves states and hides none: with all of them told apart, the same steps
    /// are open together, and the same answers lead to the same.
    /// </summary>
    [Theory]
    [InlineData("motion")]
    [InlineData("motion-handling")]
    [InlineData("motion-lead")]
    [InlineData("motion-withdrawal")]
    [InlineData("objection")]
    [InlineData("verification")]
    public void VariablesThatNobodyWillRead_MakeNoDifference(string definitionId)
    {
        var few = Explore(definitionId, all: false);
        var many = Explore(definitionId, all: true);

        Assert.True(few.States.Count <= many.States.Count);
        Assert.Equal(Moves(many), Moves(few));
    }

    [Fact]
    public void AidIsSmall_BecauseOldAnswersAreForgotten() =>
        Assert.InRange(Explore("aid", all: false).States.Count, 100, 1_000);

    private static Exploration Explore(string definitionId, bool all)
    {
        var definition = DefinitionSet.Shipped.Latest(definitionId)!;
        var exploration = new Exploration(definition, DefinitionSet.Shipped, StepCatalogue.Shipped, all);
        exploration.Run();
        Assert.True(exploration.IsComplete);
        return exploration;
    }

    private static SortedSet<string> Moves(Exploration exploration) =>
        [.. exploration.States.SelectMany(s => s.After.Select(a => $"{Open(s)} -- {a.Said} -> {Open(a.To)}"))];

    private static string Open(Situation state) =>
        state.IsEnd ? "end" : string.Join('+', state.Steps.Select(s => s.Activity).Order(StringComparer.Ordinal));
}

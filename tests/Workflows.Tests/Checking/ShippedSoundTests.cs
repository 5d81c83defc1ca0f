using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Checking;

public class ShippedSoundTests
{
    [Theory]
    [InlineData("motion")]
    [InlineData("motion-handling")]
    [InlineData("motion-extension")]
    [InlineData("aid")]
    [InlineData("aid-emergency")]
    [InlineData("objection")]
    [InlineData("verification")]
    public void Shipped_IsSound(string definitionId)
    {
        var set = DefinitionSet.Shipped;

        Assert.Empty(DefinitionChecker.Check(set.Latest(definitionId)!, set, StepCatalogue.Shipped));
    }
}

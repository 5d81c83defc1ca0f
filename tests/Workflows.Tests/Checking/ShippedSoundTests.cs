using System.Diagnostics;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests.Checking;

public class ShippedSoundTests(ITestOutputHelper output)
{
    public static TheoryData<string> Shipped => [.. DefinitionSet.Shipped.All.Select(d => d.DefinitionId).Distinct()];

    [Theory, MemberData(nameof(Shipped))]
    public void Shipped_IsSound(string definitionId)
    {
        var set = DefinitionSet.Shipped;
        var watch = Stopwatch.StartNew();

        var proof = DefinitionChecker.Prove(set.Latest(definitionId)!, set, StepCatalogue.Shipped);

        output.WriteLine($"{definitionId}: {proof.States} states, bound {proof.Bound}, {watch.ElapsedMilliseconds} ms");
        Assert.Empty(proof.Findings);
        Assert.InRange(proof.States, 2, proof.Bound);
    }
}

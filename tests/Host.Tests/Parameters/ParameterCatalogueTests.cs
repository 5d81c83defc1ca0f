using EduUnion.Host.Parameters;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Tests.Parameters;

public class ParameterCatalogueTests
{
    /// <summary>The collection ends with its window; a co-handler has a share of the host's time; a promise has its own date.</summary>
    private static readonly string[] WithoutLength = ["collection", "coanswer", "commitment"];

    private static readonly ParameterCatalogue Shipped = ParameterCatalogue.Shipped();

    [Fact]
    public void EveryDefault_IsAValueOfItsKey() => Assert.All(Shipped.All, k => Assert.Null(k.Refuse(k.Default)));

    [Fact]
    public void EveryClockFamilyOfTheSteps_HasALength()
    {
        var families = StepCatalogue.Shipped.All.SelectMany(s => s.Clocks).Except(WithoutLength).ToList();

        Assert.NotEmpty(families);
        Assert.All(families, f => Assert.NotNull(Shipped.Find(f + ".wd") ?? Shipped.Find(f + "_wd")));
    }

    [Fact]
    public void EveryKey_IsDescribedInBothLanguages() =>
        Assert.All(Shipped.All, k => Assert.True(k.Zh.Length > 3 && k.En.Length > 3, k.Key));
}

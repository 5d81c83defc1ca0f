using EduUnion.Host.Parameters;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Tests.Parameters;

public class ParameterCatalogueTests
{
    /// <summary>
    /// The collection ends with its window; a co-handler has a share of the host's time; a promise has its own date; a
    /// follow-up visit counts natural days; a re-verification ends with the year.
    /// </summary>
    private static readonly string[] WithoutLength =
    [
        "collection",
        "coanswer",
        "commitment",
        "followup",
        "verification",
    ];

    private static readonly ParameterCatalogue Shipped = ParameterCatalogue.Shipped();

    [Fact]
    public void EveryDefault_IsAValueOfItsKey() =>
        Assert.All(Shipped.All.Where(k => k.Default is not null), k => Assert.Null(k.Refuse(k.Default!)));

    [Fact]
    public void EveryClockFamilyOfTheSteps_HasALength()
    {
        var families = StepCatalogue.Shipped.All.SelectMany(s => s.Clocks).Except(WithoutLength).ToList();

        Assert.NotEmpty(families);
        Assert.All(families, f => Assert.NotNull(Shipped.Find(f + ".wd") ?? Shipped.Find(f + "_wd")));
    }

    [Fact]
    public void WhatTheDistrictMustSay_HasNoDefault() => Assert.Null(Shipped.Find("aid.dibao")!.Default);

    [Theory]
    [InlineData("approve.l1", "1000.00", true)]
    [InlineData("approve.l1", "0.5", true)]
    [InlineData("approve.l1", "1,000", false)]
    [InlineData("approve.l1", "-1", false)]
    [InlineData("approve.l1", "", false)]
    [InlineData("aid.k_rel", "1.5", true)]
    [InlineData("aid.k_rel", "1.555", false)]
    [InlineData("aid.k_rel", "11", false)]
    public void Amounts_AreInYuanAndFactorsHaveTwoDecimals(string key, string value, bool accepted) =>
        Assert.Equal(accepted, Shipped.Find(key)!.Refuse(value) is null);

    [Fact]
    public void EveryKey_IsDescribedInBothLanguages() =>
        Assert.All(Shipped.All, k => Assert.True(k.Zh.Length > 3 && k.En.Length > 3, k.Key));
}

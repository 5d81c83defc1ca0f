using EduUnion.Domain.Aid;

namespace EduUnion.Domain.Tests.Aid;

public sealed class EligibilityTests
{
    [Theory]
    // Scenario 9: a low-income line of 950, once no, twice yes.
    [InlineData(96_667, 95_000, Cause.OwnIllness, AidCategory.Rel, SuggestionRule.RelLine, 190_000)]
    [InlineData(95_000, 95_000, Cause.Education, AidCategory.Deep, SuggestionRule.DeepLine, 95_000)]
    [InlineData(95_001, 95_000, Cause.Education, AidCategory.Rel, SuggestionRule.RelLine, 190_000)]
    [InlineData(190_000, 95_000, Cause.Education, AidCategory.Rel, SuggestionRule.RelLine, 190_000)]
    [InlineData(190_001, 95_000, Cause.Education, AidCategory.Loc, SuggestionRule.AboveLines, 190_000)]
    [InlineData(190_001, 95_000, Cause.Accident, AidCategory.Acc, SuggestionRule.SuddenEvent, 190_000)]
    [InlineData(-100, 95_000, null, AidCategory.Deep, SuggestionRule.DeepLine, 95_000)]
    public void ASuggestion_NamesItsRuleAndLine(
        long net,
        long dibao,
        Cause? cause,
        AidCategory category,
        SuggestionRule rule,
        long line
    ) =>
        Assert.Equal(
            new Suggestion(category, rule, new Money(net), new Money(line)),
            Eligibility.Suggest(new Money(net), new Money(dibao), 1.0m, 2.0m, cause)
        );

    [Fact]
    public void AMultipleThatIsNoWholeFen_IsRoundedHalfUp()
    {
        // 1.5 × 950.01 = 1,425.015
        Assert.Equal(AidCategory.Rel, Suggest(142_502).Category);
        Assert.Equal(AidCategory.Loc, Suggest(142_503).Category);

        static Suggestion Suggest(long net) =>
            Eligibility.Suggest(new Money(net), new Money(95_001), 1.0m, 1.5m, Cause.Other);
    }

    [Fact]
    public void WithoutALine_NothingIsSuggested() =>
        Assert.Equal(
            new Suggestion(null, SuggestionRule.LineUnknown, new Money(1)),
            Eligibility.Suggest(new Money(1), null, 1, 2, Cause.Accident)
        );

    [Fact]
    public void WithoutAnIncome_NothingIsSuggested() =>
        Assert.Equal(
            new Suggestion(null, SuggestionRule.IncomeUnknown),
            Eligibility.Suggest(null, new Money(1), 1, 2, null)
        );

    [Theory]
    [InlineData(AidCategory.Rel, AidCategory.Rel, null, true)]
    [InlineData(AidCategory.Rel, AidCategory.Deep, null, false)]
    [InlineData(AidCategory.Rel, AidCategory.Deep, "  ", false)]
    [InlineData(AidCategory.Rel, AidCategory.Deep, "医疗支出持续。", true)]
    [InlineData(null, AidCategory.Deep, null, true)]
    public void ADeparture_NeedsAReason(AidCategory? suggested, AidCategory chosen, string? reason, bool free) =>
        Assert.Equal(free, Eligibility.CheckDeparture(suggested, chosen, reason) is null);
}

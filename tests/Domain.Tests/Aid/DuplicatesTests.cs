using EduUnion.Domain.Aid;
using static EduUnion.Domain.Tests.Aid.Given;

namespace EduUnion.Domain.Tests.Aid;

public sealed class DuplicatesTests
{
    private static readonly AidClaim Hers = new(
        Id(31),
        Applicant,
        ["a", "b"],
        "acc",
        CauseGroup.Illness,
        "手术住院",
        new DateOnly(2026, 9, 3),
        2026,
        FundId
    );

    /// <summary>Scenario 12 c: the couple, both members, apply for the same operation.</summary>
    private static readonly AidClaim His = Hers with
    {
        CaseId = Id(33),
        ApplicantId = Husband,
        People = ["b", "a"],
        Account = "other",
        FundId = null,
    };

    [Fact]
    public void TheSpousesApplicationForTheSameOperation_IsBlockedWithNothingTold()
    {
        var refusal = Duplicates.Check(His, [Hers])!;
        Assert.Equal("aid.duplicate", refusal.Code);
        Assert.Null(refusal.Field);
        Assert.Empty(refusal.Arguments);
    }

    [Fact]
    public void TheSpouse_IsBlockedFromAnotherFundToo() =>
        Assert.NotNull(Duplicates.Check(His with { FundId = Id(24) }, [Hers]));

    [Theory]
    [InlineData("2026-09-03", "再次手术", CauseGroup.Illness, 2026, true)]
    [InlineData("2026-10-01", "手术、住院。", CauseGroup.Illness, 2026, true)]
    [InlineData("2026-10-01", "再次手术", CauseGroup.Illness, 2026, false)]
    [InlineData("2026-09-03", "手术住院", CauseGroup.Education, 2026, false)]
    [InlineData("2026-09-03", "手术住院", CauseGroup.Illness, 2027, false)]
    public void TheSamePerson_IsBlockedForTheSameEventOfTheYear(
        string on,
        string text,
        CauseGroup group,
        int year,
        bool blocked
    )
    {
        var again = Hers with
        {
            CaseId = Id(33),
            EventOn = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture),
            EventText = text,
            Group = group,
            Year = year,
        };
        Assert.Equal(blocked, Duplicates.Check(again, [Hers]) is not null);
    }

    [Fact]
    public void AnotherFund_IsTheCommitteesToDecide() =>
        Assert.Equal(
            [new Duplicate(DuplicateKind.SamePeople, Hers.CaseId)],
            Duplicates.Of(Hers with { CaseId = Id(33), FundId = Id(24) }, [Hers])
        );

    [Fact]
    public void ASharedAccountOfStrangers_IsLookedAt() =>
        Assert.Equal(
            [new Duplicate(DuplicateKind.SameAccount, Hers.CaseId)],
            Duplicates.Of(His with { People = ["c"], Account = "acc" }, [Hers])
        );

    [Fact]
    public void ItIsNoDuplicateOfItselfNorOfStrangers()
    {
        Assert.Empty(Duplicates.Of(Hers, [Hers]));
        Assert.Empty(Duplicates.Of(His with { People = ["c"] }, [Hers]));
    }
}

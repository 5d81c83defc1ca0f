using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;

namespace EduUnion.Domain.Tests.People;

public sealed class SeparationTests
{
    private static readonly Guid Place = Guid.Parse("0199b1c2-0000-7000-8000-000000000001");
    private static readonly Guid Elsewhere = Guid.Parse("0199b1c2-0000-7000-8000-000000000002");
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData(Office.Auditor, Office.DistrictOfficer, "office.auditor-operates")]
    [InlineData(Office.MotionCommittee, Office.Auditor, "office.auditor-operates")]
    [InlineData(Office.Auditor, Office.Administrator, "office.auditor-operates")]
    [InlineData(Office.Administrator, Office.MotionSecretary, "office.administrator-sees-cases")]
    [InlineData(Office.Finance, Office.DistrictChair, "office.finance-approves")]
    [InlineData(Office.SchoolUnionChair, Office.Finance, "office.finance-approves")]
    [InlineData(Office.MotionCommittee, Office.MotionCommitteeChair, null)]
    [InlineData(Office.Finance, Office.DepartmentHead, null)]
    [InlineData(Office.DistrictOfficer, Office.DistrictChair, null)]
    public void Check_TwoOfficesOfOnePerson(Office held, Office wanted, string? refused)
    {
        var refusal = Separation.Check(Of(wanted), [Of(held)]);

        Assert.Equal(refused, refusal?.Code);
        Assert.Equal(refused is null ? null : held, refusal?.Arguments[0]);
    }

    [Fact]
    public void Check_TheSameOfficeElsewhere_IsAllowedAndAtOnePlaceIsNot()
    {
        Assert.Null(Separation.Check(Of(Office.SchoolLeader), [Of(Office.SchoolLeader, at: Elsewhere)]));
        Assert.Equal("office.already-held", Separation.Check(Of(Office.SchoolLeader), [Of(Office.SchoolLeader)])?.Code);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "office.auditor-operates")]
    public void Check_OnlyDaysThatBothCoverMatter(int until, string? refused) =>
        Assert.Equal(
            refused,
            Separation.Check(Of(Office.Auditor), [Of(Office.Finance, from: -30, until: until)])?.Code
        );

    [Fact]
    public void Check_AHoldingThatNeverTookEffect_StandsAgainstNothing() =>
        Assert.Null(Separation.Check(Of(Office.Auditor, from: -9), [Of(Office.Finance, from: 0, until: -1)]));

    [Fact]
    public void PlaceOf_IsKnownForEveryOffice() =>
        Assert.Equal(
            [6, 7, 3],
            new[] { OrganisationKind.District, OrganisationKind.School, OrganisationKind.Department }.Select(kind =>
                Enum.GetValues<Office>().Count(office => Separation.PlaceOf(office) == kind)
            )
        );

    private static OfficeHolding Of(Office office, Guid? at = null, int from = 0, int? until = null) =>
        new()
        {
            Id = default,
            MemberId = default,
            Office = office,
            OrganisationId = at ?? Place,
            From = Today.AddDays(from),
            Until = until is { } days ? Today.AddDays(days) : null,
        };
}

using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;

namespace EduUnion.Host.Aid;

/// <summary>
/// Who is asked in an office's place when every holder must stand aside: the school union's chair, then the district's
/// officer, then the district's chair (domain §3.8: if nobody remains, the district appoints).
/// </summary>
public sealed class OfficeLadder(OfficeBook offices, OrganisationBook organisations)
{
    private static readonly Office[] Rungs = [Office.SchoolUnionChair, Office.DistrictOfficer, Office.DistrictChair];

    /// <summary>
    /// The office itself unless all its holders are recused; a vacant one waits for its next holder. Nobody free on the
    /// whole ladder: the highest, where the task waits.
    /// </summary>
    public async Task<(Office Office, Guid At)> FreeAsync(
        Office office,
        Guid school,
        Func<Guid, bool> recused,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var at = At(office, school);
        foreach (var rung in Rungs.SkipWhile(r => r != office).DefaultIfEmpty(office))
        {
            (office, at) = (rung, At(rung, school));
            var holders = await offices.HoldersAsync(office, at, today, cancellation);
            if (holders.Count == 0 || holders.Any(h => !recused(h)))
                return (office, at);
        }
        return (office, at);
    }

    public Guid At(Office office, Guid school) =>
        office
            is Office.DistrictOfficer
                or Office.DistrictChair
                or Office.DistrictViceChair
                or Office.Finance
                or Office.Auditor
            ? organisations.Path(school)[^1]
            : school;
}

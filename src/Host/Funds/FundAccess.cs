using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;

namespace EduUnion.Host.Funds;

/// <summary>Whose money a member may look at.</summary>
/// <param name="Owners">The organisations whose funds he sees.</param>
/// <param name="Schools">The schools whose people's claims he sees.</param>
/// <param name="Held">His offices today.</param>
public sealed record FundSight(
    Guid MemberId,
    IReadOnlyList<Guid> Owners,
    IReadOnlyList<Guid> Schools,
    IReadOnlyList<(Office Office, Guid Organisation)> Held
)
{
    /// <summary>Those who pay and who audits (domain §5): who approves has the amounts of his cases, not the bank's lists.</summary>
    public bool ReadsLists => Holds(Office.Finance) || Holds(Office.Auditor);

    internal static bool IsOfDistrict(Office office) =>
        office
            is Office.Finance
                or Office.DistrictOfficer
                or Office.DistrictChair
                or Office.DistrictViceChair
                or Office.Auditor;

    public bool Holds(Office office) => Held.Any(h => h.Office == office);
}

/// <summary>
/// Who sees and moves money (domain §5): the district's finance office, officer, chairs and auditor see all of it but
/// the payment lists, which finance and auditor read; a school's union chair sees what is his school's, the administrator nothing. What one does not see does not exist for him.
/// </summary>
public sealed class FundAccess(OfficeBook offices, OrganisationBook organisations, TimeProvider time)
{
    public async Task<FundSight> SightAsync(Guid member, CancellationToken cancellation)
    {
        var held = await offices.OfAsync(member, ChinaTime.DateOf(time.GetUtcNow()), cancellation);
        var (owners, schools) = (new HashSet<Guid>(), new HashSet<Guid>());
        foreach (var (office, place) in held)
            if (FundSight.IsOfDistrict(office))
            {
                owners.Add(place);
                owners.UnionWith(organisations.Schools(place));
                schools.UnionWith(organisations.Schools(place));
            }
            else if (office == Office.SchoolUnionChair)
            {
                owners.Add(place);
                schools.Add(place);
            }
        return new(member, [.. owners], [.. schools], held);
    }

    /// <summary>
    /// Why the member may not do this with the organisation's money; null = he may. Refusals: <c>fund.unknown</c> (404) for
    /// who does not see it, <c>fund.not-yours</c> (403) for who holds none of the offices at its district.
    /// </summary>
    public async Task<Refusal?> RefusedAsync(
        Guid member,
        Guid organisation,
        IReadOnlyCollection<Office> needed,
        CancellationToken cancellation
    )
    {
        var sight = await SightAsync(member, cancellation);
        if (!sight.Owners.Contains(organisation))
            return Refusal.Missing("fund.unknown");
        var district = organisations.Path(organisation)[^1];
        return sight.Held.Any(h => h.Organisation == district && needed.Contains(h.Office))
            ? null
            : Refusal.Forbidden("fund.not-yours");
    }
}

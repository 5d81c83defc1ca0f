using System.Collections.Immutable;
using EduUnion.Domain.Organisations;

namespace EduUnion.Domain.People;

/// <summary>
/// Which offices one person must not hold at one time, and where an office is held (domain §5). Rules that need a case
/// (surveyor and approver, handler and proposer) are the case's own.
/// </summary>
public static class Separation
{
    private static readonly ImmutableHashSet<Office> Approvers =
    [
        Office.SchoolUnionChair,
        Office.DistrictOfficer,
        Office.DistrictChair,
        Office.DistrictViceChair,
    ];

    /// <summary>At which kind of organisation the office is held.</summary>
    public static OrganisationKind PlaceOf(Office office) =>
        office switch
        {
            Office.DepartmentClerk or Office.DepartmentHead or Office.SchoolLeader => OrganisationKind.Department,
            Office.DistrictOfficer
            or Office.DistrictChair
            or Office.DistrictViceChair
            or Office.Finance
            or Office.Auditor
            or Office.Administrator => OrganisationKind.District,
            _ => OrganisationKind.School,
        };

    /// <summary>
    /// Whether a holding may be added to those that the same member has. Only days that both cover matter: whoever was in
    /// the finance office may become an auditor on the day after. Refusals, each with the office that stands against it:
    /// <c>office.already-held</c>, <c>office.auditor-operates</c>, <c>office.administrator-sees-cases</c>,
    /// <c>office.finance-approves</c>.
    /// </summary>
    public static Refusal? Check(OfficeHolding wanted, IEnumerable<OfficeHolding> held)
    {
        foreach (var other in held.Where(other => other.Overlaps(wanted)).OrderBy(other => other.Office))
        {
            if (other.Office == wanted.Office && other.OrganisationId == wanted.OrganisationId)
                return Refusal.At("office", "office.already-held", other.From);
            if (other.Office == wanted.Office)
                continue;
            if (Between(Office.Auditor))
                return Refusal.At("office", "office.auditor-operates", other.Office);
            if (Between(Office.Administrator))
                return Refusal.At("office", "office.administrator-sees-cases", other.Office);
            if (Between(Office.Finance) && (Approvers.Contains(wanted.Office) || Approvers.Contains(other.Office)))
                return Refusal.At("office", "office.finance-approves", other.Office);

            bool Between(Office office) => wanted.Office == office || other.Office == office;
        }
        return null;
    }
}

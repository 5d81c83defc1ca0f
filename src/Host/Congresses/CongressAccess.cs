using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;

namespace EduUnion.Host.Congresses;

/// <summary>Whose congress a member looks after (domain §5). What he does not look after does not exist for him.</summary>
public sealed class CongressAccess(OfficeBook offices, OrganisationBook organisations, TimeProvider time)
{
    /// <summary>The schools whose terms, sessions and representatives the member keeps, by code; all for the administrator.</summary>
    public async Task<IReadOnlyList<Organisation>> SchoolsAsync(Guid member, CancellationToken cancellation)
    {
        var held = await HeldAsync(member, cancellation);
        var all = held.Any(h => h.Office == Office.Administrator);
        var own = held.Where(h => h.Office is Office.MotionSecretary or Office.SchoolUnionChair)
            .Select(h => h.Organisation)
            .ToHashSet();
        return [.. organisations.All().Where(o => o.Kind == OrganisationKind.School && (all || own.Contains(o.Id)))];
    }

    public async Task<bool> KeepsAsync(Guid member, Guid school, CancellationToken cancellation) =>
        (await SchoolsAsync(member, cancellation)).Any(s => s.Id == school);

    /// <summary>The secretary or chair of the school prepares its reports.</summary>
    public async Task<bool> PreparesAsync(Guid member, Guid school, CancellationToken cancellation) =>
        (await HeldAsync(member, cancellation)).Any(h =>
            h.Organisation == school && h.Office is Office.MotionSecretary or Office.SchoolUnionChair
        );

    public Task<bool> ChairsAsync(Guid member, Guid school, CancellationToken cancellation) =>
        offices.HoldsAsync(member, Office.SchoolUnionChair, school, Today, cancellation);

    /// <summary>Officers, chair and auditor of a district read what its schools report; null = the member is none.</summary>
    public async Task<Guid?> DistrictAsync(Guid member, CancellationToken cancellation)
    {
        var held = await HeldAsync(member, cancellation);
        return held.Where(h => h.Office is Office.DistrictOfficer or Office.DistrictChair or Office.Auditor)
            .Select(h => (Guid?)h.Organisation)
            .FirstOrDefault();
    }

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    private Task<IReadOnlyList<(Office Office, Guid Organisation)>> HeldAsync(
        Guid member,
        CancellationToken cancellation
    ) => offices.OfAsync(member, Today, cancellation);
}

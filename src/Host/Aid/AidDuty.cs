using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;

namespace EduUnion.Host.Aid;

/// <summary>Whether somebody holds an office for a school today: at the school, or at its district.</summary>
public sealed class AidDuty(OfficeBook offices, OrganisationBook organisations, TimeProvider time)
{
    public async Task<bool> HoldsAsync(
        Guid member,
        Guid school,
        CancellationToken cancellation,
        params IReadOnlyList<Office> any
    )
    {
        var ladder = new OfficeLadder(offices, organisations);
        var held = await offices.OfAsync(member, ChinaTime.DateOf(time.GetUtcNow()), cancellation);
        return any.Any(office => held.Contains((office, ladder.At(office, school))));
    }
}

using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Parameters;

/// <summary>Where a member may look at parameters and where he may set them (domain §5).</summary>
/// <param name="Read">District and schools, the district first.</param>
/// <param name="Write">Those of them for which he may record a value.</param>
/// <param name="System">He may also record the default of the whole system.</param>
public sealed record ParameterReach(IReadOnlyList<Organisation> Read, IReadOnlyList<Organisation> Write, bool System)
{
    public bool MayWrite(Guid? organisation) => organisation is { } id ? Write.Any(o => o.Id == id) : System;

    public bool WritesNothing => Write.Count == 0 && !System;
}

/// <summary>
/// The district's officer sets parameters for the district and its schools, the administrator everywhere; a school's
/// offices read their own and ask the district.
/// </summary>
public sealed class ParameterScopes(
    EduUnionDb db,
    OfficeBook offices,
    OrganisationBook organisations,
    TimeProvider time
)
{
    public async Task<ParameterReach> OfAsync(Guid member, CancellationToken cancellation)
    {
        var held = await offices.OfAsync(member, ChinaTime.DateOf(time.GetUtcNow()), cancellation);
        var all = await db.Set<Organisation>()
            .AsNoTracking()
            .Where(o => o.Kind != OrganisationKind.Department)
            .OrderBy(o => o.Kind)
            .ThenBy(o => o.Code)
            .ToListAsync(cancellation);
        if (held.Any(h => h.Office == Office.Administrator))
            return new(all, all, System: true);
        // Most specific first, so a school's path is the school and its district.
        var read = held.SelectMany(h =>
                organisations.Path(h.Organisation).Concat(organisations.Schools(h.Organisation))
            )
            .ToHashSet();
        var write = held.Where(h => h.Office == Office.DistrictOfficer)
            .SelectMany(h => organisations.Schools(h.Organisation).Append(h.Organisation))
            .ToHashSet();
        return new([.. all.Where(o => read.Contains(o.Id))], [.. all.Where(o => write.Contains(o.Id))], System: false);
    }
}

using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>An office that nobody would hold any more, and how many open tasks wait for it.</summary>
public sealed record Vacancy(Office Office, Guid OrganisationId, int Tasks);

/// <summary>Sees before an office is given up whether somebody is left to do its work.</summary>
public sealed class Vacancies(EduUnionDb db, OfficeBook offices)
{
    /// <summary>Beyond so many it says "so many and more".</summary>
    private const int Bound = 100;

    /// <summary>Those of the ending holdings that nobody else holds on the day and that open tasks wait for.</summary>
    /// <param name="day">The first day without them.</param>
    public async Task<IReadOnlyList<Vacancy>> AfterAsync(
        IReadOnlyCollection<OfficeHolding> ending,
        DateOnly day,
        CancellationToken cancellation
    )
    {
        var ids = ending.Select(h => h.Id).ToList();
        var vacant = new List<Vacancy>();
        foreach (var (office, place) in ending.Select(h => (h.Office, h.OrganisationId)).Distinct())
        {
            var others = offices
                .InForce(day)
                .Where(h => h.Office == office && h.OrganisationId == place && !ids.Contains(h.Id));
            if (await others.AnyAsync(cancellation))
                continue;
            var tasks = await db.Set<TaskRow>()
                .Where(t => t.State == TaskState.Open && t.MemberId == null)
                .Where(t => t.Office == office && t.OrganisationId == place)
                .OrderBy(_ => 1)
                .Take(Bound)
                .CountAsync(cancellation);
            if (tasks > 0)
                vacant.Add(new(office, place, tasks));
        }
        return vacant;
    }
}

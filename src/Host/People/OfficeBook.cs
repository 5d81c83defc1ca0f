using EduUnion.Domain.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>
/// Who holds which office on a day. Always asked of the rows, so that a change of office takes effect with the next
/// request. A member who has left holds nothing, whatever the office says.
/// </summary>
public sealed class OfficeBook(EduUnionDb db)
{
    public Task<bool> HoldsAsync(
        Guid member,
        Office office,
        Guid organisation,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        InForce(today)
            .AnyAsync(
                h => h.MemberId == member && h.Office == office && h.OrganisationId == organisation,
                cancellation
            );

    /// <summary>Each holder once, in a stable order.</summary>
    public async Task<IReadOnlyList<Guid>> HoldersAsync(
        Office office,
        Guid organisation,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        await InForce(today)
            .Where(h => h.Office == office && h.OrganisationId == organisation)
            .Select(h => h.MemberId)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(cancellation);

    public async Task<IReadOnlyList<(Office Office, Guid Organisation)>> OfAsync(
        Guid member,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var held = await InForce(today)
            .Where(h => h.MemberId == member)
            .Select(h => new { h.Office, h.OrganisationId })
            .Distinct()
            .ToListAsync(cancellation);
        return [.. held.Select(h => (h.Office, h.OrganisationId)).Order()];
    }

    /// <summary>Whether each of them is active and of one of these places: a member there, or in an office there.</summary>
    /// <param name="members">Each once.</param>
    public async Task<bool> BelongAsync(
        IReadOnlyCollection<Guid> members,
        IReadOnlyCollection<Guid> places,
        DateOnly today,
        CancellationToken cancellation
    ) => await Of(places, today).CountAsync(m => members.Contains(m.Id), cancellation) == members.Count;

    /// <summary>Everybody active who is of one of these places.</summary>
    public IQueryable<Member> Of(IReadOnlyCollection<Guid> places, DateOnly today) =>
        db.Set<Member>()
            .ActiveOn(today)
            .Where(m =>
                places.Contains(m.OrganisationId)
                || db.Set<OfficeHolding>()
                    .Any(h =>
                        h.MemberId == m.Id
                        && places.Contains(h.OrganisationId)
                        && h.From <= today
                        && (h.Until == null || h.Until >= today)
                    )
            );

    /// <summary>
    /// All holdings in force on a day, to be joined into another read: without AsNoTracking, which would spread to all of
    /// that read.
    /// </summary>
    public IQueryable<OfficeHolding> InForce(DateOnly today) =>
        from holding in db.Set<OfficeHolding>()
        join member in db.Set<Member>().ActiveOn(today) on holding.MemberId equals member.Id
        where holding.From <= today && (holding.Until == null || holding.Until >= today)
        select holding;
}

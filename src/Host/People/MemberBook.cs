using EduUnion.Domain.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

public sealed class MemberBook(EduUnionDb db)
{
    /// <summary>The member, also one who has left; null when there is none.</summary>
    public Task<Member?> FindAsync(Guid id, CancellationToken cancellation) =>
        db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation);

    /// <summary>Names by id, also of members who have left, because timelines go on naming them.</summary>
    public Task<Dictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        db.Set<Member>().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
}

internal static class MemberQueries
{
    /// <summary>Rights begin on the day of joining and end on the day of leaving (domain §8, scenario 7).</summary>
    public static IQueryable<Member> ActiveOn(this IQueryable<Member> members, DateOnly today) =>
        members.Where(m => (m.JoinedOn == null || m.JoinedOn <= today) && (m.LeftOn == null || m.LeftOn > today));
}

using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>Facets of the register; all are plain GET parameters.</summary>
/// <param name="State"><c>active</c>, <c>left</c>, <c>account</c>, <c>none</c> (no account), <c>locked</c>; else all.</param>
public sealed record MemberFilter(
    string? Text = null,
    Guid? Organisation = null,
    MemberKind? Kind = null,
    string? State = null
)
{
    public static readonly string[] States = ["active", "left", "account", "none", "locked"];
}

/// <summary>A member as the register shows him.</summary>
public sealed record MemberItem(
    Guid Id,
    string Name,
    Guid OrganisationId,
    MemberKind Kind,
    string? Email,
    string? Phone,
    DateOnly? JoinedOn,
    DateOnly? LeftOn,
    int Version,
    string? UserName,
    DateTimeOffset? LockedAt
);

/// <summary>A page of the register with the keys of the pages beside it.</summary>
public sealed record MemberPage(IReadOnlyList<MemberItem> Items, Guid? Before, Guid? After);

/// <summary>The register of members by name, paged by key in both directions. It knows no cases.</summary>
public sealed class MemberList(EduUnionDb db)
{
    public async Task<MemberItem?> FindAsync(Guid id, CancellationToken cancellation) =>
        await Items(db.Set<Member>().Where(m => m.Id == id)).SingleOrDefaultAsync(cancellation);

    /// <param name="after">The last member of the page before.</param>
    /// <param name="before">The first member of the page after; taken when <paramref name="after"/> is null.</param>
    public async Task<MemberPage> ListAsync(
        MemberFilter filter,
        DateOnly today,
        Guid? after,
        Guid? before,
        int limit,
        CancellationToken cancellation
    )
    {
        var members = Narrow(filter, today);
        var back = after is null && before is not null;
        if ((after ?? before) is { } key)
        {
            var name = await db.Set<Member>()
                .Where(m => m.Id == key)
                .Select(m => m.Name)
                .SingleOrDefaultAsync(cancellation);
            if (name is null)
                back = false;
            else
                members = back
                    ? members.Where(m => m.Name.CompareTo(name) < 0 || (m.Name == name && m.Id < key))
                    : members.Where(m => m.Name.CompareTo(name) > 0 || (m.Name == name && m.Id > key));
        }
        members = back
            ? members.OrderByDescending(m => m.Name).ThenByDescending(m => m.Id)
            : members.OrderBy(m => m.Name).ThenBy(m => m.Id);
        var found = await Items(members.Take(limit + 1)).ToListAsync(cancellation);
        var more = found.Count > limit;
        found = [.. found.Take(limit)];
        if (back)
            found.Reverse();
        if (found.Count == 0)
            return new([], null, null);
        var (hasBefore, hasAfter) = back ? (more, true) : (after is not null, more);
        return new(found, hasBefore ? found[0].Id : null, hasAfter ? found[^1].Id : null);
    }

    /// <summary>All that the filter lets through, for the export.</summary>
    public async Task<IReadOnlyList<MemberItem>> AllAsync(
        MemberFilter filter,
        DateOnly today,
        CancellationToken cancellation
    ) => await Items(Narrow(filter, today).OrderBy(m => m.Name).ThenBy(m => m.Id)).ToListAsync(cancellation);

    private IQueryable<Member> Narrow(MemberFilter filter, DateOnly today)
    {
        var members = db.Set<Member>().AsNoTracking();
        if (TaskLists.Plain(filter.Text)?.Trim().ToLowerInvariant() is { Length: > 0 } text)
            members = members.Where(m =>
                m.Name.ToLower().Contains(text)
                || (m.Email != null && m.Email.ToLower().Contains(text))
                || (m.Phone != null && m.Phone.Contains(text))
                || db.Users.Any(u => u.MemberId == m.Id && u.UserName!.ToLower().Contains(text))
            );
        if (filter.Organisation is { } organisation)
            members = members.Where(m => m.OrganisationId == organisation);
        if (filter.Kind is { } kind)
            members = members.Where(m => m.Kind == kind);
        return filter.State switch
        {
            "active" => members.ActiveOn(today),
            "left" => members.Where(m => m.LeftOn <= today),
            "account" => members.Where(m => db.Users.Any(u => u.MemberId == m.Id)),
            "none" => members.Where(m => !db.Users.Any(u => u.MemberId == m.Id)),
            "locked" => members.Where(m => db.Users.Any(u => u.MemberId == m.Id && u.LockedAt != null)),
            _ => members,
        };
    }

    private IQueryable<MemberItem> Items(IQueryable<Member> members) =>
        from member in members
        let user = db.Users.FirstOrDefault(u => u.MemberId == member.Id)
        select new MemberItem(
            member.Id,
            member.Name,
            member.OrganisationId,
            member.Kind,
            member.Email,
            member.Phone,
            member.JoinedOn,
            member.LeftOn,
            member.Version,
            user == null ? null : user.UserName,
            user == null ? null : user.LockedAt
        );
}

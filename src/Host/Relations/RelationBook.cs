using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Relations;

/// <summary>A declared relation as lists show it.</summary>
public sealed record RelationLine(
    Guid Id,
    Guid MemberId,
    string Member,
    Guid OtherId,
    string Other,
    Relation Kind,
    Guid DeclaredBy,
    string Declarer,
    DateTimeOffset DeclaredAt,
    DateTimeOffset? EndedAt
);

/// <summary>A member who can be named in a declaration.</summary>
public sealed record Colleague(Guid Id, string Name, Guid OrganisationId);

/// <summary>Which members are related, by what was declared. Whoever is in force counts, in both directions.</summary>
public sealed class RelationBook(EduUnionDb db, OrganisationBook organisations)
{
    private const int Most = 300;

    /// <summary>Whether a relation of any kind between the two is in force now; nobody is related to himself.</summary>
    public Task<bool> IsRelatedAsync(Guid member, Guid other, CancellationToken cancellation) =>
        InForce()
            .AnyAsync(
                r => (r.MemberId == member && r.OtherId == other) || (r.MemberId == other && r.OtherId == member),
                cancellation
            );

    /// <summary>Everybody to whom the member is related now, each once, in a stable order.</summary>
    public async Task<IReadOnlyList<Guid>> RelatedToAsync(Guid member, CancellationToken cancellation) =>
        await InForce()
            .Where(r => r.MemberId == member || r.OtherId == member)
            .Select(r => r.MemberId == member ? r.OtherId : r.MemberId)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(cancellation);

    /// <summary>What the member declared and what was declared with him, the latest first; ended ones too.</summary>
    public Task<IReadOnlyList<RelationLine>> OfAsync(Guid member, CancellationToken cancellation) =>
        ReadAsync(db.Set<DeclaredRelation>().Where(r => r.MemberId == member || r.OtherId == member), cancellation);

    /// <summary>All that concern a member of one of these schools, the latest first; ended ones too.</summary>
    public Task<IReadOnlyList<RelationLine>> OfSchoolsAsync(
        IReadOnlyCollection<Guid> schools,
        CancellationToken cancellation
    )
    {
        var places = Places(schools);
        var members = db.Set<Member>().Where(m => places.Contains(m.OrganisationId)).Select(m => m.Id);
        return ReadAsync(
            db.Set<DeclaredRelation>().Where(r => members.Contains(r.MemberId) || members.Contains(r.OtherId)),
            cancellation
        );
    }

    /// <summary>
    /// The active members of these schools and of the district's office: all of them, for one is chosen; or those with such
    /// a name, as many as a list shows.
    /// </summary>
    public async Task<IReadOnlyList<Colleague>> ColleaguesAsync(
        IReadOnlyCollection<Guid> schools,
        string? name,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var wanted = name?.Trim() ?? "";
        List<Guid> places =
        [
            .. Places(schools),
            .. organisations
                .All()
                .Where(o => o.Kind == Domain.Organisations.OrganisationKind.District)
                .Select(o => o.Id),
        ];
        return wanted.Length >= 2
            ? await ReadAsync(db.Set<Member>().Where(m => m.Name.Contains(wanted)), today, Most, cancellation)
            : await ReadAsync(
                db.Set<Member>().Where(m => places.Contains(m.OrganisationId)),
                today,
                null,
                cancellation
            );
    }

    /// <summary>The active members of these schools, and of an office of the district where one is named; all of them.</summary>
    public Task<IReadOnlyList<Colleague>> OfSchoolsAsync(
        IReadOnlyCollection<Guid> schools,
        Guid? district,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        List<Guid> places = [.. Places(schools), .. district is { } office ? [office] : Array.Empty<Guid>()];
        return ReadAsync(db.Set<Member>().Where(m => places.Contains(m.OrganisationId)), today, null, cancellation);
    }

    private static async Task<IReadOnlyList<Colleague>> ReadAsync(
        IQueryable<Member> members,
        DateOnly today,
        int? most,
        CancellationToken cancellation
    )
    {
        var named = members.AsNoTracking().ActiveOn(today).OrderBy(m => m.Name).ThenBy(m => m.Id);
        return await (most is { } cut ? named.Take(cut) : named)
            .Select(m => new Colleague(m.Id, m.Name, m.OrganisationId))
            .ToListAsync(cancellation);
    }

    private List<Guid> Places(IReadOnlyCollection<Guid> schools) =>
        [.. schools, .. schools.SelectMany(s => organisations.Departments(s)).Select(o => o.Id)];

    private IQueryable<DeclaredRelation> InForce() => db.Set<DeclaredRelation>().Where(r => r.EndedAt == null);

    private async Task<IReadOnlyList<RelationLine>> ReadAsync(
        IQueryable<DeclaredRelation> relations,
        CancellationToken cancellation
    ) =>
        await (
            from relation in relations
            join member in db.Set<Member>() on relation.MemberId equals member.Id
            join other in db.Set<Member>() on relation.OtherId equals other.Id
            join declarer in db.Set<Member>() on relation.DeclaredBy equals declarer.Id
            orderby relation.DeclaredAt descending, relation.Id
            select new RelationLine(
                relation.Id,
                member.Id,
                member.Name,
                other.Id,
                other.Name,
                relation.Kind,
                relation.DeclaredBy,
                declarer.Name,
                relation.DeclaredAt,
                relation.EndedAt
            )
        )
            .Take(Most)
            .ToListAsync(cancellation);
}

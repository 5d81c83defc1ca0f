using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Deputies;

/// <summary>A deputy as lists show him.</summary>
public sealed record DeputyLine(
    Guid Id,
    Guid PrincipalId,
    string Principal,
    Guid DeputyId,
    string Deputy,
    DateOnly From,
    DateOnly Until,
    IReadOnlyList<string> Kinds,
    bool Confidential,
    DateTimeOffset CreatedAt,
    DateTimeOffset? RevokedAt
);

/// <summary>Who acts for whom; always asked of the rows, so that a revocation takes effect with the next request.</summary>
public sealed class DeputyBook(EduUnionDb db, OfficeBook offices)
{
    private const int Most = 100;

    /// <summary>In force on a day: begun, not over, not revoked, and the principal has not left.</summary>
    public static IQueryable<Deputy> InForce(EduUnionDb db, DateOnly today) =>
        from deputy in db.Set<Deputy>()
        join principal in db.Set<Member>().ActiveOn(today) on deputy.PrincipalId equals principal.Id
        where deputy.From <= today && deputy.Until >= today && deputy.RevokedAt == null
        select deputy;

    /// <summary>For whom the member acts today, with the offices that each of them holds.</summary>
    public async Task<IReadOnlyList<Principal>> PrincipalsOfAsync(
        Guid member,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var named = await (
            from deputy in InForce(db, today)
            join principal in db.Set<Member>() on deputy.PrincipalId equals principal.Id
            where deputy.DeputyId == member
            orderby principal.Id
            select new { Deputy = deputy, principal.Name }
        )
            .AsNoTracking()
            .ToListAsync(cancellation);
        var principals = new List<Principal>();
        foreach (var one in named.GroupBy(n => n.Deputy.PrincipalId))
            principals.Add(
                new Principal(
                    one.Key,
                    one.First().Name,
                    await offices.OfAsync(one.Key, today, cancellation),
                    [.. one.SelectMany(n => n.Deputy.Covered).Distinct()]
                )
            );
        return principals;
    }

    /// <summary>Whom the member has named, the latest first; over and revoked ones too.</summary>
    public Task<IReadOnlyList<DeputyLine>> NamedByAsync(Guid member, CancellationToken cancellation) =>
        ReadAsync(db.Set<Deputy>().Where(d => d.PrincipalId == member), cancellation);

    /// <summary>Who has named the member, the latest first.</summary>
    public Task<IReadOnlyList<DeputyLine>> NamingAsync(Guid member, CancellationToken cancellation) =>
        ReadAsync(db.Set<Deputy>().Where(d => d.DeputyId == member), cancellation);

    private async Task<IReadOnlyList<DeputyLine>> ReadAsync(
        IQueryable<Deputy> deputies,
        CancellationToken cancellation
    ) =>
        [
            .. (
                await (
                    from deputy in deputies
                    join principal in db.Set<Member>() on deputy.PrincipalId equals principal.Id
                    join acting in db.Set<Member>() on deputy.DeputyId equals acting.Id
                    orderby deputy.From descending, deputy.Id descending
                    select new
                    {
                        Row = deputy,
                        Principal = principal.Name,
                        Deputy = acting.Name,
                    }
                )
                    .Take(Most)
                    .AsNoTracking()
                    .ToListAsync(cancellation)
            ).Select(d => new DeputyLine(
                d.Row.Id,
                d.Row.PrincipalId,
                d.Principal,
                d.Row.DeputyId,
                d.Deputy,
                d.Row.From,
                d.Row.Until,
                d.Row.Covered,
                d.Row.Confidential,
                d.Row.CreatedAt,
                d.Row.RevokedAt
            )),
        ];
}

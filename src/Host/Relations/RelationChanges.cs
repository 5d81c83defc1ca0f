using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Relations;

/// <summary>
/// Declares relations and ends them. A member declares his own; a school's union chair enters those of the school's
/// members, the district's officer anybody's. Only these two end one, and never their own: who declared it could else open
/// to himself the case of the one to whom he is related. Each method is one commit; the row itself says who declared and who ended it.
/// </summary>
public sealed class RelationChanges(EduUnionDb db, OrganisationBook organisations, TimeProvider time)
{
    /// <summary>
    /// Declares a relation under the id that the form was given, so that a form sent twice declares one. Refusals:
    /// <c>relation.not-yours</c> (403), <c>relation.self</c>, <c>relation.member-unknown</c>, <c>relation.known</c> (409).
    /// </summary>
    public async Task<Outcome<Guid>> DeclareAsync(
        Guid id,
        Guid member,
        Guid other,
        Relation kind,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        if (member == other)
            return Refusal.At("other", "relation.self");
        var found = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => m.Id == member || m.Id == other)
            .ToDictionaryAsync(m => m.Id, cancellation);
        if (!found.TryGetValue(member, out var one))
            return Refusal.At("member", "relation.member-unknown");
        if (!found.ContainsKey(other))
            return Refusal.At("other", "relation.member-unknown");
        if (viewer.MemberId != member && !Keeps(viewer, one))
            return Refusal.Forbidden("relation.not-yours");
        var now = time.GetUtcNow();
        db.Add(
            new DeclaredRelation
            {
                Id = id,
                MemberId = member,
                OtherId = other,
                Kind = kind,
                DeclaredBy = viewer.MemberId,
                DeclaredAt = now,
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellation);
            return id;
        }
        catch (DbUpdateException clash) when (db.IsUniqueViolation(clash))
        {
            db.ChangeTracker.Clear();
            var sent = await db.Set<DeclaredRelation>()
                .AnyAsync(r => r.Id == id && r.MemberId == member && r.OtherId == other, cancellation);
            return sent ? id : new Refusal("relation.known", RefusalKind.Conflict) { Field = "other" };
        }
    }

    /// <summary>
    /// Ends a relation: the union chair of the member's school or the district's officer, who is neither of the two, so that
    /// somebody else has looked. Whether a case is open is not asked: the answer would tell of it. Ended again it stays as it
    /// was.
    /// Refusals: <c>relation.unknown</c> (404), <c>relation.not-yours</c> (403).
    /// </summary>
    public async Task<Outcome<Guid>> EndAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var relation = await db.Set<DeclaredRelation>()
            .AsNoTracking()
            .FirstOrDefaultAsync(r => r.Id == id, cancellation);
        if (relation is null)
            return Refusal.Missing("relation.unknown");
        var names = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => m.Id == relation.MemberId || m.Id == relation.OtherId)
            .ToDictionaryAsync(m => m.Id, cancellation);
        var (one, two) = (names[relation.MemberId], names[relation.OtherId]);
        var own = viewer.MemberId == one.Id || viewer.MemberId == two.Id;
        if (own || !Keeps(viewer, one))
            return own || relation.DeclaredBy == viewer.MemberId || Keeps(viewer, two)
                ? Refusal.Forbidden("relation.not-yours")
                : Refusal.Missing("relation.unknown");
        var now = time.GetUtcNow();
        await db.Set<DeclaredRelation>()
            .Where(r => r.Id == id && r.EndedAt == null)
            .ExecuteUpdateAsync(
                r => r.SetProperty(x => x.EndedAt, now).SetProperty(x => x.EndedBy, viewer.MemberId),
                cancellation
            );
        return id;
    }

    private bool Keeps(Viewer viewer, Member member) =>
        viewer.Holds(organisations.Path(member.OrganisationId), Office.DistrictOfficer)
        || (
            organisations.SchoolOf(member.OrganisationId) is { } school
            && viewer.At(Office.SchoolUnionChair).Contains(school.Id)
        );
}

using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>An office to be given, first and last day included; without a last day until it is ended.</summary>
public sealed record OfficeGrant(Guid MemberId, Office Office, Guid OrganisationId, DateOnly From, DateOnly? Until);

/// <summary>A holding as lists show it.</summary>
public sealed record HeldOffice(
    Guid Id,
    Guid MemberId,
    string Member,
    Office Office,
    Guid OrganisationId,
    DateOnly From,
    DateOnly? Until,
    DateOnly? LeftOn
);

/// <summary>Gives offices and ends them (domain §5). Each method is one commit with its log line.</summary>
public sealed class OfficeChanges(
    EduUnionDb db,
    OrganisationBook organisations,
    Vacancies vacancies,
    AdminLog log,
    TimeProvider time
)
{
    private const int Most = 500;

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    /// <summary>Everything that was ever held at these organisations, or by this member; the latest first.</summary>
    public async Task<IReadOnlyList<HeldOffice>> ListAsync(
        IReadOnlyCollection<Guid> places,
        Guid? member,
        CancellationToken cancellation
    ) =>
        await (
            from holding in db.Set<OfficeHolding>().AsNoTracking()
            join holder in db.Set<Member>() on holding.MemberId equals holder.Id
            where member == null ? places.Contains(holding.OrganisationId) : holding.MemberId == member
            orderby holding.From descending, holding.Id
            select new HeldOffice(
                holding.Id,
                holder.Id,
                holder.Name,
                holding.Office,
                holding.OrganisationId,
                holding.From,
                holding.Until,
                holder.LeftOn
            )
        )
            .Take(Most)
            .ToListAsync(cancellation);

    public Task<HeldOffice?> FindAsync(Guid id, CancellationToken cancellation) =>
        (
            from holding in db.Set<OfficeHolding>().AsNoTracking()
            join holder in db.Set<Member>() on holding.MemberId equals holder.Id
            where holding.Id == id
            select new HeldOffice(
                holding.Id,
                holder.Id,
                holder.Name,
                holding.Office,
                holding.OrganisationId,
                holding.From,
                holding.Until,
                holder.LeftOn
            )
        ).SingleOrDefaultAsync(cancellation);

    /// <summary>
    /// Gives an office under the id that the form was given, so that a form sent twice gives one. Refusals:
    /// <c>office.member</c> (no such member, or not one on the first day), <c>office.place</c> (not held at such an
    /// organisation), <c>office.other-school</c>, <c>office.reversed</c>, and those of <see cref="Separation.Check"/>.
    /// </summary>
    public async Task<Outcome<Guid>> GrantAsync(Guid id, OfficeGrant grant, Guid by, CancellationToken cancellation)
    {
        var place = organisations.Find(grant.OrganisationId);
        if (place is null || place.Kind != Separation.PlaceOf(grant.Office))
            return Refusal.At("organisation", "office.place");
        if (grant.Until < grant.From)
            return Refusal.At("until", "office.reversed");
        await using var transaction = await db.BeginWriteAsync(cancellation);
        // Two offices that exclude each other, given at one moment: the second sees the first.
        await db.LockMemberAsync(grant.MemberId, cancellation);
        var member = await db.Set<Member>()
            .AsNoTracking()
            .SingleOrDefaultAsync(m => m.Id == grant.MemberId, cancellation);
        if (member?.IsActive(grant.From) != true || member.Kind == MemberKind.Bereaved)
            return Refusal.At("member", "office.member");
        if (Home(member.OrganisationId) != Home(place.Id))
            return Refusal.At("member", "office.other-school");
        var held = await db.Set<OfficeHolding>().Where(h => h.MemberId == member.Id).ToListAsync(cancellation);
        if (held.Any(h => h.Id == id))
            return id;
        var holding = new OfficeHolding
        {
            Id = id,
            MemberId = member.Id,
            Office = grant.Office,
            OrganisationId = place.Id,
            From = grant.From,
            Until = grant.Until,
        };
        if (Separation.Check(holding, held) is { } refused)
            return refused;
        db.Add(holding);
        log.Add(by, "office.granted", member.Name, Said(holding));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>
    /// Ends a holding with its last day; yesterday ends it at once. An end that still lies ahead may be moved. Refusals:
    /// <c>office.unknown</c> (404), <c>office.ended</c> (409), <c>office.end-past</c>, <c>office.last-administrator</c>, those
    /// of <see cref="Separation.Check"/> for a later end, and <c>office.would-be-vacant</c> unless
    /// <paramref name="accepted"/>.
    /// </summary>
    public async Task<Outcome<Guid>> EndAsync(
        Guid id,
        DateOnly lastDay,
        bool accepted,
        Guid by,
        CancellationToken cancellation
    )
    {
        var owner = await db.Set<OfficeHolding>()
            .Where(h => h.Id == id)
            .Select(h => (Guid?)h.MemberId)
            .SingleOrDefaultAsync(cancellation);
        if (owner is not { } memberId)
            return Refusal.Missing("office.unknown");
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockMemberAsync(memberId, cancellation);
        var held = await db.Set<OfficeHolding>().Where(h => h.MemberId == memberId).ToListAsync(cancellation);
        var holding = held.Single(h => h.Id == id);
        if (holding.Until < Today)
            return new Refusal("office.ended", RefusalKind.Conflict) { Arguments = [holding.Until.Value] };
        if (lastDay < Today.AddDays(-1))
            return Refusal.At("until", "office.end-past");
        if (await RefusedAsync(holding, lastDay, accepted, cancellation) is { } refused)
            return refused;
        var before = holding.Until;
        holding.Until = lastDay;
        if (before < lastDay && Separation.Check(holding, held.Where(h => h.Id != id)) is { } excluded)
        {
            db.ChangeTracker.Clear();
            return excluded with { Field = "until" };
        }
        var name = await db.Set<Member>().Where(m => m.Id == memberId).Select(m => m.Name).SingleAsync(cancellation);
        log.Add(by, "office.ended", name, Said(holding));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    private async Task<Refusal?> RefusedAsync(
        OfficeHolding holding,
        DateOnly lastDay,
        bool accepted,
        CancellationToken cancellation
    )
    {
        var next = lastDay.AddDays(1);
        if (
            holding.Office == Office.Administrator
            && !await db.HasOtherAdministratorAsync(holding.MemberId, next, cancellation)
        )
            return Refusal.At("until", "office.last-administrator");
        var vacant = await vacancies.AfterAsync([holding], next, cancellation);
        return vacant.Count > 0 && !accepted ? Refusal.At("accepted", "office.would-be-vacant", vacant[0].Tasks) : null;
    }

    /// <summary>Members of a school hold its offices and those of its departments, members of the district's office those of the district.</summary>
    private Guid Home(Guid organisation) => organisations.SchoolOf(organisation)?.Id ?? organisation;

    private string Said(OfficeHolding holding) =>
        $"{holding.Office} · {organisations.Find(holding.OrganisationId)?.Name} · {holding.From:yyyy-MM-dd} – {holding.Until:yyyy-MM-dd}";
}

internal static class AdministratorQueries
{
    /// <summary>Whether somebody else administrates on the day: the last one must not lock everybody out.</summary>
    public static Task<bool> HasOtherAdministratorAsync(
        this EduUnionDb db,
        Guid member,
        DateOnly day,
        CancellationToken cancellation
    ) =>
        (
            from holding in db.Set<OfficeHolding>()
            join holder in db.Set<Member>().ActiveOn(day) on holding.MemberId equals holder.Id
            join user in db.Users on holder.Id equals user.MemberId
            where
                holding.Office == Office.Administrator
                && holder.Id != member
                && user.LockedAt == null
                && holding.From <= day
                && (holding.Until == null || holding.Until >= day)
            select holding.Id
        ).AnyAsync(cancellation);
}

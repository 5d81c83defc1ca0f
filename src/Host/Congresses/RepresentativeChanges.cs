using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>A mandate as lists show it, past ones too.</summary>
public sealed record Mandate(
    Guid Id,
    Guid MemberId,
    string Name,
    Guid? DelegationId,
    string? Delegation,
    DateOnly From,
    DateOnly? Until,
    DateOnly? LeftOn
);

/// <summary>
/// Representatives (代表) of a term: elected, moved, ended on a day. Each method is one commit with its log line; the caller
/// has checked who may.
/// </summary>
public sealed class RepresentativeChanges(
    EduUnionDb db,
    OrganisationBook organisations,
    AdminLog log,
    TimeProvider time
)
{
    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    /// <summary>All of the term by name, also those whose mandate has ended.</summary>
    public async Task<IReadOnlyList<Mandate>> ListAsync(Guid term, CancellationToken cancellation) =>
        await (
            from representative in db.Set<Representative>().AsNoTracking()
            join member in db.Set<Member>() on representative.MemberId equals member.Id
            join delegation in db.Set<Delegation>() on representative.DelegationId equals delegation.Id into delegations
            from delegation in delegations.DefaultIfEmpty()
            where representative.TermId == term
            orderby member.Name, representative.From
            select new Mandate(
                representative.Id,
                member.Id,
                member.Name,
                representative.DelegationId,
                delegation == null ? null : delegation.Name,
                representative.From,
                representative.Until,
                member.LeftOn
            )
        ).ToListAsync(cancellation);

    /// <summary>
    /// Records an election. Refusals: <c>term.unknown</c> (404), <c>representative.member</c> (not a member of the school on
    /// that day), <c>representative.already</c>, <c>representative.delegation</c>, <c>representative.outside-term</c>.
    /// </summary>
    public async Task<Outcome<Guid>> AddAsync(
        Guid id,
        Guid term,
        Guid memberId,
        Guid? delegation,
        DateOnly from,
        Guid by,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        if (!await db.LockTermAsync(term, cancellation))
            return Refusal.Missing("term.unknown");
        var elected = await db.Set<Representative>().Where(r => r.TermId == term).ToListAsync(cancellation);
        if (elected.Any(r => r.Id == id))
            return id;
        var of = await db.Set<CongressTerm>().AsNoTracking().SingleAsync(t => t.Id == term, cancellation);
        var member = await db.Set<Member>().SingleOrDefaultAsync(m => m.Id == memberId, cancellation);
        if (member is null || !MayStand(member, of, from))
            return Refusal.At("member", "representative.member");
        if (from < of.From || from > of.Until)
            return Refusal.At("from", "representative.outside-term", of.From, of.Until);
        if (elected.Any(r => r.MemberId == memberId && (r.Until is null || r.Until >= from)))
            return Refusal.At("member", "representative.already");
        var name = await DelegationAsync(term, delegation, cancellation);
        if (delegation is not null && name is null)
            return Refusal.At("delegation", "representative.delegation");
        db.Add(
            new Representative
            {
                Id = id,
                TermId = term,
                MemberId = memberId,
                DelegationId = delegation,
                From = from,
            }
        );
        log.Add(by, "representative.added", member.Name, $"{Subject(of)} {name} {from:yyyy-MM-dd}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>
    /// Puts him into another delegation of the term, or into none. Refusals: <c>representative.unknown</c> (404),
    /// <c>representative.ended</c> (409), <c>representative.delegation</c>, <c>representative.heads</c> (a head leaves his
    /// delegation when another leads it).
    /// </summary>
    public async Task<Outcome<Guid>> MoveAsync(Guid id, Guid? delegation, Guid by, CancellationToken cancellation)
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var found = await RunningAsync(id, cancellation);
        if (!found.IsOk)
            return found.Refusal;
        var representative = found.Value;
        if (representative.DelegationId == delegation)
            return id;
        var name = await DelegationAsync(representative.TermId, delegation, cancellation);
        if (delegation is not null && name is null)
            return Refusal.At("delegation", "representative.delegation");
        if (await HeadsAsync(representative, cancellation) is { } heads)
            return heads;
        representative.DelegationId = delegation;
        log.Add(by, "representative.moved", await NameAsync(representative.MemberId, cancellation), $"→ {name}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>
    /// Ends the mandate with its last day; yesterday ends it at once. Refusals: <c>representative.unknown</c> (404),
    /// <c>representative.ended</c> (409), <c>representative.end-past</c>, <c>representative.heads</c>.
    /// </summary>
    public async Task<Outcome<Guid>> EndAsync(Guid id, DateOnly lastDay, Guid by, CancellationToken cancellation)
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var found = await RunningAsync(id, cancellation);
        if (!found.IsOk)
            return found.Refusal;
        var representative = found.Value;
        if (lastDay < Today.AddDays(-1))
            return Refusal.At("until", "representative.end-past");
        if (await HeadsAsync(representative, cancellation) is { } heads)
            return heads;
        representative.Until = lastDay;
        log.Add(
            by,
            "representative.ended",
            await NameAsync(representative.MemberId, cancellation),
            $"{lastDay:yyyy-MM-dd}"
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>Whether the member could be elected on that day: of the school, and with a vote.</summary>
    internal static bool MayStand(Member member, CongressTerm term, DateOnly from) =>
        member.OrganisationId == term.SchoolId && member.IsActive(from) && member.Kind != MemberKind.Bereaved;

    private async Task<Outcome<Representative>> RunningAsync(Guid id, CancellationToken cancellation)
    {
        var term = await db.Set<Representative>()
            .Where(r => r.Id == id)
            .Select(r => (Guid?)r.TermId)
            .SingleOrDefaultAsync(cancellation);
        if (term is not { } known || !await db.LockTermAsync(known, cancellation))
            return Refusal.Missing("representative.unknown");
        var representative = await db.Set<Representative>().SingleAsync(r => r.Id == id, cancellation);
        return representative.Until < Today
            ? new Refusal("representative.ended", RefusalKind.Conflict) { Arguments = [representative.Until.Value] }
            : representative;
    }

    private async Task<Refusal?> HeadsAsync(Representative representative, CancellationToken cancellation) =>
        await db.Set<Delegation>()
            .AnyAsync(d => d.Id == representative.DelegationId && d.HeadId == representative.MemberId, cancellation)
            ? Refusal.Because("representative.heads")
            : null;

    private Task<string?> DelegationAsync(Guid term, Guid? delegation, CancellationToken cancellation) =>
        db.Set<Delegation>()
            .Where(d => d.Id == delegation && d.TermId == term)
            .Select(d => d.Name)
            .SingleOrDefaultAsync(cancellation);

    private Task<string> NameAsync(Guid member, CancellationToken cancellation) =>
        db.Set<Member>().Where(m => m.Id == member).Select(m => m.Name).SingleAsync(cancellation);

    private string Subject(CongressTerm term) => $"{organisations.Find(term.SchoolId)?.Name} {term.Number}";
}

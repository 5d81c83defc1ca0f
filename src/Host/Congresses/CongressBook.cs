using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>A representative as lists show him.</summary>
public sealed record RepresentativeName(Guid MemberId, string Name, Guid? DelegationId, string? Delegation);

/// <summary>Terms, sessions and representatives of the schools' congresses, as they stand on a day.</summary>
public sealed class CongressBook(EduUnionDb db)
{
    /// <summary>Whether the member is a formal representative of the school's running term (M-01).</summary>
    public Task<bool> IsRepresentativeAsync(Guid member, Guid school, DateOnly today, CancellationToken cancellation) =>
        Mandates(today).AnyAsync(m => m.MemberId == member && m.SchoolId == school, cancellation);

    /// <summary>Which of these members are formal representatives of the school on that day.</summary>
    public async Task<IReadOnlySet<Guid>> StandingAsync(
        IReadOnlyCollection<Guid> members,
        Guid school,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        await Mandates(today)
            .Where(m => m.SchoolId == school && members.Contains(m.MemberId))
            .Select(m => m.MemberId)
            .ToHashSetAsync(cancellation);

    /// <summary>The schools in whose running terms the member is a formal representative; nearly always none or one.</summary>
    public async Task<IReadOnlyList<Guid>> SchoolsRepresentedAsync(
        Guid member,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        await Mandates(today)
            .Where(m => m.MemberId == member)
            .Select(m => m.SchoolId)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(cancellation);

    /// <summary>The head of the delegation to which the representative belongs in this term; null = none.</summary>
    public Task<Guid?> DelegationHeadAsync(Guid term, Guid member, CancellationToken cancellation) =>
        (
            from representative in db.Set<Representative>().AsNoTracking()
            join delegation in db.Set<Delegation>() on representative.DelegationId equals delegation.Id
            where representative.TermId == term && representative.MemberId == member
            select delegation.HeadId
        ).FirstOrDefaultAsync(cancellation);

    /// <summary>The delegation of the term that the member heads; null = none.</summary>
    public Task<Guid?> DelegationHeadedByAsync(Guid term, Guid member, CancellationToken cancellation) =>
        db.Set<Delegation>()
            .Where(d => d.TermId == term && d.HeadId == member)
            .Select(d => (Guid?)d.Id)
            .FirstOrDefaultAsync(cancellation);

    public Task<CongressSession?> FindSessionAsync(Guid session, CancellationToken cancellation) =>
        db.Set<CongressSession>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == session, cancellation);

    /// <summary>
    /// Counts the session's receipts up by one, in the caller's transaction. One statement locks, counts and reads: two
    /// motions received at one moment must not get one number, and the row is last in the lock order.
    /// </summary>
    public Task<CongressSession> TakeReceiptAsync(Guid session, CancellationToken cancellation) =>
        TakenAsync(
            $"UPDATE congress_sessions SET last_receipt = last_receipt + 1 WHERE id = {session} RETURNING *",
            cancellation
        );

    /// <summary>The same for the official numbers.</summary>
    public Task<CongressSession> TakeFiledAsync(Guid session, CancellationToken cancellation) =>
        TakenAsync(
            $"UPDATE congress_sessions SET last_filed = last_filed + 1 WHERE id = {session} RETURNING *",
            cancellation
        );

    private async Task<CongressSession> TakenAsync(FormattableString sql, CancellationToken cancellation) =>
        (await db.Set<CongressSession>().FromSql(sql).AsNoTracking().ToListAsync(cancellation)).Single();

    /// <summary>The school's latest session whose collection has opened, also when it has closed again.</summary>
    public Task<CongressSession?> CurrentSessionAsync(
        Guid school,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        db.Set<CongressSession>()
            .AsNoTracking()
            .Where(s => s.SchoolId == school && s.CollectionOpensAt <= now)
            .OrderByDescending(s => s.CollectionOpensAt)
            .ThenByDescending(s => s.Id)
            .FirstOrDefaultAsync(cancellation);

    /// <summary>The sessions of these schools, the latest first.</summary>
    public async Task<IReadOnlyList<CongressSession>> SessionsAsync(
        IReadOnlyCollection<Guid> schools,
        CancellationToken cancellation
    ) =>
        await db.Set<CongressSession>()
            .AsNoTracking()
            .Where(s => schools.Contains(s.SchoolId))
            .OrderByDescending(s => s.OpensOn)
            .ThenBy(s => s.SchoolId)
            .ToListAsync(cancellation);

    /// <summary>All who are representatives of the term today, by name.</summary>
    public async Task<IReadOnlyList<RepresentativeName>> RepresentativesAsync(
        Guid term,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        await (
            from representative in db.Set<Representative>().AsNoTracking()
            join member in db.Set<Member>().ActiveOn(today) on representative.MemberId equals member.Id
            join delegation in db.Set<Delegation>() on representative.DelegationId equals delegation.Id into delegations
            from delegation in delegations.DefaultIfEmpty()
            where
                representative.TermId == term
                && representative.From <= today
                && (representative.Until == null || representative.Until >= today)
            orderby member.Name, member.Id
            select new RepresentativeName(
                member.Id,
                member.Name,
                representative.DelegationId,
                delegation == null ? null : delegation.Name
            )
        ).ToListAsync(cancellation);

    /// <summary>Proposers and co-signers of open cases who are no representatives today and of whom the case was not told.</summary>
    public IQueryable<PartyRow> WithoutMandate(DateOnly today)
    {
        PartyRole[] roles = [PartyRole.Proposer, PartyRole.Cosigner, PartyRole.Invitee];
        return from party in db.Set<PartyRow>().AsNoTracking()
            join @case in db.Set<CaseRow>() on party.CaseId equals @case.Id
            where
                @case.ClosedAt == null
                && roles.Contains(party.Role)
                // After filing a co-signer who leaves changes nothing.
                && (party.Role == PartyRole.Proposer || @case.Number == null)
                // Between two terms the mandates of the last one stand until the next are recorded.
                && Mandates(today).Any(m => m.SchoolId == @case.SchoolId)
                && !Mandates(today).Any(m => m.MemberId == party.PartyId && m.SchoolId == @case.SchoolId)
                && !db.Set<SignalRow>()
                    .Any(s =>
                        s.CaseId == @case.Id && s.Kind == SignalRow.RepresentativeLeft && s.SourceId == party.PartyId
                    )
            select party;
    }

    private IQueryable<Mandate> Mandates(DateOnly today) =>
        from representative in db.Set<Representative>().AsNoTracking()
        join term in db.Set<CongressTerm>() on representative.TermId equals term.Id
        join member in db.Set<Member>().ActiveOn(today) on representative.MemberId equals member.Id
        where
            representative.From <= today
            && (representative.Until == null || representative.Until >= today)
            && term.From <= today
            && term.Until >= today
        select new Mandate { MemberId = representative.MemberId, SchoolId = term.SchoolId };

    private sealed class Mandate
    {
        public required Guid MemberId { get; init; }
        public required Guid SchoolId { get; init; }
    }
}

using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>The register of members, changed one at a time by the administrator. Each method is one commit with its log line.</summary>
public sealed class MemberChanges(
    EduUnionDb db,
    OrganisationBook organisations,
    Vacancies vacancies,
    AdminLog log,
    TimeProvider time
)
{
    /// <summary>
    /// Adds a member under the id that the form was given, so that a form sent twice adds one. Refusals: those of
    /// <see cref="MemberDetails.Check"/>, <c>member.email-taken</c>.
    /// </summary>
    public async Task<Outcome<Guid>> AddAsync(Guid id, MemberDetails details, Guid by, CancellationToken cancellation)
    {
        details = details.Trimmed();
        if (details.Check(organisations.Find(details.OrganisationId)) is { } wrong)
            return wrong;
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockOrganisationAsync(details.OrganisationId, cancellation);
        if (await db.Set<Member>().AnyAsync(m => m.Id == id, cancellation))
            return id;
        if (await TakenAsync(details.Email, id, cancellation) is { } taken)
            return taken;
        var member = new Member
        {
            Id = id,
            OrganisationId = details.OrganisationId,
            Name = details.Name,
        };
        details.WriteTo(member);
        db.Add(member);
        log.Add(by, "member.added", member.Name, NameOf(details.OrganisationId));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>
    /// Changes what is recorded. Refusals: those of adding, <c>member.unknown</c> (404), <c>member.stale</c> (412),
    /// <c>member.holds-offices</c> (who moves to another school gives up offices and mandate first),
    /// <c>office.last-administrator</c>, and <c>office.would-be-vacant</c> unless <paramref name="accepted"/>.
    /// </summary>
    public async Task<Outcome<Guid>> ChangeAsync(
        Guid id,
        MemberDetails details,
        int seen,
        bool accepted,
        Guid by,
        CancellationToken cancellation
    )
    {
        details = details.Trimmed();
        if (details.Check(organisations.Find(details.OrganisationId)) is { } wrong)
            return wrong;
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockMemberAsync(id, cancellation);
        var member = await db.Set<Member>().SingleOrDefaultAsync(m => m.Id == id, cancellation);
        if (member is null)
            return Refusal.Missing("member.unknown");
        if (member.Version != seen)
            return new Refusal("member.stale", RefusalKind.Stale);
        if (await TakenAsync(details.Email, id, cancellation) is { } taken)
            return taken;
        if (await BoundAsync(member, details, accepted, cancellation) is { } bound)
            return bound;
        var before = MemberDetails.Of(member);
        if (before == details)
            return id;
        details.WriteTo(member);
        log.Add(by, "member.changed", member.Name, Said(before, details));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>What offices and mandates have to say about moving or leaving.</summary>
    private async Task<Refusal?> BoundAsync(
        Member member,
        MemberDetails details,
        bool accepted,
        CancellationToken cancellation
    )
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var held = await db.Set<OfficeHolding>()
            .AsNoTracking()
            .Where(h => h.MemberId == member.Id && (h.Until == null || h.Until >= today))
            .ToListAsync(cancellation);
        if (details.OrganisationId != member.OrganisationId)
        {
            var mandate = db.Set<Representative>()
                .Where(r => r.MemberId == member.Id && (r.Until == null || r.Until >= today))
                .Join(db.Set<CongressTerm>(), r => r.TermId, t => t.Id, (_, t) => t.Until);
            if (held.Count > 0 || await mandate.AnyAsync(until => until >= today, cancellation))
                return Refusal.At("organisation", "member.holds-offices");
        }
        if (details.LeftOn is not { } leaves || details.LeftOn == member.LeftOn)
            return null;
        if (
            held.Any(h => h.Office == Office.Administrator)
            && !await db.HasOtherAdministratorAsync(member.Id, leaves, cancellation)
        )
            return Refusal.At("leftOn", "office.last-administrator");
        var vacant = await vacancies.AfterAsync(held, leaves > today ? leaves : today, cancellation);
        return vacant.Count > 0 && !accepted
            ? Refusal.At("accepted", "office.would-be-vacant", vacant.Sum(v => v.Tasks))
            : null;
    }

    private async Task<Refusal?> TakenAsync(string? email, Guid except, CancellationToken cancellation) =>
        email is not null
        && await db.Set<Member>()
            .AnyAsync(m => m.Id != except && m.Email != null && m.Email.ToLower() == email.ToLower(), cancellation)
            ? Refusal.At("email", "member.email-taken")
            : null;

    /// <summary>What the log may say: where and from when to when. Addresses and numbers are nobody's business.</summary>
    private string Said(MemberDetails before, MemberDetails after)
    {
        var said = new List<string>();
        if (before.Name != after.Name)
            said.Add($"{before.Name} → {after.Name}");
        if (before.OrganisationId != after.OrganisationId)
            said.Add($"{NameOf(before.OrganisationId)} → {NameOf(after.OrganisationId)}");
        if (before.JoinedOn != after.JoinedOn || before.LeftOn != after.LeftOn)
            said.Add($"{after.JoinedOn:yyyy-MM-dd} – {after.LeftOn:yyyy-MM-dd}");
        return string.Join("; ", said);
    }

    private string NameOf(Guid organisation) => organisations.Find(organisation)?.Name ?? "";
}

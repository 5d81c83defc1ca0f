using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>Delegations (代表团) of a term. Each method is one commit with its log line; the caller has checked who may.</summary>
public sealed class DelegationChanges(EduUnionDb db, AdminLog log, TimeProvider time)
{
    public const int LongestName = 60;

    /// <summary>
    /// Refusals: <c>term.unknown</c> (404), <c>form.required</c>, <c>form.too-long</c>, <c>delegation.name-taken</c>,
    /// <c>delegation.head</c> (the head is a representative of the term).
    /// </summary>
    public async Task<Outcome<Guid>> AddAsync(
        Guid id,
        Guid term,
        string name,
        Guid? head,
        Guid by,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        if (!await LockAsync(term, cancellation))
            return Refusal.Missing("term.unknown");
        if (await db.Set<Delegation>().AnyAsync(d => d.Id == id, cancellation))
            return id;
        name = name.Trim();
        if (await RefusedAsync(id, term, name, head, cancellation) is { } refused)
            return refused;
        db.Add(
            new Delegation
            {
                Id = id,
                TermId = term,
                Name = name,
                HeadId = head,
            }
        );
        log.Add(by, "delegation.added", name, await NameAsync(head, cancellation));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>Refusals: those of adding, <c>delegation.unknown</c> (404).</summary>
    public async Task<Outcome<Guid>> ChangeAsync(
        Guid id,
        string name,
        Guid? head,
        Guid by,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        if (await FindAsync(id, cancellation) is not { } delegation)
            return Refusal.Missing("delegation.unknown");
        name = name.Trim();
        if (await RefusedAsync(id, delegation.TermId, name, head, cancellation) is { } refused)
            return refused;
        if ((delegation.Name, delegation.HeadId) == (name, head))
            return id;
        var said = await NameAsync(head, cancellation);
        log.Add(by, "delegation.changed", delegation.Name == name ? name : $"{delegation.Name} → {name}", said);
        (delegation.Name, delegation.HeadId) = (name, head);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>Refusals: <c>delegation.unknown</c> (404), <c>delegation.not-empty</c>.</summary>
    public async Task<Outcome<Guid>> RemoveAsync(Guid id, Guid by, CancellationToken cancellation)
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        if (await FindAsync(id, cancellation) is not { } delegation)
            return Refusal.Missing("delegation.unknown");
        if (await db.Set<Representative>().AnyAsync(r => r.DelegationId == id, cancellation))
            return Refusal.Because("delegation.not-empty");
        db.Remove(delegation);
        log.Add(by, "delegation.removed", delegation.Name);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    private async Task<Refusal?> RefusedAsync(
        Guid id,
        Guid term,
        string name,
        Guid? head,
        CancellationToken cancellation
    )
    {
        if (name.Length == 0)
            return Refusal.At("name", "form.required");
        if (name.Length > LongestName)
            return Refusal.At("name", "form.too-long", LongestName, name.Length);
        if (name.Any(char.IsControl))
            return Refusal.At("name", "text.control-characters");
        if (await db.Set<Delegation>().AnyAsync(d => d.TermId == term && d.Id != id && d.Name == name, cancellation))
            return Refusal.At("name", "delegation.name-taken");
        var today = ChinaTime.DateOf(time.GetUtcNow());
        return
            head is not null
            && !await db.Set<Representative>()
                .AnyAsync(
                    r => r.TermId == term && r.MemberId == head && (r.Until == null || r.Until >= today),
                    cancellation
                )
            ? Refusal.At("head", "delegation.head")
            : null;
    }

    private async Task<Delegation?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var term = await db.Set<Delegation>()
            .Where(d => d.Id == id)
            .Select(d => (Guid?)d.TermId)
            .SingleOrDefaultAsync(cancellation);
        if (term is not { } known || !await LockAsync(known, cancellation))
            return null;
        return await db.Set<Delegation>().SingleOrDefaultAsync(d => d.Id == id, cancellation);
    }

    private Task<bool> LockAsync(Guid term, CancellationToken cancellation) => db.LockTermAsync(term, cancellation);

    private async Task<string> NameAsync(Guid? member, CancellationToken cancellation) =>
        await db.Set<Member>().Where(m => m.Id == member).Select(m => m.Name).SingleOrDefaultAsync(cancellation) ?? "";
}

internal static class TermQueries
{
    /// <summary>Locks the school of a term, under whose lock everything of its congress changes; false = no such term.</summary>
    public static async Task<bool> LockTermAsync(this EduUnionDb db, Guid term, CancellationToken cancellation)
    {
        var school = await db.Set<CongressTerm>()
            .Where(t => t.Id == term)
            .Select(t => (Guid?)t.SchoolId)
            .SingleOrDefaultAsync(cancellation);
        if (school is not { } id)
            return false;
        await db.LockOrganisationAsync(id, cancellation);
        return true;
    }
}

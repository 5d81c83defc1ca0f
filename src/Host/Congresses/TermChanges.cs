using EduUnion.Domain;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Administration;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>Terms (届) of a school's congress. Each method is one commit with its log line; the caller has checked who may.</summary>
public sealed class TermChanges(EduUnionDb db, OrganisationBook organisations, AdminLog log)
{
    private const int LongestYears = 5;
    private const int HighestNumber = 99;

    /// <summary>
    /// Refusals: <c>term.number</c>, <c>term.number-taken</c>, <c>term.reversed</c>, <c>term.too-long</c> (five years,
    /// domain §2.1), <c>term.overlap</c>.
    /// </summary>
    public async Task<Outcome<Guid>> AddAsync(
        Guid id,
        Guid school,
        int number,
        DateOnly from,
        DateOnly until,
        Guid by,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockOrganisationAsync(school, cancellation);
        var terms = await TermsAsync(school, cancellation);
        if (terms.Any(t => t.Id == id))
            return id;
        if (number is < 1 or > HighestNumber)
            return Refusal.At("number", "term.number", HighestNumber);
        if (terms.Any(t => t.Number == number))
            return Refusal.At("number", "term.number-taken", number);
        if (Wrong(from, until, terms) is { } wrong)
            return wrong;
        db.Add(
            new CongressTerm
            {
                Id = id,
                SchoolId = school,
                Number = number,
                From = from,
                Until = until,
            }
        );
        log.Add(by, "term.added", Subject(school, number), $"{from:yyyy-MM-dd} – {until:yyyy-MM-dd}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>
    /// Moves the term's last day: a term is prolonged, or ends early. Refusals: those of adding, <c>term.unknown</c> (404),
    /// <c>term.sessions-after</c>.
    /// </summary>
    public async Task<Outcome<Guid>> EndAsync(Guid id, DateOnly until, Guid by, CancellationToken cancellation)
    {
        var school = await db.Set<CongressTerm>()
            .Where(t => t.Id == id)
            .Select(t => (Guid?)t.SchoolId)
            .SingleOrDefaultAsync(cancellation);
        if (school is not { } place)
            return Refusal.Missing("term.unknown");
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockOrganisationAsync(place, cancellation);
        var terms = await TermsAsync(place, cancellation);
        var term = terms.Single(t => t.Id == id);
        if (Wrong(term.From, until, [.. terms.Where(t => t.Id != id)]) is { } wrong)
            return wrong;
        if (await db.Set<CongressSession>().AnyAsync(s => s.TermId == id && s.OpensOn > until, cancellation))
            return Refusal.At("until", "term.sessions-after");
        if (term.Until == until)
            return id;
        log.Add(by, "term.moved", Subject(place, term.Number), $"{term.Until:yyyy-MM-dd} → {until:yyyy-MM-dd}");
        term.Until = until;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    private static Refusal? Wrong(DateOnly from, DateOnly until, IReadOnlyList<CongressTerm> others) =>
        until <= from ? Refusal.At("until", "term.reversed")
        : until > from.AddYears(LongestYears) ? Refusal.At("until", "term.too-long", LongestYears)
        : others.FirstOrDefault(t => t.From <= until && from <= t.Until) is { } other
            ? Refusal.At("from", "term.overlap", other.Number)
        : null;

    private Task<List<CongressTerm>> TermsAsync(Guid school, CancellationToken cancellation) =>
        db.Set<CongressTerm>().Where(t => t.SchoolId == school).ToListAsync(cancellation);

    private string Subject(Guid school, int number) => $"{organisations.Find(school)?.Name} {number}";
}

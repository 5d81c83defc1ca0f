using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Persistence;
using EduUnion.Host.Sheets;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>
/// The list of those elected, as a sheet: members of the school by name, or by mail address where two bear one name. Who is
/// a representative already is moved to the delegation that the sheet names.
/// </summary>
public sealed class RepresentativeImport(EduUnionDb db, AdminLog log, TimeProvider time)
{
    private static readonly (string Column, ImmutableArray<string> Called, bool Required)[] Columns =
    [
        ("name", ["姓名", "name"], true),
        ("delegation", ["代表团", "delegation"], false),
        ("email", ["邮箱", "电子邮箱", "email"], false),
        ("from", ["当选日期", "elected"], false),
    ];

    /// <summary>
    /// Refusals of the whole: <c>term.unknown</c> (404) and those of <see cref="Sheet.Read"/>. Of a line:
    /// <c>import.member</c>, <c>import.ambiguous</c>, <c>import.delegation</c>, <c>import.date</c>,
    /// <c>representative.outside-term</c>, <c>representative.heads</c>, <c>import.twice</c>.
    /// </summary>
    public async Task<Outcome<ImportResult>> RunAsync(
        Guid termId,
        string text,
        bool apply,
        Guid by,
        CancellationToken cancellation
    )
    {
        var sheet = Sheet.Read(text, Columns);
        if (!sheet.IsOk)
            return sheet.Refusal;
        await using var transaction = await db.BeginWriteAsync(cancellation);
        if (!await db.LockTermAsync(termId, cancellation))
            return Refusal.Missing("term.unknown");
        var term = await db.Set<CongressTerm>().AsNoTracking().SingleAsync(t => t.Id == termId, cancellation);
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var rolls = new Rolls(
            term,
            today < term.From ? term.From : today,
            await db.Set<Member>()
                .AsNoTracking()
                .Where(m => m.OrganisationId == term.SchoolId)
                .ToListAsync(cancellation),
            await db.Set<Delegation>().AsNoTracking().Where(d => d.TermId == termId).ToListAsync(cancellation),
            await db.Set<Representative>().Where(r => r.TermId == termId).ToListAsync(cancellation),
            []
        );
        var lines = sheet.Value.Select(row => Take(row, rolls, by)).ToList();
        if (apply)
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        db.ChangeTracker.Clear();
        return new ImportResult(lines, apply);
    }

    /// <summary>What is recorded, and who has come in this sheet already.</summary>
    private sealed record Rolls(
        CongressTerm Term,
        DateOnly From,
        IReadOnlyList<Member> Members,
        IReadOnlyList<Delegation> Delegations,
        List<Representative> Elected,
        HashSet<Guid> Seen
    );

    private ImportLine Take(SheetRow row, Rolls rolls, Guid by)
    {
        var date = row.Date("from");
        if (!date.IsOk)
            return Refused(date.Refusal);
        var from = date.Value ?? rolls.From;
        if (from < rolls.Term.From || from > rolls.Term.Until)
            return Refused(Refusal.Because("representative.outside-term", rolls.Term.From, rolls.Term.Until));
        var named = rolls
            .Members.Where(m => m.Name == row["name"] && RepresentativeChanges.MayStand(m, rolls.Term, from))
            .Where(m =>
                row["email"].Length == 0 || string.Equals(m.Email, row["email"], StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        if (named.Count != 1)
            return Refused(
                named.Count == 0 ? Refusal.Because("import.member") : Refusal.Because("import.ambiguous", named.Count)
            );
        var delegation = rolls.Delegations.FirstOrDefault(d => d.Name == row["delegation"]);
        if (delegation is null && row["delegation"].Length > 0)
            return Refused(Refusal.Because("import.delegation", row["delegation"]));
        var member = named[0];
        if (!rolls.Seen.Add(member.Id))
            return Refused(Refusal.Because("import.twice"));
        if (rolls.Elected.Find(r => r.MemberId == member.Id && (r.Until is null || r.Until >= from)) is { } mandate)
            return Move(mandate);
        var elected = new Representative
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            TermId = rolls.Term.Id,
            MemberId = member.Id,
            DelegationId = delegation?.Id,
            From = from,
        };
        db.Add(elected);
        log.Add(by, "representative.added", member.Name, $"{delegation?.Name} {from:yyyy-MM-dd}");
        return new(row.Line, member.Name, LineOutcome.Added);

        ImportLine Move(Representative standing)
        {
            if (delegation is null || standing.DelegationId == delegation.Id)
                return new(row.Line, member.Name, LineOutcome.Same);
            if (rolls.Delegations.Any(d => d.Id == standing.DelegationId && d.HeadId == member.Id))
                return Refused(Refusal.Because("representative.heads"));
            standing.DelegationId = delegation.Id;
            log.Add(by, "representative.moved", member.Name, $"→ {delegation.Name}");
            return new(row.Line, member.Name, LineOutcome.Changed);
        }

        ImportLine Refused(Refusal refusal) => new(row.Line, row["name"], LineOutcome.Refused, refusal);
    }
}

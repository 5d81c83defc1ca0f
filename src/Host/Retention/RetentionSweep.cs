using EduUnion.Domain;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Journal;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Retention;

/// <summary>What the journal of the case keeps of it.</summary>
public sealed record SensitiveDataErased(int Attachments, int Texts);

/// <summary>
/// Erases the sensitive data of cases that have been closed for <c>retention.sensitive_years</c> (domain §3.9; PIPL
/// art. 19): files, the journal's private texts, the sensitive part of the aggregate. One case is one commit, so a run may
/// die at any point. The audit chain still proves; vouchers of payments are no part of a case and are never touched.
/// </summary>
public sealed class RetentionSweep(
    EduUnionDb db,
    CaseSteps steps,
    IEnumerable<ISensitiveFields> sensitive,
    RuleBook rules,
    TimeProvider time
) : IJob
{
    /// <summary>Somebody else was faster, or the case is open again.</summary>
    private static readonly Refusal NotDue = Refusal.Missing("case.unknown");

    /// <summary>Returns how many cases were erased.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var now = time.GetUtcNow();
        var kinds = sensitive.ToDictionary(s => s.Kind);
        var names = kinds.Keys.ToList();
        var schools = await db.Set<CaseRow>()
            .Where(c => names.Contains(c.Kind) && c.ClosedAt != null)
            .Select(c => c.SchoolId)
            .Distinct()
            .ToListAsync(cancellation);
        var (cases, attachments, texts) = (0, 0, 0);
        foreach (var school in schools)
        {
            var years = (await rules.ForAsync(school, now, cancellation)).Number("retention.sensitive_years");
            foreach (var (id, kind) in await DueAsync(names, school, now.AddYears(-years), cancellation))
                if (await EraseAsync(id, kinds[kind], now.AddYears(-years), cancellation) is { } erased)
                    (cases, attachments, texts) = (cases + 1, attachments + erased.Attachments, texts + erased.Texts);
        }
        if (cases == 0)
            return 0;
        db.Add(
            new RetentionRun
            {
                Id = Guid.CreateVersion7(now),
                At = now,
                Cases = cases,
                Attachments = attachments,
                Texts = texts,
            }
        );
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
        return cases;
    }

    // The ids alone, of all of them: what fails is not read again and again within one run.
    private async Task<IReadOnlyList<(Guid Id, string Kind)>> DueAsync(
        List<string> kinds,
        Guid school,
        DateTimeOffset before,
        CancellationToken cancellation
    ) =>
        [
            .. (
                await db.Set<CaseRow>()
                    .Where(c => c.SchoolId == school && kinds.Contains(c.Kind) && c.ClosedAt <= before)
                    .Where(c => !db.Set<PurgedCase>().Any(p => p.CaseId == c.Id))
                    .OrderBy(c => c.ClosedAt)
                    .Select(c => new { c.Id, c.Kind })
                    .ToListAsync(cancellation)
            ).Select(c => (c.Id, c.Kind)),
        ];

    private async Task<SensitiveDataErased?> EraseAsync(
        Guid id,
        ISensitiveFields fields,
        DateTimeOffset before,
        CancellationToken cancellation
    )
    {
        SensitiveDataErased? erased = null;
        var done = await steps.CommandAsync(
            id,
            null,
            "retention.erase",
            async work =>
            {
                // Asked again under the lock.
                if (
                    !(work.Row.ClosedAt <= before)
                    || await db.Set<PurgedCase>().AnyAsync(p => p.CaseId == id, cancellation)
                )
                    return NotDue;
                var files = db.Set<Attachment>().Where(a => a.CaseId == id);
                erased = new SensitiveDataErased(
                    await AttachmentCommands.EraseAsync(files, work.Moment.Now, cancellation),
                    await EraseTextsAsync(id, fields, cancellation)
                );
                work.Happened([.. fields.Purge(work.Case, work.Moment), erased]);
                db.Add(new PurgedCase { CaseId = id, At = work.Moment.Now });
                return null;
            },
            cancellation
        );
        return done.IsOk ? erased : null;
    }

    private async Task<int> EraseTextsAsync(Guid id, ISensitiveFields fields, CancellationToken cancellation)
    {
        var acts = await db.Set<JournalLine>()
            .Where(l => l.CaseId == id)
            .Select(l => l.Act)
            .Distinct()
            .ToListAsync(cancellation);
        var telling = acts.Where(fields.IsSensitive).ToList();
        return await db.Set<JournalLine>()
            .Where(l => l.CaseId == id && telling.Contains(l.Act) && l.Private != null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Private, (string?)null), cancellation);
    }
}

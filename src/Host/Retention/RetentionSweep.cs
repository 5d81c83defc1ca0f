using System.Security.Cryptography;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Aid;
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
/// art. 19): files, the journal's private texts, the sensitive part of the aggregate and what stands beside it; and the
/// texts of hardship files that were left so long ago. One case is one commit, so a run may
/// die at any point. The audit chain still proves; vouchers of payments are no part of a case and are never touched.
/// </summary>
public sealed class RetentionSweep(
    EduUnionDb db,
    CaseSteps steps,
    IEnumerable<ISensitiveFields> sensitive,
    RuleBook rules,
    FileRetention files,
    TimeProvider time,
    ILogger<RetentionSweep> log
) : IJob
{
    /// <summary>Somebody else was faster, or the case is open again.</summary>
    private static readonly Refusal NotDue = Refusal.Missing("case.unknown");

    /// <summary>
    /// Returns how many cases were erased. What cannot be read stays and is counted in the run's report; it does not keep
    /// the others.
    /// </summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var now = time.GetUtcNow();
        var run = new RetentionRun { Id = Guid.CreateVersion7(now), At = now };
        await EraseCasesAsync(run, cancellation);
        await ForgetFilesAsync(run, cancellation);
        if (run is { Cases: 0, Files: 0, Unreadable: 0 })
            return 0;
        db.Add(run);
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
        return run.Cases;
    }

    private async Task EraseCasesAsync(RetentionRun run, CancellationToken cancellation)
    {
        var kinds = sensitive.ToDictionary(s => s.Kind);
        var names = kinds.Keys.ToList();
        var schools = await db.Set<CaseRow>()
            .Where(c => names.Contains(c.Kind) && c.ClosedAt != null)
            .Select(c => c.SchoolId)
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var school in schools)
        {
            var before = await EndAsync(school, run.At, cancellation);
            foreach (var (id, kind) in await DueAsync(names, school, before, cancellation))
                await TryAsync(
                    run,
                    id,
                    async () =>
                    {
                        if (await EraseAsync(id, kinds[kind], before, cancellation) is not { } erased)
                            return;
                        run.Cases++;
                        run.Attachments += erased.Attachments;
                        run.Texts += erased.Texts;
                    }
                );
        }
    }

    private async Task ForgetFilesAsync(RetentionRun run, CancellationToken cancellation)
    {
        foreach (var school in await files.SchoolsAsync(cancellation))
        {
            var before = await EndAsync(school, run.At, cancellation);
            foreach (var id in await files.LeftAsync(school, cancellation))
                await TryAsync(
                    run,
                    id,
                    async () => run.Files += await files.ForgetAsync(id, before, run.At, cancellation) ? 1 : 0
                );
        }
    }

    /// <summary>What was closed by then has been kept long enough.</summary>
    private async Task<DateTimeOffset> EndAsync(Guid school, DateTimeOffset now, CancellationToken cancellation) =>
        now.AddYears(-(await rules.ForAsync(school, now, cancellation)).Number("retention.sensitive_years"));

    private async Task TryAsync(RetentionRun run, Guid id, Func<Task> erase)
    {
        try
        {
            await erase();
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            run.Unreadable++;
            log.LogError(fault, "What {Id} holds could not be erased", id);
        }
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
                work.Happened([.. await fields.PurgeAsync(work.Case, work.Moment, cancellation), erased]);
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
        // What a signer or adviser wrote stands on his task too.
        await db.Set<TaskRow>()
            .Where(t => t.CaseId == id && t.Pending != null)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.Pending, (string?)null), cancellation);
        var telling = acts.Where(fields.IsSensitive).ToList();
        await db.Set<CopyRow>()
            .Where(c => c.CaseId == id)
            .ExecuteUpdateAsync(
                c => c.SetProperty(x => x.Note, (string?)null).SetProperty(x => x.Remark, (string?)null),
                cancellation
            );
        await db.Set<QuestionRow>()
            .Where(q => q.CaseId == id)
            .ExecuteUpdateAsync(
                q => q.SetProperty(x => x.Text, (string?)null).SetProperty(x => x.Answer, (string?)null),
                cancellation
            );
        return await db.Set<JournalLine>()
            .Where(l => l.CaseId == id && telling.Contains(l.Act) && l.Private != null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Private, (string?)null), cancellation);
    }
}

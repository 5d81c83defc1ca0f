using EduUnion.Domain;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>An incident as the administrator sees it: where and why, and nothing of the case but its number.</summary>
public sealed record IncidentLine(
    Guid Id,
    Guid CaseId,
    string Kind,
    string? Number,
    string Activity,
    string Reason,
    DateTimeOffset At
);

/// <summary>What the engine stopped at, and trying again.</summary>
public sealed class IncidentBook(EduUnionDb db, CaseSteps steps)
{
    /// <summary>Those that nobody has retried yet, the oldest first.</summary>
    public async Task<IReadOnlyList<IncidentLine>> OpenAsync(int limit, CancellationToken cancellation) =>
        await (
            from incident in db.Set<IncidentRow>().AsNoTracking()
            join row in db.Set<CaseRow>() on incident.CaseId equals row.Id
            where incident.RetriedAt == null
            orderby incident.At, incident.Id
            select new IncidentLine(
                incident.Id,
                row.Id,
                row.Kind,
                row.Number ?? row.Receipt,
                incident.Activity,
                incident.Reason,
                incident.At
            )
        )
            .Take(limit)
            .ToListAsync(cancellation);

    /// <summary>
    /// Gives the engine the stimulus again at which it stopped. If it stops again, that is a new incident. Refusals:
    /// <c>incident.unknown</c> (404), <c>incident.retried</c> (409).
    /// </summary>
    public async Task<Outcome<StepDone>> RetryAsync(Guid id, Asker asker, CancellationToken cancellation)
    {
        var caseId = await db.Set<IncidentRow>()
            .Where(i => i.Id == id)
            .Select(i => (Guid?)i.CaseId)
            .SingleOrDefaultAsync(cancellation);
        if (caseId is null)
            return Refusal.Missing("incident.unknown");
        return await steps.CommandAsync(
            caseId.Value,
            asker,
            "incident.retry",
            async work =>
            {
                // Under the case's lock: of two administrators one retries.
                var incident = await db.Set<IncidentRow>().SingleAsync(i => i.Id == id, cancellation);
                if (incident.RetriedAt is not null)
                    return new Refusal("incident.retried", RefusalKind.Conflict);
                incident.RetriedAt = work.Moment.Now;
                incident.RetriedBy = asker.MemberId;
                await work.RunAsync(new Stimulus.Retry(id), cancellation);
                return null;
            },
            cancellation
        );
    }
}

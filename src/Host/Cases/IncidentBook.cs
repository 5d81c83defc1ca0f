using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Clocks;
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
)
{
    public string? DefinitionId { get; init; }
    public int? DefinitionVersion { get; init; }

    /// <summary>Family of the clock whose expiry was not taken; null for a fault of the engine.</summary>
    public string? Clock { get; init; }
    public Guid? InstanceId { get; init; }
    public Guid? ClockId { get; init; }
    public DateTimeOffset? RetriedAt { get; init; }

    /// <summary>Who retried it.</summary>
    public string? RetriedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Earlier incidents at the same place of the same case, the latest first.</summary>
    public IReadOnlyList<IncidentLine> Earlier { get; init; } = [];
}

/// <summary>Where cases stand still, and trying again.</summary>
public sealed class IncidentBook(EduUnionDb db, CaseSteps steps, ExpiryFailures failures, TimeProvider time)
{
    /// <summary>Those that are not over, the oldest first, each with what was tried before.</summary>
    public async Task<IReadOnlyList<IncidentLine>> OpenAsync(int limit, CancellationToken cancellation)
    {
        var open = await LinesAsync(
            db.Set<IncidentRow>().Where(i => i.ClosedAt == null).OrderBy(i => i.At).ThenBy(i => i.Id).Take(limit),
            cancellation
        );
        var cases = open.Select(i => i.CaseId).Distinct().ToList();
        var over = await LinesAsync(
            db.Set<IncidentRow>().Where(i => i.ClosedAt != null && cases.Contains(i.CaseId)),
            cancellation
        );
        var earlier = over.ToLookup(Place);
        return
        [
            .. open.OrderBy(i => i.At)
                .ThenBy(i => i.Id)
                .Select(i => i with { Earlier = [.. earlier[Place(i)].OrderByDescending(e => e.At)] }),
        ];
    }

    /// <summary>The last ones that are over, the latest first.</summary>
    public async Task<IReadOnlyList<IncidentLine>> OverAsync(int limit, CancellationToken cancellation)
    {
        var over = db.Set<IncidentRow>()
            .Where(i => i.ClosedAt != null)
            .OrderByDescending(i => i.ClosedAt)
            .ThenByDescending(i => i.Id)
            .Take(limit);
        return [.. (await LinesAsync(over, cancellation)).OrderByDescending(i => i.ClosedAt)];
    }

    /// <summary>
    /// Gives the engine the stimulus again at which it stopped, or the case the expiry that it did not take. What fails
    /// again is a new incident. Refusals: <c>incident.unknown</c> (404), <c>incident.retried</c> (409),
    /// <c>incident.stuck</c> (409: the process does not wait there, so there is nothing to be given).
    /// </summary>
    public async Task<Outcome<StepDone>> RetryAsync(Guid id, Asker asker, CancellationToken cancellation)
    {
        var known = await db.Set<IncidentRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellation);
        if (known is null)
            return Refusal.Missing("incident.unknown");
        return known.ClockId is { } clock
            ? await ExpireAsync(known, clock, asker, cancellation)
            : await steps.CommandAsync(
                known.CaseId,
                asker,
                "incident.retry",
                async work =>
                {
                    // Under the case's lock: of two administrators one retries.
                    var incident = await db.Set<IncidentRow>().SingleAsync(i => i.Id == id, cancellation);
                    if (incident.ClosedAt is not null)
                        return Retried;
                    incident.RetriedAt = work.Moment.Now;
                    incident.RetriedBy = asker.MemberId;
                    await work.RunAsync(new Stimulus.Retry(id), cancellation);
                    return incident.ClosedAt is null ? new Refusal("incident.stuck", RefusalKind.Conflict) : null;
                },
                cancellation
            );
    }

    /// <summary>
    /// Two commits: that it was retried, and the expiry. If the program dies in between, the sweep makes the second.
    /// </summary>
    private async Task<Outcome<StepDone>> ExpireAsync(
        IncidentRow incident,
        Guid clock,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var mine = await db.Set<IncidentRow>()
            .Where(i => i.Id == incident.Id && i.ClosedAt == null)
            .ExecuteUpdateAsync(
                i =>
                    i.SetProperty(x => x.RetriedAt, now)
                        .SetProperty(x => x.RetriedBy, asker.MemberId)
                        .SetProperty(x => x.ClosedAt, now),
                cancellation
            );
        if (mine == 0)
            return Retried;
        var done = await steps.ExpireAsync(incident.CaseId, clock, cancellation);
        if (!done.IsOk && done.Refusal.Code != CaseSteps.ClockNotDue)
            await failures.RecordAsync(incident.CaseId, clock, done.Refusal.Code, cancellation);
        return done;
    }

    private static Refusal Retried => new("incident.retried", RefusalKind.Conflict);

    private static (Guid, Guid?, Guid?, string) Place(IncidentLine line) =>
        (line.CaseId, line.InstanceId, line.ClockId, line.Activity);

    private async Task<List<IncidentLine>> LinesAsync(
        IQueryable<IncidentRow> incidents,
        CancellationToken cancellation
    ) =>
        await (
            from incident in incidents.AsNoTracking()
            join row in db.Set<CaseRow>() on incident.CaseId equals row.Id
            join clock in db.Set<ClockRow>() on incident.ClockId equals (Guid?)clock.Id into clocks
            from clock in clocks.DefaultIfEmpty()
            join member in db.Set<Member>() on incident.RetriedBy equals (Guid?)member.Id into members
            from member in members.DefaultIfEmpty()
            select new IncidentLine(
                incident.Id,
                row.Id,
                row.Kind,
                row.Number ?? row.Receipt,
                incident.Activity,
                incident.Reason,
                incident.At
            )
            {
                DefinitionId = incident.DefinitionId,
                DefinitionVersion = incident.DefinitionVersion,
                Clock = clock == null ? null : clock.Name,
                InstanceId = incident.InstanceId,
                ClockId = incident.ClockId,
                RetriedAt = incident.RetriedAt,
                RetriedBy = member == null ? null : member.Name,
                ClosedAt = incident.ClosedAt,
            }
        ).ToListAsync(cancellation);
}

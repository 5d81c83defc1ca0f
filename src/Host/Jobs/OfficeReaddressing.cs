using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Asks another office where whoever is asked became a relation of the applicant after the task had opened (回避, domain
/// §3.8): up the same ladder as when it opens.
/// </summary>
public sealed class OfficeReaddressing(EduUnionDb db, CaseSteps steps, ILogger<OfficeReaddressing> log) : IJob
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var affected = await db.Set<TaskRow>()
            .Where(t => t.State == TaskState.Open && t.MemberId == null && AidAccess.Kinds.Contains(t.Case.Kind))
            .Where(t =>
                db.Set<DeclaredRelation>()
                    .Any(r =>
                        r.EndedAt == null
                        && r.DeclaredAt >= t.OpenedAt
                        && t.Case.Parties.Any(p =>
                            p.Role == PartyRole.Subject && (p.PartyId == r.MemberId || p.PartyId == r.OtherId)
                        )
                    )
            )
            .Select(t => t.CaseId)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(cancellation);
        var moved = 0;
        foreach (var id in affected)
            try
            {
                var done = await steps.CommandAsync(
                    id,
                    null,
                    "aid.readdress",
                    // Nothing to change is no act: it leaves no line.
                    async work =>
                        await work.ReaskAsync(cancellation) ? null : Unchanged,
                    cancellation
                );
                moved += done.IsOk ? 1 : 0;
            }
            // One broken case must not keep the others.
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Case {Case} could not be asked of another office", id);
            }
        return moved;
    }

    private static Domain.Refusal Unchanged => Domain.Refusal.Because("case.unchanged");
}

using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>
/// Once a quarter every host with an unkept promise is asked how far it is (每季度自报, domain §2.9). The promise
/// remembers that it was asked, so that a second run asks nobody.
/// </summary>
public sealed class ProgressRequests(EduUnionDb db, CaseSteps steps, TimeProvider time) : IJob
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var quarter = new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1);
        var tracking = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => c.Kind == MotionCase.KindName && c.State == nameof(MotionState.Tracking))
            .Select(c => new { c.Id, c.Aggregate })
            .ToListAsync(cancellation);
        var asked = 0;
        foreach (var @case in tracking.Where(c => MotionCases.MotionOf(c.Aggregate).IsProgressDue(quarter)))
        {
            var done = await steps.CommandAsync(
                @case.Id,
                null,
                "commitment.ask-progress",
                work =>
                {
                    var motion = ((MotionCase)work.Case).Motion;
                    foreach (var id in motion.Commitments.Select(c => c.Id).ToList())
                        if (motion.AskProgress(id, quarter, today) is { } happened)
                            work.Happened(happened);
                    return Task.FromResult<Domain.Refusal?>(null);
                },
                cancellation
            );
            asked += done.IsOk ? 1 : 0;
        }
        return asked;
    }
}

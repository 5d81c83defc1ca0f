using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Starts the yearly re-verification (年度复核, domain §3.5) where nobody has started it: from the first day of the month
/// that <c>verification.month</c> names (0 = it is started by hand only) to the end of the year. What is asked already is
/// not asked again.
/// </summary>
public sealed class VerificationCampaigns(
    EduUnionDb db,
    VerificationCommands commands,
    RuleBook rules,
    TimeProvider time,
    ILogger<VerificationCampaigns> log
) : IJob
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = ChinaTime.DateOf(now);
        var schools = await db.Set<AidFileRow>()
            .Where(f => f.State != nameof(FileState.Exited))
            .Where(f => f.VerifiedYear < today.Year || f.State == nameof(FileState.Frozen))
            .Select(f => f.SchoolId)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(cancellation);
        var asked = 0;
        foreach (var school in schools)
        {
            var month = (await rules.ForAsync(school, now, cancellation)).Number("verification.month");
            if (month > 0 && today.Month >= month)
                try
                {
                    asked += await commands.AskAllAsync(school, today.Year, null, cancellation);
                }
                // What cannot be read in one school keeps no other from being asked.
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    log.LogError(fault, "The verification of {School} was not started", school);
                }
        }
        return asked;
    }
}

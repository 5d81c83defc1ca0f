using EduUnion.Domain.Calendar;
using EduUnion.Host.Congresses;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>
/// Tells open cases that a proposer or co-signer is no representative any more (scenario 7): whoever moved to another
/// school, left, or was not elected again. Each case is told once of each person.
/// </summary>
public sealed class MandateSweep(
    EduUnionDb db,
    CongressBook congresses,
    CaseSteps steps,
    TimeProvider time,
    ILogger<MandateSweep> log
) : IJob
{
    private const int Batch = 200;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var now = time.GetUtcNow();
        var left = await congresses
            .WithoutMandate(ChinaTime.DateOf(now))
            .OrderBy(p => p.CaseId)
            .Take(Batch)
            .ToListAsync(cancellation);
        foreach (var party in left)
        {
            var signal = SignalRow.To(party.CaseId, SignalRow.RepresentativeLeft, party.PartyId, now);
            db.Add(signal);
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            // Another node has told it in this moment.
            catch (DbUpdateException clash) when (db.IsUniqueViolation(clash))
            {
                db.ChangeTracker.Clear();
                continue;
            }
            try
            {
                await steps.DeliverAsync(signal.Id, cancellation);
            }
            // The sweep of signals tries it again; the others are told all the same.
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Case {Case} was not told of an ended mandate", party.CaseId);
            }
        }
        return left.Count;
    }
}

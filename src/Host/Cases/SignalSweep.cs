using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>Delivers the signals that were not delivered right after their commit.</summary>
public sealed class SignalSweep(EduUnionDb db, CaseSteps steps, ILogger<SignalSweep> log) : IJob
{
    private const int Batch = 200;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var open = await db.Set<SignalRow>()
            .Where(s => s.DeliveredAt == null)
            .OrderBy(s => s.At)
            .ThenBy(s => s.Id)
            .Select(s => s.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        var delivered = 0;
        foreach (var signal in open)
            try
            {
                delivered += await steps.DeliverAsync(signal, cancellation) ? 1 : 0;
            }
            // One broken case must not keep what is told to all others.
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Signal {Signal} could not be delivered", signal);
            }
        return delivered;
    }
}

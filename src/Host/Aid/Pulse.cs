using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// Beats every minute as long as any node is there. A gap of an hour or more is an outage: every notice that is up is told
/// of it, once, by a signal in the same commit (公示中断顺延, domain §3.3 step 5). Several nodes may beat; the one that moves
/// the beat from where it stood has found the gap.
/// </summary>
public sealed class Pulse(EduUnionDb db, CaseSteps steps, TimeProvider time, ILogger<Pulse> log) : IJob
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>How many notices were told of an outage.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await BeatAsync(cancellation);
        // Also what another node has just found: nobody goes on before the notices know of it.
        var told = await db.Set<SignalRow>()
            .Where(s => s.DeliveredAt == null && s.Kind == SignalRow.NoticeInterrupted)
            .OrderBy(s => s.Id)
            .Select(s => s.Id)
            .ToListAsync(cancellation);
        foreach (var signal in told)
            try
            {
                await steps.DeliverAsync(signal, cancellation);
            }
            // The sweep delivers what fails here; one broken case must not keep the others.
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Signal {Signal} of an outage could not be delivered", signal);
            }
        return told.Count;
    }

    private async Task BeatAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var now = time.GetUtcNow();
        try
        {
            await using var transaction = await db.BeginWriteAsync(cancellation);
            var last = await db.Set<Heartbeat>()
                .AsNoTracking()
                .Select(h => (DateTimeOffset?)h.At)
                .SingleOrDefaultAsync(cancellation);
            if (last is not { } before)
                db.Add(new Heartbeat { At = now });
            else if (
                await db.Set<Heartbeat>()
                    .Where(h => h.At == before && h.At < now)
                    .ExecuteUpdateAsync(h => h.SetProperty(x => x.At, now), cancellation) == 1
                && now - before >= Shortest
            )
                await NoteAsync(before, now, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        // Two nodes begin the very first beat at once.
        catch (DbUpdateException first) when (db.IsUniqueViolation(first)) { }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task NoteAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation)
    {
        var outage = new Outage
        {
            Id = Guid.CreateVersion7(until),
            From = from,
            Until = until,
        };
        db.Add(outage);
        db.AddRange(
            (
                await db.Set<NoticeRow>()
                    .Where(n => n.TakenDownAt == null)
                    .Select(n => n.CaseId)
                    .Distinct()
                    .ToListAsync(cancellation)
            ).Select(notice => SignalRow.To(notice, SignalRow.NoticeInterrupted, outage.Id, until))
        );
    }
}

using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Clocks;

/// <summary>
/// Expiries that could not be worked off: the case refused, or a fault was in the way. Each is tried again later and later,
/// and becomes an incident that the administrator sees once it can no longer be an accident.
/// </summary>
public sealed class ExpiryFailures(EduUnionDb db, DefinitionSet definitions, TimeProvider time)
{
    /// <summary>So often a lock or a dying node may be the reason, and nobody is told.</summary>
    private const int Accidents = 2;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <param name="reason">A refusal's code or the name of a fault; nothing of what the case says.</param>
    public async Task RecordAsync(Guid caseId, Guid clockId, string reason, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockCaseAsync(caseId, cancellation);
        var clock = await db.Set<ClockRow>().Include(c => c.Case).SingleAsync(c => c.Id == clockId, cancellation);
        // It was decided, or stopped, in the meantime.
        if (clock.StoppedAt is not null)
            return;
        var now = time.GetUtcNow();
        clock.Failures++;
        clock.NextAt = now + Wait(clock.Failures);
        if (clock.Failures > Accidents && !await IsKnownAsync(clockId, cancellation))
            db.Add(Incident(clock, reason, now));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
    }

    /// <summary>Five minutes, then twice as long each time, a day at most.</summary>
    internal static TimeSpan Wait(int failures) =>
        failures > 10 ? Longest : TimeSpan.FromTicks(Math.Min(First.Ticks << (failures - 1), Longest.Ticks));

    private Task<bool> IsKnownAsync(Guid clockId, CancellationToken cancellation) =>
        db.Set<IncidentRow>().AnyAsync(i => i.ClockId == clockId && i.ClosedAt == null, cancellation);

    private IncidentRow Incident(ClockRow clock, string reason, DateTimeOffset now)
    {
        var family = FamilyJson.Read(clock.Case.Family);
        var step = clock.StepId is { } id ? OpenSteps.Find(definitions, family, id) : null;
        var instance = step is null ? null : family.Find(step.Instance);
        return new IncidentRow
        {
            Id = Guid.CreateVersion7(now),
            CaseId = clock.CaseId,
            InstanceId = instance?.Id,
            DefinitionId = instance?.DefinitionId,
            DefinitionVersion = instance?.Version,
            ClockId = clock.Id,
            Activity = step?.Activity ?? "",
            Reason = reason,
            At = now,
        };
    }
}

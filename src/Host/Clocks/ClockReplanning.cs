using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Jobs;
using EduUnion.Host.Journal;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Clocks;

/// <summary>A new calendar moved a running clock; the event in the case's journal.</summary>
public sealed record ClockMoved(string Clock, Guid? Part, DateOnly? From, DateOnly? To, int CalendarVersion);

/// <summary>
/// Computes running clocks again after the calendar changed (domain §4.1.5), one case a commit under the case's lock. What
/// is left to do is told by the version on each clock, so it may die anywhere and goes on from there. A case whose dates
/// move gets one journal line and its people a notice; one whose dates stay gets neither.
/// </summary>
public sealed class ClockReplanning(
    EduUnionDb db,
    CaseKinds kinds,
    CalendarBook calendars,
    RuleBook rules,
    AuditChain chain,
    DefinitionLibrary library,
    Vault vault,
    ReplannedVersion finished,
    OutboxBell bell,
    TimeProvider time,
    ILogger<ClockReplanning> log
) : IJob
{
    private const int Batch = 200;

    /// <summary>A node that has not seen a version for so long does not exist.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromMinutes(10);

    /// <summary>All of them; returns how many cases were computed again.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var latest = await calendars.LatestAsync(cancellation);
        if (finished.Number == latest.Number)
            return 0;
        var done = await WorkAsync(Old(latest.Number), cancellation);
        // Another node may go on computing with the old calendar for some seconds, so it is looked once more later.
        if (done.Failed == 0 && time.GetUtcNow() - latest.RecordedAt > Known)
            finished.Number = latest.Number;
        return done.Replanned;
    }

    /// <summary>Only those whose alarm has come, before it is served.</summary>
    internal async Task DueAsync(CancellationToken cancellation)
    {
        var latest = await calendars.LatestAsync(cancellation);
        var now = time.GetUtcNow();
        await WorkAsync(Old(latest.Number).Where(c => c.NextAt <= now), cancellation);
    }

    private IQueryable<ClockRow> Old(int latest) =>
        db.Set<ClockRow>().Where(c => c.StoppedAt == null && c.Name != "timer" && c.CalendarVersion < latest);

    private async Task<(int Replanned, int Failed)> WorkAsync(IQueryable<ClockRow> old, CancellationToken cancellation)
    {
        var (replanned, moved) = (0, 0);
        var failed = new HashSet<Guid>();
        while (true)
        {
            var left = old.Where(c => !failed.Contains(c.CaseId)).Select(c => c.CaseId).Distinct();
            var batch = await left.OrderBy(id => id).Take(Batch).ToListAsync(cancellation);
            foreach (var caseId in batch)
                try
                {
                    moved += await ReplanAsync(caseId, cancellation) ? 1 : 0;
                    replanned++;
                }
                // One broken case must not keep all others on the old calendar.
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    failed.Add(caseId);
                    log.LogError(fault, "The clocks of case {Case} could not be computed again", caseId);
                }
            if (batch.Count == 0)
                break;
        }
        if (moved > 0)
            bell.Ring();
        return (replanned, failed.Count);
    }

    /// <summary>One case; true when a date moved.</summary>
    private async Task<bool> ReplanAsync(Guid caseId, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockCaseAsync(caseId, cancellation);
        var row = await db.Set<CaseRow>()
            .AsSingleQuery()
            .Include(c => c.Tasks.Where(t => t.State == TaskState.Open))
            .Include(c => c.Clocks.Where(k => k.StoppedAt == null))
            .SingleAsync(c => c.Id == caseId, cancellation);
        var now = time.GetUtcNow();
        var moment = new CaseMoment(
            now,
            await rules.ForAsync(row.SchoolId, row.RulesAt, cancellation),
            await calendars.ForAsync(row.SchoolId, cancellation),
            null
        );
        var work = new CaseWork(
            db,
            row,
            kinds.Read(row),
            moment,
            await library.CurrentAsync(db, cancellation),
            StepCatalogue.Shipped,
            vault
        );
        foreach (var clock in row.Clocks)
        {
            var calendar = await calendars.ForAsync(clock.OrganisationId, cancellation);
            if (!clock.IsOlderThan(calendar.Version))
                continue;
            var (before, next) = (clock.DueOn, clock.NextAt);
            // An alarm that has come and was not served yet must still ring, one that lies ahead is planned anew.
            work.Set(clock, clock.InputsOf(), calendar, next <= now ? next.Value.AddTicks(-1) : now);
            if (clock.DueOn == before)
            {
                // Its day stays: nothing rings once more that has rung, as it would where the time was set back meanwhile.
                clock.NextAt = next is null || next > clock.NextAt ? next : clock.NextAt;
                continue;
            }
            work.Happened(new ClockMoved(clock.Name, clock.Part, before, clock.DueOn, calendar.Version));
            if (before is { } was && clock.DueOn is not null)
                work.Tell(work.Case.TellMoved(clock, was, clock.TasksOf(row), moment));
        }
        var moved = work.Events.Count > 0;
        if (moved)
            work.Write(chain, "clock.replanned", null, null, null, null);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return moved;
    }
}

/// <summary>The calendar version up to which this process has found nothing left to replan; saves a look at every clock a minute.</summary>
public sealed class ReplannedVersion
{
    private int _number;

    public int Number
    {
        get => Volatile.Read(ref _number);
        set => Volatile.Write(ref _number, value);
    }
}

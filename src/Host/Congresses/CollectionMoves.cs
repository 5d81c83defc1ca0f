using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>The collection window was moved, and with it a running deadline; the event in the case's journal.</summary>
public sealed record DeadlineMoved(string Clock, DateOnly? From, DateOnly? To);

/// <summary>
/// Lets the running clocks of a session's motions follow its moved collection window: drafts close with it, invitations to
/// co-sign end with it, the review counts from it. One case a commit under the case's lock. A session stays marked until all
/// have followed, so this may die anywhere and goes on from there.
/// </summary>
public sealed class CollectionMoves(EduUnionDb db, CaseSteps steps, TimeProvider time, ILogger<CollectionMoves> log)
    : IJob
{
    private static readonly string[] Names = ["collection", "cosign", "check", "review"];

    /// <summary>A draft that was begun at the same moment may have read the old window; none is begun for so long.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(2);

    private static readonly Refusal Unmoved = Refusal.Because("clock.unmoved");

    /// <summary>How many cases had a deadline moved.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var moved = 0;
        var sessions = await db.Set<CongressSession>()
            .AsNoTracking()
            .Where(s => s.MovedAt != null)
            .OrderBy(s => s.Id)
            .ToListAsync(cancellation);
        foreach (var session in sessions)
        {
            var (count, failed) = await FollowAsync(session, cancellation);
            moved += count;
            if (failed || now - session.MovedAt <= Settled)
                continue;
            await db.Set<CongressSession>()
                .Where(s => s.Id == session.Id && s.MovedAt == session.MovedAt)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.MovedAt, x => null), cancellation);
        }
        return moved;
    }

    private async Task<(int Moved, bool Failed)> FollowAsync(CongressSession session, CancellationToken cancellation)
    {
        var (moved, failed) = (0, false);
        var cases = await db.Set<ClockRow>()
            .Where(c => c.StoppedAt == null && Names.Contains(c.Name) && c.Case.SessionId == session.Id)
            .Select(c => c.CaseId)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(cancellation);
        foreach (var id in cases)
            try
            {
                var done = await steps.CommandAsync(
                    id,
                    new Asker(session.MovedBy!.Value),
                    "session.move-collection",
                    work => Task.FromResult(Follow(work, session.CollectionClosesAt)),
                    cancellation
                );
                moved += done.IsOk ? 1 : 0;
            }
            // One broken case must not keep all others on the old window.
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                failed = true;
                log.LogError(fault, "The clocks of case {Case} could not follow the collection", id);
            }
        return (moved, failed);
    }

    private static Refusal? Follow(CaseWork work, DateTimeOffset closes)
    {
        foreach (var clock in work.Row.Clocks.Where(c => Names.Contains(c.Name)).ToList())
        {
            var inputs = clock.InputsOf();
            var next = Next(clock, inputs, closes, work);
            if (next == inputs)
                continue;
            var before = clock.DueOn;
            work.SetClock(clock, _ => next);
            work.Happened(new DeadlineMoved(clock.Name, before, clock.DueOn));
            if (before is { } was && clock.DueOn is { } on && on != was)
                work.Tell(work.Case.TellMoved(clock, was, clock.TasksOf(work.Row), work.Moment));
        }
        return work.Events.Count == 0 ? Unmoved : null;
    }

    /// <summary>The inputs as they would be had the clock been started under the present window (MotionCase.PlanAsync).</summary>
    private static ClockInputs Next(ClockRow clock, ClockInputs inputs, DateTimeOffset closes, CaseWork work)
    {
        switch (clock.Name)
        {
            case "collection":
                return inputs with { Until = closes };
            case "cosign":
                if (clock.StartedAt >= closes)
                    return inputs;
                var own = inputs with { Until = null };
                return Clock.Due(own, work.Moment.Calendar).At > closes ? own with { Until = closes } : own;
            default:
                var (close, opened) = (ChinaTime.DateOf(closes), ChinaTime.DateOf(clock.StartedAt));
                return inputs with { Start = close > opened ? close : opened };
        }
    }
}

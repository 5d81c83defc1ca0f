using EduUnion.Domain.Parameters;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Clocks;

/// <summary>
/// Works due clocks off. A reminder touches only the clock and a notice; an expiry is leased in a commit of its own and
/// then becomes an ordinary step, which re-reads the clock under the case's lock. Whatever dies in between is found again.
/// </summary>
public sealed class ClockSweep(
    EduUnionDb db,
    CaseSteps steps,
    CaseKinds kinds,
    RuleBook rules,
    CalendarBook calendars,
    ClockReplanning replanning,
    ExpiryFailures failures,
    OutboxBell bell,
    TimeProvider time,
    ILogger<ClockSweep> log
) : IJob
{
    private const int Batch = 100;

    // Less than the minute until the next tick, so that what a node held when it died is done by another then. A sweep that
    // takes longer loses nothing: whoever comes second finds the clock stopped.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterBug = TimeSpan.FromHours(1);

    /// <summary>Until nothing is due; returns how many alarms were served.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var served = 0;
        // What rang by an old calendar may not be due at all.
        await replanning.DueAsync(cancellation);
        while (true)
        {
            var (count, expiries) = await ClaimAsync(cancellation);
            foreach (var (caseId, clockId) in expiries)
                await ExpireAsync(caseId, clockId, cancellation);
            served += count;
            if (count == 0)
                return served;
            bell.Ring();
        }
    }

    private async Task ExpireAsync(Guid caseId, Guid clockId, CancellationToken cancellation)
    {
        try
        {
            var done = await steps.ExpireAsync(caseId, clockId, cancellation);
            if (done.IsOk)
                return;
            log.LogInformation(
                "Clock {Clock} of case {Case} did not expire: {Code}",
                clockId,
                caseId,
                done.Refusal.Code
            );
            if (done.Refusal.Code != CaseSteps.ClockNotDue)
                await failures.RecordAsync(caseId, clockId, done.Refusal.Code, cancellation);
        }
        // One broken case must not keep the deadlines of all others from being served.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Clock {Clock} of case {Case} could not expire", clockId, caseId);
            await RememberAsync(caseId, clockId, fault, cancellation);
        }
    }

    private async Task RememberAsync(Guid caseId, Guid clockId, Exception fault, CancellationToken cancellation)
    {
        try
        {
            await failures.RecordAsync(caseId, clockId, fault.GetType().Name, cancellation);
        }
        // The database itself may be away; the lease brings the clock back.
        catch (Exception again) when (again is not OperationCanceledException)
        {
            log.LogError(again, "The failure of clock {Clock} could not be written down", clockId);
        }
    }

    /// <summary>One batch: reminders are done in this commit, expiries only leased.</summary>
    private async Task<(int Count, List<(Guid Case, Guid Clock)> Expiries)> ClaimAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var now = time.GetUtcNow();
        var due = await db.TakeDueAsync<ClockRow>("clocks", "stopped_at IS NULL", "next_at", now, Batch, cancellation);
        if (due.Count == 0)
            return (0, []);
        var caseIds = due.Select(c => c.CaseId).Distinct().ToList();
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .Include(c => c.Tasks.Where(t => t.State == TaskState.Open))
            .AsSingleQuery()
            .Where(c => caseIds.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancellation);
        var expiries = new List<(Guid, Guid)>();
        var count = 0;
        var notices = new List<Notice>();
        foreach (var clock in due)
        {
            var row = rows[clock.CaseId];
            var ruled = await rules.ForAsync(row.SchoolId, row.RulesAt, cancellation);
            var calendar = await calendars.ForAsync(clock.OrganisationId, cancellation);
            if (clock.IsOlderThan(calendar.Version))
                continue; // The calendar changed this second; the next tick replans it and then rings.
            count++;
            var rang = clock.NextAt!.Value;
            if (IsExpiry(clock, rang))
            {
                clock.NextAt = now + Lease;
                expiries.Add((clock.CaseId, clock.Id));
                continue;
            }
            try
            {
                var moment = new CaseMoment(now, ruled, calendar, null);
                var teller = kinds.Read(row);
                var tasks = clock.TasksOf(row);
                // After a standstill each hears the latest of what was missed: one mail, not thirty.
                var (before, late) = (new Dictionary<string, Notice>(), new Dictionary<string, Notice>());
                var toldOfItsEnd = false;
                var alarm = clock.NextAlarm(calendar, ruled, rang.AddTicks(-1));
                // Put off by a fault: what rang then is behind us, and is told rather twice than never.
                if (alarm?.At != rang)
                    alarm = clock.NextAlarm(calendar, ruled, clock.StartedAt);
                while (alarm is not null && alarm.At <= now && !IsExpiry(clock, alarm.At))
                {
                    var kept = alarm.Kind == AlarmKind.Before ? before : late;
                    foreach (var notice in teller.TellAlarm(clock, alarm, tasks, moment))
                    {
                        kept[notice.RecipientsKey] = notice;
                        toldOfItsEnd |= alarm.Kind.HasFlag(AlarmKind.Overdue);
                    }
                    alarm = clock.NextAlarm(calendar, ruled, alarm.At);
                }
                // Nobody is told to hurry for an end that has passed: it decides the step or hands it on this minute, or whoever
                // must act has just been told that he is late. Telling those above leaves the task with him.
                var ends = alarm is not null && alarm.At <= now && clock.ExpiryOutcome != ClockRow.Escalates;
                if (!ends && !toldOfItsEnd)
                    notices.AddRange(before.Values);
                notices.AddRange(late.Values);
                clock.NextAt = alarm?.At;
            }
            // One broken case must not silence all others: it would be the first of every batch from now on.
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "Clock {Clock} of case {Case} could not remind", clock.Id, clock.CaseId);
                clock.NextAt = now + AfterBug;
            }
        }
        db.AddRange(Gathered(notices));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (count, expiries);
    }

    // At or after the due instant the only thing left for a clock with an outcome is that outcome.
    private static bool IsExpiry(ClockRow clock, DateTimeOffset rang) =>
        (clock.ExpiryOutcome is not null || clock.Name == "timer") && rang >= clock.DueAt;

    /// <summary>Counts of the same kind to the same people become one notice: a committee is told "17 wait", not 17 times "1".</summary>
    private static IEnumerable<Notice> Gathered(List<Notice> notices) =>
        notices
            .GroupBy(n => n.Args.ContainsKey("count") ? $"{n.Kind} {n.RecipientsKey} {n.Due}" : n.Id.ToString())
            .Select(g => g.Count() == 1 ? g.First() : g.First().WithCount(g.Count()));
}

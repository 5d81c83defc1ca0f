using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Definitions;
using EduUnion.Host.Deputies;
using EduUnion.Host.Jobs;
using EduUnion.Host.Journal;
using EduUnion.Host.Operations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>Who asks for a change, and the client's key by which a repeated request is known (hash over what is asked).</summary>
public sealed record Asker(Guid MemberId, string? Key = null, byte[]? BodyHash = null);

/// <summary>A person's decision on a task as a page or endpoint hands it over.</summary>
/// <param name="Version">The task's version on the form; null = the client did not look.</param>
public sealed record Decision(Guid TaskId, string Outcome, string? Comment, JsonElement? Form, int? Version);

/// <summary>The acknowledgement of a committed step.</summary>
public sealed record StepDone(Guid CaseId, string State, string? Number, long Version, DateTimeOffset At)
{
    public Guid? TaskId { get; init; }
    public string? Outcome { get; init; }

    /// <summary>False: the decision is recorded, but others still have to decide the step (会签, 票决).</summary>
    public bool StepDecided { get; init; } = true;
}

/// <summary>
/// The six steps by which every case changes: lock, look, ask the aggregate, run the engine, write, commit once. A decision,
/// a command, a clock and an administrator go through here and through nothing else.
/// </summary>
public sealed partial class CaseSteps(
    EduUnionDb db,
    RequestBook requests,
    CaseKinds kinds,
    RuleBook rules,
    CalendarBook calendars,
    AuditChain chain,
    DefinitionLibrary library,
    Vault vault,
    OutboxBell bell,
    Measures measures,
    TimeProvider time,
    ILogger<CaseSteps> log
)
{
    /// <summary>The expiry has nothing to decide any more.</summary>
    internal const string ClockNotDue = "clock.not-due";

    /// <summary>
    /// Decides a task. Refusals: <c>task.unknown</c> (404), <c>task.not-yours</c> (403), <c>task.already-decided</c> (409:
    /// by whom, when), <c>task.closed</c>, <c>task.handed</c>, <c>task.waits</c>, <c>task.answered</c> (409),
    /// <c>task.claimed</c> (409: by whom, since when), <c>task.held</c> (409: since when), <c>task.stale</c> (412),
    /// <c>task.outcome-unknown</c>, <c>task.signer-disagrees</c>, those of the form and of the aggregate (422). The same key and body again give the first answer.
    /// </summary>
    public async Task<Outcome<StepDone>> DecideAsync(Decision decision, Asker asker, CancellationToken cancellation)
    {
        return await CommitAsync(
            "decide",
            asker,
            async () =>
            {
                var other = await LockForAsync(decision, cancellation);
                var now = time.GetUtcNow();
                if (await LoadOfTaskAsync(decision.TaskId, asker.MemberId, now, cancellation) is not { } seen)
                    return Refusal.Missing("task.unknown");
                var principal = seen.Principal;
                if (!seen.Mine && principal is null)
                    return Refusal.Forbidden("task.not-yours");
                var row = seen.Row;
                var task = row.Tasks.First(t => t.Id == decision.TaskId);
                if (await RefusedAsync(task, decision, cancellation) is { } refused)
                    return refused;
                if (seen.Claimed && task.ClaimedById != principal)
                    return await ClaimedAsync(task, cancellation);
                if (row.HeldAt is { } since)
                    return new Refusal("task.held", RefusalKind.Conflict) { Arguments = [since] };
                if (
                    await DeputyRules.RefusedAsync(
                        db,
                        row,
                        task,
                        asker.MemberId,
                        principal,
                        seen.Deputised,
                        cancellation
                    ) is
                    { } unfree
                )
                    return unfree;
                if (other is not null && row.MainId != other)
                    return new Refusal("task.stale", RefusalKind.Stale);
                var work = await WorkAsync(row, now, asker.MemberId, cancellation, other: other);
                if (
                    principal is { } absent
                    && await IsEitherSeparatedAsync(work, task, [asker.MemberId, absent], cancellation)
                )
                    return Refusal.Forbidden("task.separation");
                var spec = StepCatalogue.Shipped.Find(task.Name)!;
                var form = FormValues.Read(spec, spec.Outcome(decision.Outcome)!, decision.Form);
                if (!form.IsOk)
                    return form.Refusal;
                var done = await work.DecideAsync(
                    task,
                    new Decided(decision.Outcome, decision.Comment, form.Value, principal ?? asker.MemberId)
                    {
                        Deputy = principal is null ? null : asker.MemberId,
                        Typed = decision.Form,
                    },
                    cancellation
                );
                if (!done.IsOk)
                    return done.Refusal;
                work.Write(chain, task.Name, decision.Outcome, task.Id, task.Part, decision.Comment);
                return Done(work) with { TaskId = task.Id, Outcome = decision.Outcome, StepDecided = done.Value };
            },
            cancellation
        );
    }

    /// <summary>
    /// A command on a case by a person, or by the program (no asker): the same transaction around any change. <paramref name="change"/> checks who may,
    /// asks the aggregate, and may run the engine through the <see cref="CaseWork"/>.
    /// </summary>
    public async Task<Outcome<StepDone>> CommandAsync(
        Guid caseId,
        Asker? asker,
        string act,
        Func<CaseWork, Task<Refusal?>> change,
        CancellationToken cancellation,
        Guid? part = null,
        bool withMain = false
    ) =>
        await CommitAsync(
            "command",
            asker,
            async () =>
            {
                var other = withMain ? await MainOfAsync(caseId, cancellation) : null;
                await LockAsync(caseId, other, cancellation);
                var row = await LoadAsync(caseId, cancellation);
                if (row is null)
                    return Refusal.Missing("case.unknown");
                if (withMain && row.MainId != other)
                    return new Refusal("case.stale", RefusalKind.Stale);
                var work = await WorkAsync(row, time.GetUtcNow(), asker?.MemberId, cancellation, other: other);
                if (await change(work) is { } refusal)
                    return refusal;
                work.Write(chain, act, null, null, part, null);
                return Done(work);
            },
            cancellation
        );

    /// <summary>Opens a new case and starts its process; without an asker nobody is remembered who did (匿名).</summary>
    public async Task<Outcome<StepDone>> StartAsync(
        CaseRow row,
        ICase @case,
        string definition,
        IReadOnlyList<object> created,
        Asker? asker,
        CancellationToken cancellation
    ) =>
        await CommitAsync(
            "start",
            asker,
            async () =>
            {
                db.Add(row);
                var work = await WorkAsync(row, row.OpenedAt, asker?.MemberId, cancellation, @case);
                work.Happened(created);
                await work.RunAsync(new Stimulus.Start(definition), cancellation);
                work.Write(chain, $"{row.Kind}.start", null, null, null, null);
                return Done(work);
            },
            cancellation
        );

    /// <summary>
    /// Works one expiry off. Re-reads the clock under the case's lock: stopped, moved, not yet due, or worked off by another
    /// node without being stopped (handed on, told above), is
    /// <c>clock.not-due</c>, and nothing is to be done. Any other refusal is the aggregate's; the expiry decides nothing and
    /// waits (<see cref="ExpiryFailures"/>).
    /// </summary>
    public Task<Outcome<StepDone>> ExpireAsync(Guid caseId, Guid clockId, CancellationToken cancellation) =>
        CommitAsync(
            "expire",
            null,
            async () =>
            {
                await db.LockCaseAsync(caseId, cancellation);
                var row = await LoadAsync(caseId, cancellation);
                var now = time.GetUtcNow();
                var clock = row?.Clocks.FirstOrDefault(c => c.Id == clockId);
                if (row is not { HeldAt: null } || clock is not { StoppedAt: null } || clock.DueAt > now)
                    return Refusal.Missing(ClockNotDue);
                if (clock.ExpiryOutcome is null && clock.Name != "timer")
                    return Refusal.Missing(ClockNotDue);
                var work = await WorkAsync(row, now, null, cancellation);
                var expired =
                    clock.Name == "timer"
                        ? await FireAsync(work, clock, cancellation)
                        : await work.ExpireAsync(clock, cancellation);
                if (!expired.IsOk)
                    return expired.Refusal;
                work.Write(chain, $"clock.{clock.Name}", clock.ExpiryOutcome, null, clock.Part, null);
                return Done(work);
            },
            cancellation
        );

    /// <summary>
    /// Delivers a signal, once: an ordinary step of the case it is for. What was told to the case before is delivered
    /// first, so that it never hears of a payment before the list that it was on. A refusal is kept on the signal, where
    /// its sender finds it; a case that cannot be stepped keeps it for the next sweep.
    /// </summary>
    public async Task<bool> DeliverAsync(Guid signalId, CancellationToken cancellation)
    {
        var to = await db.Set<SignalRow>()
            .Where(s => s.Id == signalId && s.DeliveredAt == null)
            .Select(s => (Guid?)s.CaseId)
            .FirstOrDefaultAsync(cancellation);
        while (to is { } caseId && await DeliverNextAsync(caseId, cancellation) is { } delivered)
            if (delivered == signalId)
                return true;
        return false;
    }

    private async Task<Guid?> DeliverNextAsync(Guid caseId, CancellationToken cancellation)
    {
        Guid? next = null;
        await CommitAsync(
            "signal",
            null,
            async () =>
            {
                await db.LockCaseAsync(caseId, cancellation);
                var signal = await db.Set<SignalRow>()
                    .Where(s => s.CaseId == caseId && s.DeliveredAt == null)
                    .OrderBy(s => s.At)
                    .ThenBy(s => s.Id)
                    .FirstOrDefaultAsync(cancellation);
                if (signal is null || await LoadAsync(caseId, cancellation) is not { } row)
                    return Refusal.Missing("signal.delivered");
                next = signal.Id;
                var work = await WorkAsync(row, time.GetUtcNow(), null, cancellation, other: signal.SourceId);
                signal.DeliveredAt = work.Moment.Now;
                var heard = await work.HearAsync(signal, cancellation);
                if (heard.IsOk)
                    work.Write(chain, $"signal.{signal.Kind}", null, null, null, null);
                else
                    signal.Refused = heard.Refusal.Code;
                return Done(work);
            },
            cancellation
        );
        return next;
    }

    /// <summary>A refusal found before the step began; a repeated request gets its first answer all the same.</summary>
    public async Task<Outcome<StepDone>> RefuseAsync(Refusal refusal, Asker asker, CancellationToken cancellation) =>
        await requests.RepeatedAsync<StepDone>(asker, cancellation) ?? refusal;

    private static async Task<Outcome<bool>> FireAsync(CaseWork work, ClockRow timer, CancellationToken cancellation)
    {
        timer.StoppedAt = work.Moment.Now;
        timer.NextAt = null;
        await work.RunAsync(new Stimulus.TimerDue(timer.Id), cancellation);
        return true;
    }

    private async Task<Outcome<StepDone>> CommitAsync(
        string entry,
        Asker? asker,
        Func<Task<Outcome<StepDone>>> step,
        CancellationToken cancellation
    )
    {
        List<Guid> sent = [];
        var done = await measures.StepAsync(
            entry,
            () =>
                requests.OnceAsync(
                    asker,
                    async () =>
                    {
                        var done = await step();
                        if (!done.IsOk)
                            return done;
                        // Looked for once, and not again by each of those who ask what has changed.
                        db.ChangeTracker.DetectChanges();
                        db.ChangeTracker.AutoDetectChangesEnabled = false;
                        try
                        {
                            await DropTogetherAsync(cancellation);
                            sent = Signals();
                            await CloseIncidentsOfStoppedClocksAsync(done.Value.At, cancellation);
                        }
                        finally
                        {
                            db.ChangeTracker.AutoDetectChangesEnabled = true;
                        }
                        return done;
                    },
                    done => done.At,
                    cancellation
                )
        );
        if (!done.IsOk)
            return done;
        bell.Ring();
        await DeliverAsync(sent);
        return done;
    }

    /// <summary>The signals that the running transaction is about to write.</summary>
    internal List<Guid> Signals() =>
        [.. db.ChangeTracker.Entries<SignalRow>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.Id)];

    /// <summary>Right after the commit, so that whoever looks next sees the whole of it; what fails here, the sweep delivers.</summary>
    internal async Task DeliverAsync(IReadOnlyCollection<Guid> signals)
    {
        foreach (var signal in signals)
            try
            {
                await DeliverAsync(signal, CancellationToken.None);
            }
            catch (Exception fault)
            {
                log.LogError(fault, "Signal {Signal} was not delivered at once", signal);
            }
    }

    // Whoever need not vote any more: one statement, not one a voter.
    private async Task DropTogetherAsync(CancellationToken cancellation)
    {
        var dropped = db
            .ChangeTracker.Entries<TaskRow>()
            .Where(e => e.State == EntityState.Modified && e.Entity.State == TaskState.Dropped)
            .Where(e =>
                e.Properties.All(p =>
                    !p.IsModified || p.Metadata.Name is nameof(TaskRow.State) or nameof(TaskRow.ClosedAt)
                )
            )
            .ToList();
        if (dropped.Count < 2)
            return;
        var ids = dropped.Select(e => e.Entity.Id).ToList();
        var at = dropped[0].Entity.ClosedAt;
        await db.Set<TaskRow>()
            .Where(t => ids.Contains(t.Id))
            .ExecuteUpdateAsync(
                row => row.SetProperty(t => t.State, TaskState.Dropped).SetProperty(t => t.ClosedAt, at),
                cancellation
            );
        foreach (var entry in dropped)
            entry.State = EntityState.Unchanged;
    }

    // An expiry that could not be worked off is over once its clock has stopped, whatever stopped it.
    private async Task CloseIncidentsOfStoppedClocksAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        var stopped = db
            .ChangeTracker.Entries<ClockRow>()
            .Where(e => e.Entity is { StoppedAt: not null, Failures: > 0 })
            .Select(e => (Guid?)e.Entity.Id)
            .ToList();
        if (stopped.Count > 0)
            await db.Set<IncidentRow>()
                .Where(i => stopped.Contains(i.ClockId) && i.ClosedAt == null)
                .ExecuteUpdateAsync(i => i.SetProperty(x => x.ClosedAt, at), cancellation);
    }

    /// <summary>Neither a deputy nor whoever named him does what the rules keep from one of them.</summary>
    private static async Task<bool> IsEitherSeparatedAsync(
        CaseWork work,
        TaskRow task,
        IEnumerable<Guid> both,
        CancellationToken cancellation
    )
    {
        var step = work.StepOf(task.StepId);
        var separation = await work.Case.SeparationAsync(step, work.Moment.Today, cancellation);
        return both.Any(member => separation(member) is { Code: "task.separation" });
    }

    private async Task<Refusal?> RefusedAsync(TaskRow task, Decision decision, CancellationToken cancellation)
    {
        if (await OverAsync(task, cancellation) is { } over)
            return over;
        if (task.State is TaskState.Waiting or TaskState.Answered)
            return new Refusal(task.State == TaskState.Waiting ? "task.waits" : "task.answered", RefusalKind.Conflict);
        if (decision.Version is { } seen && seen != task.Version)
            return new Refusal("task.stale", RefusalKind.Stale);
        if (!task.OfferedOutcomes.Contains(decision.Outcome))
            return Refusal.At("outcome", "task.outcome-unknown", string.Join(", ", task.OfferedOutcomes));
        if (Remark.Check("comment", decision.Comment) is { } unreadable)
            return unreadable;
        var spec = StepCatalogue.Shipped.Find(task.Name)!;
        return spec.Outcome(decision.Outcome) is { ReasonRequired: true } && string.IsNullOrWhiteSpace(decision.Comment)
            ? Refusal.At("comment", "form.reason-missing")
            : null;
    }

    private static StepDone Done(CaseWork work) =>
        new(work.Row.Id, work.Row.State, work.Row.Number, work.Row.Version, work.Moment.Now);
}

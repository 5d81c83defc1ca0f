using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>A task under its case's lock, as the one who asks stands to it.</summary>
/// <param name="Mine">His by name, or by an office that he holds.</param>
/// <param name="Claimed">Another holder of the office has claimed it.</param>
public sealed record SeenTask(CaseRow Row, bool Mine, bool Claimed)
{
    /// <summary>Whose deputy (代理) he is for it; null where it is his own, or not his at all.</summary>
    public Guid? Principal { get; init; }

    /// <summary>He has decided something of this case for somebody else.</summary>
    public bool Deputised { get; init; }
}

// What an office does with a task beside deciding it.
public sealed partial class CaseSteps
{
    /// <summary>
    /// An act on a task, in the same transaction as a decision: <paramref name="change"/> checks who may and what. It is in
    /// the journal under <paramref name="act"/>, with the reason or note. Refusals: <c>task.unknown</c> (404),
    /// <c>task.held</c> (409), and those of the change.
    /// </summary>
    public async Task<Outcome<StepDone>> OnTaskAsync(
        Guid taskId,
        Asker asker,
        string act,
        string? comment,
        Func<CaseWork, TaskRow, SeenTask, Task<Refusal?>> change,
        CancellationToken cancellation
    ) =>
        await CommitAsync(
            "act",
            asker,
            async () =>
            {
                await db.LockCaseOfTaskAsync(taskId, cancellation);
                var now = time.GetUtcNow();
                if (await LoadOfTaskAsync(taskId, asker.MemberId, now, cancellation) is not { } seen)
                    return Refusal.Missing("task.unknown");
                if (seen.Row.HeldAt is { } since)
                    return new Refusal("task.held", RefusalKind.Conflict) { Arguments = [since] };
                var task = seen.Row.Tasks.First(t => t.Id == taskId);
                var work = await WorkAsync(seen.Row, now, asker.MemberId, cancellation);
                if (await change(work, task, seen) is { } refusal)
                    return refusal;
                work.Write(chain, act, null, null, task.Part, comment);
                return Done(work) with { TaskId = task.Id, StepDecided = false };
            },
            cancellation
        );

    /// <summary>Why nothing can be done with a task any more; null = it is not over.</summary>
    internal async Task<Refusal?> OverAsync(TaskRow task, CancellationToken cancellation) =>
        task.State switch
        {
            TaskState.Decided => new Refusal("task.already-decided", RefusalKind.Conflict)
            {
                Arguments = [await NameAsync(task.DecidedBy, cancellation), task.ClosedAt!.Value],
            },
            TaskState.Dropped => new Refusal("task.closed", RefusalKind.Conflict)
            {
                Arguments = [task.ClosedAt!.Value],
            },
            TaskState.Handed => new Refusal("task.handed", RefusalKind.Conflict) { Arguments = [task.ClosedAt!.Value] },
            _ => null,
        };

    internal async Task<Refusal> ClaimedAsync(TaskRow task, CancellationToken cancellation) =>
        new("task.claimed", RefusalKind.Conflict)
        {
            Arguments = [await NameAsync(task.ClaimedById, cancellation), task.ClaimedAt!.Value],
        };

    private async Task<string> NameAsync(Guid? member, CancellationToken cancellation) =>
        await db.Set<Member>().Where(m => m.Id == member).Select(m => m.Name).FirstOrDefaultAsync(cancellation) ?? "";
}

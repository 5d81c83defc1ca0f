using EduUnion.Domain;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>
/// The frame of what is said about a task without deciding it (催办、抄送、沟通): a command of its case, in its journal. Whoever
/// may know neither of the task nor of its case gets <c>task.unknown</c> (404).
/// </summary>
public sealed class TaskFrame(EduUnionDb db, CaseSteps steps, Access access)
{
    public async Task<Outcome<StepDone>> OnAsync(
        Guid taskId,
        string act,
        Asker asker,
        Func<CaseWork, TaskRow, Viewer, Task<Refusal?>> change,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(asker.MemberId, cancellation);
        var found = await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.Id == taskId)
            .Select(t => new { t.CaseId, t.Part })
            .FirstOrDefaultAsync(cancellation);
        return found is null
            ? await steps.RefuseAsync(Refusal.Missing("task.unknown"), asker, cancellation)
            : await steps.CommandAsync(
                found.CaseId,
                asker,
                act,
                async work =>
                {
                    // What is closed is not among the rows of a command; it is only read.
                    var task =
                        work.Row.Tasks.FirstOrDefault(t => t.Id == taskId)
                        ?? await db.Set<TaskRow>().AsNoTracking().FirstAsync(t => t.Id == taskId, cancellation);
                    if (!await KnowsAsync(task, viewer, cancellation))
                        return Refusal.Missing("task.unknown");
                    return await change(work, task, viewer);
                },
                cancellation,
                found.Part
            );
    }

    /// <inheritdoc cref="HoldsAsync(TaskRow, Viewer, CancellationToken)"/>
    public async Task<bool> HoldsAsync(Guid taskId, Viewer viewer, CancellationToken cancellation) =>
        await db.Set<TaskRow>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == taskId, cancellation) is { } task
        && await HoldsAsync(task, viewer, cancellation);

    /// <summary>The task is or was his to decide, or waits for him: he may speak about it.</summary>
    public async Task<bool> HoldsAsync(TaskRow task, Viewer viewer, CancellationToken cancellation) =>
        task.DecidedBy == viewer.MemberId
        || task.DecidedForId == viewer.MemberId
        || (
            task.State == TaskState.Open && await access.Decidable(viewer).AnyAsync(t => t.Id == task.Id, cancellation)
        );

    /// <summary>He holds it, or may see its case.</summary>
    public async Task<bool> KnowsAsync(TaskRow task, Viewer viewer, CancellationToken cancellation) =>
        await HoldsAsync(task, viewer, cancellation) || await access.SeesAsync(task.CaseId, viewer, cancellation);
}

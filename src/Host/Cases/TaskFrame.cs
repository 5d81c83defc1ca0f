using EduUnion.Domain;
using EduUnion.Host.Deputies;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>
/// The frame of what is said about a task without deciding it (催办、抄送、沟通): a command of its case, in its journal. Whoever
/// may know neither of the task nor of its case gets <c>task.unknown</c> (404).
/// </summary>
public sealed class TaskFrame(
    EduUnionDb db,
    CaseSteps steps,
    Access access,
    OfficeBook offices,
    OrganisationBook organisations
)
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

    /// <summary>Why a task is not open: <c>task.closed</c>, <c>task.waits</c> or <c>task.answered</c> (409).</summary>
    public static Refusal? NotOpen(TaskRow task) =>
        task.State == TaskState.Open ? null
        : task.ClosedAt is { } at ? new Refusal("task.closed", RefusalKind.Conflict) { Arguments = [at] }
        : new Refusal(task.State == TaskState.Waiting ? "task.waits" : "task.answered", RefusalKind.Conflict);

    /// <summary>
    /// He holds it, sees its case today, and what he would tell of is no draft and nobody's own signature.
    /// </summary>
    public async Task<bool> MayTellAsync(CaseWork work, TaskRow task, Viewer viewer, CancellationToken cancellation) =>
        !Deputy.Personal.Contains(task.Name)
        && (work.Row.Receipt is not null || work.Row.Number is not null || work.Case.IsConfidential)
        && await HoldsAsync(task, viewer, cancellation)
        && await access.SeesAsync(work.Row.Id, viewer, cancellation);

    /// <summary>Of the case's school, its departments or its district.</summary>
    public Task<bool> BelongsAsync(CaseWork work, Guid member, CancellationToken cancellation)
    {
        var school = work.Row.SchoolId;
        Guid[] places = [.. organisations.Path(school), .. organisations.Departments(school).Select(d => d.Id)];
        return offices.BelongsAsync(member, places, work.Moment.Today, cancellation);
    }

    /// <summary>He holds it, or may see its case.</summary>
    public async Task<bool> KnowsAsync(TaskRow task, Viewer viewer, CancellationToken cancellation) =>
        await HoldsAsync(task, viewer, cancellation) || await access.SeesAsync(task.CaseId, viewer, cancellation);
}

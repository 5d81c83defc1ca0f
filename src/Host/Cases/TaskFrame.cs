using EduUnion.Domain;
using EduUnion.Host.Deputies;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>How somebody stands to a task about which he would speak.</summary>
/// <param name="Holds">The task is or was his to decide, or waits for him: he may speak about it.</param>
/// <param name="Sees">He may see its case today.</param>
public sealed record TaskStanding(Viewer Viewer, bool Holds, bool Sees)
{
    public bool Knows => Holds || Sees;

    /// <summary>Whether he may tell others of it (抄送、沟通).</summary>
    public bool MayTell(TaskRow task, CaseRow row) => Holds && Sees && IsToBeTold(task, row);

    /// <summary>It is of no draft, and nobody's own signature.</summary>
    public static bool IsToBeTold(TaskRow task, CaseRow row) =>
        !Deputy.Personal.Contains(task.Name)
        && (row.Receipt is not null || row.Number is not null || row.Kind != MotionCase.KindName);
}

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
        Func<CaseWork, TaskRow, TaskStanding, Task<Refusal?>> change,
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
                    var standing = await StandsAsync(task, viewer, cancellation);
                    return standing.Knows ? await change(work, task, standing) : Refusal.Missing("task.unknown");
                },
                cancellation,
                found.Part
            );
    }

    /// <inheritdoc cref="TaskStanding.Holds"/>
    public async Task<bool> HoldsAsync(Guid taskId, Viewer viewer, CancellationToken cancellation) =>
        await db.Set<TaskRow>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == taskId, cancellation) is { } task
        && await HoldsAsync(task, viewer, cancellation);

    public async Task<TaskStanding> StandsAsync(TaskRow task, Viewer viewer, CancellationToken cancellation) =>
        new(
            viewer,
            await HoldsAsync(task, viewer, cancellation),
            await access.SeesAsync(task.CaseId, viewer, cancellation)
        );

    private async Task<bool> HoldsAsync(TaskRow task, Viewer viewer, CancellationToken cancellation) =>
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

    /// <summary>Each of the case's school, its departments or its district.</summary>
    public Task<bool> BelongAsync(CaseWork work, IReadOnlyCollection<Guid> members, CancellationToken cancellation) =>
        offices.BelongAsync(members, organisations.Around(work.Row.SchoolId), work.Moment.Today, cancellation);
}

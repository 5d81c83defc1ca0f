using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Deputies;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

// Lock, then look: the first two of the six steps.
public sealed partial class CaseSteps
{
    // A merge looks at two cases, which are locked in the order of their ids.
    private async Task<Guid?> LockForAsync(Decision decision, CancellationToken cancellation)
    {
        var pair =
            decision.Outcome == "merge"
                ? await db.Set<TaskRow>()
                    .Where(t => t.Id == decision.TaskId)
                    .Select(t => new { t.CaseId, t.Case.MainId })
                    .FirstOrDefaultAsync(cancellation)
                : null;
        if (pair is null)
            await db.LockCaseOfTaskAsync(decision.TaskId, cancellation);
        else
            await LockAsync(pair.CaseId, pair.MainId, cancellation);
        return pair?.MainId;
    }

    private async Task LockAsync(Guid caseId, Guid? other, CancellationToken cancellation)
    {
        foreach (var id in new[] { caseId, other ?? caseId }.Distinct().Order())
            await db.LockCaseAsync(id, cancellation);
    }

    private Task<Guid?> MainOfAsync(Guid caseId, CancellationToken cancellation) =>
        db.Set<CaseRow>().Where(c => c.Id == caseId).Select(c => c.MainId).FirstOrDefaultAsync(cancellation);

    /// <summary>
    /// One joined read: the case, what is open, the copies of the task's step, for its policy, and whether the task is this
    /// member's, by name or by an office in force. Only where it is not, is it asked whose deputy (代理) he is for it; only
    /// where another has claimed it, whether that one still holds the office.
    /// </summary>
    private async Task<SeenTask?> LoadOfTaskAsync(
        Guid taskId,
        Guid memberId,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var today = ChinaTime.DateOf(now);
        if (await OfTask.FirstAsync(db, taskId, memberId, today, cancellation) is not { } read)
            return null;
        var task = read.Row.Tasks.First(t => t.Id == taskId);
        return new SeenTask(read.Row, read.Mine, await IsClaimedAsync(task, memberId, today, cancellation))
        {
            Principal = read.Mine ? null : await PrincipalOfAsync(read.Row, task, memberId, today, cancellation),
            Deputised = read.Deputised,
        };
    }

    private static readonly PreparedRead<TaskRead> OfTask = new(nameof(OfTask), ComposeOfTask);

    private static IQueryable<TaskRead> ComposeOfTask(EduUnionDb db, Guid taskId, Guid memberId, DateOnly today)
    {
        var held = new OfficeBook(db).InForce(today).Where(h => h.MemberId == memberId);
        var step = db.Set<TaskRow>().Where(own => own.Id == taskId).Select(own => own.StepId);
        return db.Set<CaseRow>()
            .AsSingleQuery()
            .Include(c =>
                c.Tasks.Where(t =>
                    t.State == TaskState.Open
                    || t.State == TaskState.Waiting
                    || t.State == TaskState.Answered
                    || step.Contains(t.StepId)
                )
            )
            .Include(c => c.Clocks.Where(k => k.StoppedAt == null))
            .Include(c => c.Returns.Where(r => r.DoneAt == null))
            .Where(c => c.Tasks.Any(t => t.Id == taskId))
            .Select(c => new TaskRead
            {
                Row = c,
                Mine = c.Tasks.Any(t =>
                    t.Id == taskId
                    && (
                        t.MemberId == memberId
                        || (
                            t.MemberId == null
                            && held.Any(h => h.Office == t.Office && h.OrganisationId == t.OrganisationId)
                        )
                    )
                ),
                Deputised = c.Tasks.Any(t => t.DecidedBy == memberId && t.DecidedForId != null),
            });
    }

    private async Task<bool> IsClaimedAsync(
        TaskRow task,
        Guid memberId,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        task.IsOfOffice
        && task.ClaimedById is { } claimer
        && claimer != memberId
        && await new OfficeBook(db).HoldsAsync(
            claimer,
            task.Office!.Value,
            task.OrganisationId!.Value,
            today,
            cancellation
        );

    /// <summary>Whose deputy the member is for the task; of two who hold its office, rather the one who did not start the case.</summary>
    private async Task<Guid?> PrincipalOfAsync(
        CaseRow row,
        TaskRow task,
        Guid memberId,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        if (Deputy.Personal.Contains(task.Name))
            return null;
        var holdings = new OfficeBook(db).InForce(today);
        return await DeputyBook
            .InForce(db, today)
            .Where(d => d.DeputyId == memberId)
            .Where(d => d.Confidential || row.Kind == MotionCase.KindName)
            .Where(d => d.Kinds == "" || ("," + d.Kinds + ",").Contains("," + row.Kind + ","))
            .Where(d =>
                task.MemberId == d.PrincipalId
                || (
                    task.MemberId == null
                    && holdings.Any(h =>
                        h.MemberId == d.PrincipalId
                        && h.Office == task.Office
                        && h.OrganisationId == task.OrganisationId
                    )
                )
            )
            .OrderBy(d => d.PrincipalId == row.StarterId)
            .ThenBy(d => d.PrincipalId)
            .Select(d => (Guid?)d.PrincipalId)
            .FirstOrDefaultAsync(cancellation);
    }

    private sealed class TaskRead
    {
        public required CaseRow Row { get; init; }
        public required bool Mine { get; init; }
        public required bool Deputised { get; init; }
    }

    private Task<CaseRow?> LoadAsync(Guid caseId, CancellationToken cancellation) =>
        db.Set<CaseRow>()
            .AsSingleQuery()
            .Include(c =>
                c.Tasks.Where(t =>
                    t.State == TaskState.Open || t.State == TaskState.Waiting || t.State == TaskState.Answered
                )
            )
            .Include(c => c.Clocks.Where(k => k.StoppedAt == null))
            .Include(c => c.Returns.Where(r => r.DoneAt == null))
            .FirstOrDefaultAsync(c => c.Id == caseId, cancellation);

    private async Task<CaseWork> WorkAsync(
        CaseRow row,
        DateTimeOffset now,
        Guid? actor,
        CancellationToken cancellation,
        ICase? @case = null,
        Guid? other = null
    )
    {
        var moment = new CaseMoment(
            now,
            await rules.ForAsync(row.SchoolId, row.RulesAt, cancellation),
            await calendars.ForAsync(row.SchoolId, cancellation),
            actor
        )
        {
            Other = other is { } id
                ? await db.Set<CaseRow>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellation)
                : null,
        };
        // A new case starts by what is in force now; another runs by its own version, which another node may have published.
        var known = @case is null ? library.Known : await library.CurrentAsync(db, cancellation);
        var work = Work(known);
        return work.IsKnown ? work : Work(await library.CurrentAsync(db, cancellation));

        CaseWork Work(DefinitionSet set) =>
            new(db, row, @case ?? kinds.Read(row), moment, set, StepCatalogue.Shipped, vault);
    }
}

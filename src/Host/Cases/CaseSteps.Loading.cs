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
    /// One joined read: the case, what is open, the copies of the task's step, for its policy, whether the task is this
    /// member's, by name or by an office in force, or whose deputy (代理) he is for it, and whether another who holds that
    /// office has claimed it.
    /// </summary>
    private async Task<SeenTask?> LoadOfTaskAsync(
        Guid taskId,
        Guid memberId,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var read = await OfTask.FirstAsync(db, taskId, memberId, ChinaTime.DateOf(now), cancellation);
        return read is null
            ? null
            : new SeenTask(read.Row, read.Mine, read.Claimed)
            {
                Principal = read.Mine ? null : read.Principal,
                Deputised = read.Deputised,
            };
    }

    private static readonly PreparedRead<TaskRead> OfTask = new(nameof(OfTask), ComposeOfTask);

    private static IQueryable<TaskRead> ComposeOfTask(EduUnionDb db, Guid taskId, Guid memberId, DateOnly today)
    {
        var holdings = new OfficeBook(db).InForce(today);
        var held = holdings.Where(h => h.MemberId == memberId);
        var named = DeputyBook.InForce(db, today).Where(d => d.DeputyId == memberId);
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
                Principal = named
                    .Where(d => d.Confidential || c.Kind == MotionCase.KindName)
                    .Where(d => d.Kinds == "" || ("," + d.Kinds + ",").Contains("," + c.Kind + ","))
                    .Where(d =>
                        c.Tasks.Any(t =>
                            t.Id == taskId
                            && !Deputy.Personal.Contains(t.Name)
                            && (
                                t.MemberId == d.PrincipalId
                                || (
                                    t.MemberId == null
                                    && holdings.Any(h =>
                                        h.MemberId == d.PrincipalId
                                        && h.Office == t.Office
                                        && h.OrganisationId == t.OrganisationId
                                    )
                                )
                            )
                        )
                    )
                    // Of two who hold the office, rather the one who did not propose the motion.
                    .OrderBy(d => d.PrincipalId == c.StarterId)
                    .ThenBy(d => d.PrincipalId)
                    .Select(d => (Guid?)d.PrincipalId)
                    .FirstOrDefault(),
                Deputised = c.Tasks.Any(t => t.DecidedBy == memberId && t.DecidedForId != null),
                Claimed = c.Tasks.Any(t =>
                    t.Id == taskId
                    && t.MemberId == null
                    && t.ClaimedById != memberId
                    && holdings.Any(h =>
                        h.MemberId == t.ClaimedById && h.Office == t.Office && h.OrganisationId == t.OrganisationId
                    )
                ),
            });
    }

    private sealed class TaskRead
    {
        public required CaseRow Row { get; init; }
        public required bool Mine { get; init; }
        public required Guid? Principal { get; init; }
        public required bool Deputised { get; init; }
        public required bool Claimed { get; init; }
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

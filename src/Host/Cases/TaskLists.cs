using System.Globalization;
using System.Text;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

public enum TaskScope
{
    /// <summary>Everything that waits for the viewer.</summary>
    Mine,

    /// <summary>Of these, what any holder of an office may take.</summary>
    Available,

    /// <summary>What the viewer decided, the latest first.</summary>
    Done,

    /// <summary>What waits for the viewer and is overdue or due within one working day.</summary>
    Attention,

    /// <summary>What waits for others in the cases that the viewer drives.</summary>
    Others,
}

/// <summary>One line of a work list.</summary>
public sealed record TaskItem(
    Guid Id,
    string Name,
    string Title,
    string CaseKind,
    Guid CaseId,
    string? CaseNumber,
    string State,
    DateTimeOffset? DueAt,
    DateOnly? DueDate,
    int? WorkdaysLeft,
    IReadOnlyList<string> Outcomes,
    int Version,
    Guid? Part,
    string? Who,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    string? Outcome,
    Office? Office = null,
    bool Provisional = false
)
{
    /// <summary>For whom the viewer does it, or did it (代理); null = for himself.</summary>
    public string? ActingFor { get; init; }
}

/// <summary>What narrows a work list; all are plain GET parameters.</summary>
public sealed record TaskFilter(
    string? Text = null,
    string? Step = null,
    Guid? Department = null,
    DateOnly? DueUntil = null,
    bool Overdue = false
);

/// <summary>A page of a list: the lines and the key from which the next page goes on.</summary>
public sealed record Slice<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The four counts of the desk; each is the length of the list it links to, counted up to a bound.</summary>
public sealed record DeskCounts(int Overdue, int ThisWeek, int Mine, int Others);

/// <summary>Work lists (GET /api/tasks and the desk), ordered by least time left, paged by key.</summary>
public sealed class TaskLists(
    EduUnionDb db,
    Access access,
    CalendarBook calendars,
    OrganisationBook organisations,
    TimeProvider time
)
{
    /// <summary>Nobody's work list is longer; beyond it a count says "so many and more".</summary>
    public const int Bound = 500;

    public async Task<Slice<TaskItem>> ListAsync(
        Viewer viewer,
        TaskScope scope,
        TaskFilter filter,
        int limit,
        string? after,
        CancellationToken cancellation
    )
    {
        var tasks = Narrow(await ScopeAsync(viewer, scope, cancellation), filter);
        var key = ListKey.Read(after);
        var lines =
            from task in tasks
            join clock in db.Set<ClockRow>() on task.ClockId equals (Guid?)clock.Id into clocks
            from clock in clocks.DefaultIfEmpty()
            select new
            {
                Task = task,
                Clock = clock,
                Due = clock == null ? null : clock.DueAt,
            };
        if (scope == TaskScope.Done)
        {
            if (key is { } since)
                lines = lines.Where(l =>
                    l.Task.ClosedAt < since.At || (l.Task.ClosedAt == since.At && l.Task.Id < since.Id)
                );
            lines = lines.OrderByDescending(l => l.Task.ClosedAt).ThenByDescending(l => l.Task.Id);
        }
        else
        {
            // Without a date comes last: whoever has no deadline can wait.
            if (key is { At: { } at } from)
                lines = lines.Where(l => l.Due == null || l.Due > at || (l.Due == at && l.Task.Id > from.Id));
            else if (key is { } undated)
                lines = lines.Where(l => l.Due == null && l.Task.Id > undated.Id);
            lines = lines.OrderBy(l => l.Due == null).ThenBy(l => l.Due).ThenBy(l => l.Task.Id);
        }
        var read = await lines
            .Take(limit + 1)
            .Select(l => new
            {
                l.Task,
                l.Clock,
                l.Task.Case.Title,
                l.Task.Case.Kind,
                l.Task.Case.Number,
                l.Task.Case.Receipt,
                CaseState = l.Task.Case.State,
                l.Task.Case.SchoolId,
            })
            .AsNoTracking()
            .ToListAsync(cancellation);
        var members = await MembersAsync([.. read.Select(l => l.Task)], cancellation);
        var items = new List<TaskItem>();
        foreach (var line in read.Take(limit))
            items.Add(
                new TaskItem(
                    line.Task.Id,
                    line.Task.Name,
                    line.Title,
                    line.Kind,
                    line.Task.CaseId,
                    line.Number ?? line.Receipt,
                    line.CaseState,
                    line.Clock?.DueAt,
                    line.Clock?.DueOn,
                    line.Clock is { DueOn: not null } clock
                        ? Clock.WorkdaysLeft(
                            clock.InputsOf(),
                            await calendars.ForAsync(clock.OrganisationId, cancellation),
                            viewer.Today
                        )
                        : null,
                    line.Task.OfferedOutcomes,
                    line.Task.Version,
                    line.Task.Part,
                    NameOf(line.Task, members),
                    line.Task.OpenedAt,
                    line.Task.ClosedAt,
                    line.Task.Outcome,
                    line.Task.IsOfOffice ? line.Task.Office : null,
                    line.Clock?.Provisional == true
                )
                {
                    ActingFor =
                        line.Task.DecidedForId is { } principal ? members.GetValueOrDefault(principal)
                        : scope is TaskScope.Done or TaskScope.Others ? null
                        : Access.PrincipalOf(line.Task, viewer)?.Name,
                }
            );
        var last = read.Count > limit ? read[limit - 1] : null;
        var next = last is null
            ? null
            : new ListKey(scope == TaskScope.Done ? last.Task.ClosedAt : last.Clock?.DueAt, last.Task.Id).ToString();
        return new Slice<TaskItem>(items, next);
    }

    public async Task<DeskCounts> CountAsync(Viewer viewer, CancellationToken cancellation)
    {
        var mine = await ScopeAsync(viewer, TaskScope.Mine, cancellation);
        return new DeskCounts(
            await CountAsync(Narrow(mine, new TaskFilter(Overdue: true))),
            await CountAsync(Narrow(mine, new TaskFilter(DueUntil: EndOfWeek(viewer.Today)))),
            await CountAsync(mine),
            await CountAsync(await ScopeAsync(viewer, TaskScope.Others, cancellation))
        );
        // In the order of nothing: whichever are counted first, and sorting all of them would cost what the bound saves.
        Task<int> CountAsync(IQueryable<TaskRow> tasks) => tasks.OrderBy(_ => 1).Take(Bound).CountAsync(cancellation);
    }

    /// <summary>The Sunday of this week, as offices count weeks.</summary>
    public static DateOnly EndOfWeek(DateOnly today) => today.AddDays((7 - (int)today.DayOfWeek) % 7);

    /// <summary>What somebody typed to search with: PostgreSQL takes no NUL, and nobody searches for a page of text.</summary>
    public static string? Plain(string? typed) =>
        typed is null ? null : new string([.. typed.Where(c => !char.IsControl(c)).Take(100)]);

    private IQueryable<TaskRow> Narrow(IQueryable<TaskRow> tasks, TaskFilter filter)
    {
        filter = filter with { Text = Plain(filter.Text), Step = Plain(filter.Step) };
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var text = filter.Text.Trim().ToLowerInvariant();
            tasks = tasks.Where(t =>
                t.Case.Title.ToLower().Contains(text)
                || (t.Case.Number != null && t.Case.Number.Contains(text))
                || (t.Case.Receipt != null && t.Case.Receipt.ToLower().Contains(text))
            );
        }
        if (filter.Step is { Length: > 0 } step)
            tasks = tasks.Where(t => t.Name == step);
        if (filter.Department is { } department)
            tasks = tasks.Where(t => t.Case.Parties.Any(p => p.PartyId == department && p.Role == PartyRole.Host));
        var now = time.GetUtcNow();
        if (filter.Overdue)
            tasks = tasks.Where(t => db.Set<ClockRow>().Any(c => c.Id == t.ClockId && c.DueAt <= now));
        if (filter.DueUntil is { } until)
        {
            tasks = tasks.Where(t =>
                db.Set<ClockRow>().Any(c => c.Id == t.ClockId && c.DueOn <= until && c.DueAt > now)
            );
        }
        return tasks;
    }

    private async Task<IQueryable<TaskRow>> ScopeAsync(Viewer viewer, TaskScope scope, CancellationToken cancellation)
    {
        var mine = access.Decidable(viewer);
        switch (scope)
        {
            case TaskScope.Available:
                return mine.Where(t => t.MemberId == null && t.ClaimedById != viewer.MemberId);
            case TaskScope.Done:
                return db.Set<TaskRow>()
                    .Where(t => t.State == TaskState.Decided)
                    .Where(t => t.DecidedBy == viewer.MemberId || t.DecidedForId == viewer.MemberId);
            case TaskScope.Attention:
                var calendar = await calendars.ForAsync(
                    viewer.Offices.Select(o => o.Organisation).Concat(viewer.Represents).FirstOrDefault(),
                    cancellation
                );
                var soon = calendar.AddWorkdays(viewer.Today, 1);
                return mine.Where(t => db.Set<ClockRow>().Any(c => c.Id == t.ClockId && c.DueOn <= soon));
            case TaskScope.Others:
                var secretaryOf = viewer.At(Office.MotionSecretary);
                var departments = viewer.At(Office.DepartmentClerk, Office.DepartmentHead);
                return db.Set<TaskRow>()
                    .Where(t => t.State == TaskState.Open && !mine.Any(own => own.Id == t.Id))
                    .Where(t =>
                        (t.Case.StarterId == viewer.MemberId && t.Case.Kind == MotionCase.KindName)
                        || (t.Case.Receipt != null && secretaryOf.Contains(t.Case.SchoolId))
                        || t.Case.Parties.Any(p => p.Role == PartyRole.Host && departments.Contains(p.PartyId))
                    );
            default:
                return mine;
        }
    }

    private async Task<Dictionary<Guid, string>> MembersAsync(
        IReadOnlyCollection<TaskRow> tasks,
        CancellationToken cancellation
    )
    {
        var ids = tasks.SelectMany(t => new[] { t.MemberId, t.DecidedForId }).OfType<Guid>().Distinct().ToList();
        return await db.Set<Member>()
            .Where(m => ids.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
    }

    /// <summary>Who is asked: the member's name, or the office's organisation.</summary>
    private string? NameOf(TaskRow task, Dictionary<Guid, string> members) =>
        task.MemberId is { } member ? members.GetValueOrDefault(member)
        : task.OrganisationId is { } at ? organisations.Find(at)?.Name
        : null;
}

using System.Globalization;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Motions;

/// <summary>Which of a department's cases are shown.</summary>
public enum DepartmentShow
{
    /// <summary>Its answer is not delivered yet; for a co-handler the host's.</summary>
    Open,

    /// <summary>The answer, or a promise of it, is late.</summary>
    Overdue,

    /// <summary>Delivered, whatever became of it since.</summary>
    Answered,

    /// <summary>Promises of the answer are being followed (落实跟踪).</summary>
    Following,
}

/// <param name="Departments">The departments that are asked about, all the viewer's own.</param>
public sealed record DepartmentFilter(
    IReadOnlyList<Guid> Departments,
    DepartmentShow Show = DepartmentShow.Open,
    string? Text = null
);

/// <summary>A case in the hands of a department: what it does there, until when, and whom it waits for.</summary>
/// <param name="Department">The viewer's department; of several the one that hosts.</param>
/// <param name="Class">Of the delivered answer.</param>
public sealed record DepartmentCase(
    Guid Id,
    string? Number,
    string Title,
    MotionState State,
    Guid Department,
    bool Hosts,
    AnswerClass? Class,
    ClockView? Due,
    IReadOnlyList<OpenTask> Open
);

/// <summary>
/// What a department hosts or co-handles, the nearest answer first and what has no deadline any more after it, the newest
/// first; paged by key. A department's answer is open while the clock of its part runs.
/// </summary>
public sealed class DepartmentCases(
    EduUnionDb db,
    Access access,
    CalendarBook calendars,
    OrganisationBook organisations,
    MemberBook members,
    TimeProvider time
)
{
    /// <summary>A count goes no further.</summary>
    public const int Bound = TaskLists.Bound;

    public async Task<Slice<DepartmentCase>> ListAsync(
        Viewer viewer,
        DepartmentFilter filter,
        int limit,
        string? after,
        CancellationToken cancellation
    )
    {
        var running = AnswersOf(filter).Where(k => k.StoppedAt == null);
        var lines = Narrow(viewer, filter)
            .Select(c => new { c.Id, Due = running.Where(k => k.CaseId == c.Id).Min(k => k.DueOn) });
        if (Key(after) is var (on, last))
            lines = on is { } day
                ? lines.Where(l => l.Due == null || l.Due > day || (l.Due == day && l.Id < last))
                : lines.Where(l => l.Due == null && l.Id < last);
        var page = await lines
            .OrderBy(l => l.Due == null)
            .ThenBy(l => l.Due)
            .ThenByDescending(l => l.Id)
            .Take(limit + 1)
            .ToListAsync(cancellation);
        var next = page.Count > limit ? page[limit - 1] : null;
        var items = await ReadAsync(viewer, filter, [.. page.Take(limit).Select(l => l.Id)], cancellation);
        return new Slice<DepartmentCase>(
            items,
            next is null ? null : $"{next.Due?.DayNumber.ToString(CultureInfo.InvariantCulture)}.{next.Id:N}"
        );
    }

    /// <summary>How long the list of each kind is, without search.</summary>
    public async Task<IReadOnlyDictionary<DepartmentShow, int>> CountAsync(
        Viewer viewer,
        IReadOnlyList<Guid> departments,
        CancellationToken cancellation
    )
    {
        var counts = new Dictionary<DepartmentShow, int>();
        foreach (var show in Enum.GetValues<DepartmentShow>())
            counts[show] = await Narrow(viewer, new DepartmentFilter(departments, show))
                .OrderBy(_ => 1)
                .Take(Bound)
                .CountAsync(cancellation);
        return counts;
    }

    /// <summary>
    /// The clocks of the answers these departments work for: of the parts they host; a co-handler has no clock of its own
    /// and works for the host's.
    /// </summary>
    private IQueryable<ClockRow> AnswersOf(DepartmentFilter filter)
    {
        var departments = Asked(filter);
        return db.Set<ClockRow>()
            .Where(k => k.Span == ClockSpan.Handling)
            .Where(k =>
                departments.Contains(k.DepartmentId)
                || !k.Case.Parties.Any(p => p.Role == PartyRole.Host && departments.Contains(p.PartyId))
            );
    }

    private IQueryable<CaseRow> Narrow(Viewer viewer, DepartmentFilter filter)
    {
        var departments = Asked(filter);
        var cases = access
            .Visible(viewer)
            .Where(c => c.Kind == MotionCase.KindName)
            .Where(c =>
                c.Parties.Any(p =>
                    (p.Role == PartyRole.Host || p.Role == PartyRole.Cohandler) && departments.Contains(p.PartyId)
                )
            );
        var now = time.GetUtcNow();
        var tracking = nameof(MotionState.Tracking);
        var answers = AnswersOf(filter);
        cases = filter.Show switch
        {
            DepartmentShow.Open => cases.Where(c => answers.Any(k => k.CaseId == c.Id && k.StoppedAt == null)),
            DepartmentShow.Overdue => cases.Where(c =>
                answers.Any(k => k.CaseId == c.Id && k.StoppedAt == null && k.DueAt <= now)
                || c.Clocks.Any(k => departments.Contains(k.DepartmentId) && k.StoppedAt == null && k.DueAt <= now)
            ),
            DepartmentShow.Answered => cases.Where(c =>
                answers.Any(k => k.CaseId == c.Id) && !answers.Any(k => k.CaseId == c.Id && k.StoppedAt == null)
            ),
            _ => cases.Where(c =>
                c.State == tracking || c.Tasks.Any(t => t.State == TaskState.Open && t.Name.StartsWith("commitment."))
            ),
        };
        if (TaskLists.Plain(filter.Text)?.Trim().ToLowerInvariant() is { Length: > 0 } text)
            cases = cases.Where(c =>
                c.Title.ToLower().Contains(text)
                || (c.Number != null && c.Number.Contains(text))
                || (c.Receipt != null && c.Receipt.ToLower().Contains(text))
            );
        return cases;
    }

    private async Task<IReadOnlyList<DepartmentCase>> ReadAsync(
        Viewer viewer,
        DepartmentFilter filter,
        List<Guid> ids,
        CancellationToken cancellation
    )
    {
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .AsSplitQuery()
            .Include(c => c.Tasks.Where(t => t.State == TaskState.Open))
            .Include(c => c.Clocks.Where(k => k.StoppedAt == null))
            .Where(c => ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancellation);
        var named = rows.Values.SelectMany(c => c.Tasks).Select(t => t.MemberId).OfType<Guid>().Distinct();
        var names = await members.NamesAsync([.. named], cancellation);
        var mine = Access.AddressedTo(viewer).Compile();
        var items = new List<DepartmentCase>();
        foreach (var row in ids.Select(id => rows[id]))
        {
            var calendar = await calendars.ForAsync(row.SchoolId, cancellation);
            var clocks = row.Clocks.Where(c => c.Name != "timer").ToDictionary(c => c.Id);
            items.Add(Of(row));

            DepartmentCase Of(CaseRow found)
            {
                var motion = MotionCases.MotionOf(found);
                var parts = PartsOf(motion, filter.Departments);
                var hosted = parts.FirstOrDefault(p => filter.Departments.Contains(p.HostId));
                var answer = clocks
                    .Values.Where(c => c.Span == ClockSpan.Handling && parts.Any(p => p.Id == c.Part))
                    .Where(c => hosted is null || filter.Departments.Contains(c.DepartmentId ?? Guid.Empty))
                    .OrderBy(c => c.DueOn is null)
                    .ThenBy(c => c.DueOn)
                    .FirstOrDefault();
                return new DepartmentCase(
                    found.Id,
                    found.Number ?? found.Receipt,
                    found.Title,
                    motion.State,
                    hosted?.HostId ?? parts.SelectMany(p => p.CohandlerIds).First(filter.Departments.Contains),
                    hosted is not null,
                    parts[0] is { State: HandlingState.Delivered, Answer: { } given } ? given.Class : null,
                    answer is null ? null : MotionViews.View(answer, calendar, viewer.Today),
                    [
                        .. found
                            .Tasks.Where(t => t.Part is null || parts.Any(p => p.Id == t.Part))
                            .OrderBy(t => t.OpenedAt)
                            .ThenBy(t => t.Id)
                            .Select(t => Open(t, parts)),
                    ]
                );
            }

            OpenTask Open(TaskRow task, IReadOnlyList<Handling> parts) =>
                new(
                    task.Name,
                    task.Office,
                    task.MemberId is { } member ? names.GetValueOrDefault(member)
                        : task.OrganisationId is { } at ? organisations.Find(at)?.Name
                        : null,
                    task.OpenedAt
                )
                {
                    Mine = mine(task) && !(row.StarterId == viewer.MemberId && task.MemberId is null),
                    Late = task.ClockId is { } id && clocks.GetValueOrDefault(id)?.DueAt <= time.GetUtcNow(),
                    Round = parts.FirstOrDefault(p => p.Id == task.Part)?.Round ?? 1,
                };
        }
        return items;
    }

    /// <summary>The parts these departments work on, those they host first; of the present round where there are any.</summary>
    private static IReadOnlyList<Handling> PartsOf(Motion motion, IReadOnlyList<Guid> departments)
    {
        var all = motion
            .Parts.Where(p => departments.Contains(p.HostId) || p.CohandlerIds.Any(departments.Contains))
            .OrderByDescending(p => departments.Contains(p.HostId))
            .ToList();
        var now = all.Where(p => p.Round == motion.Round).ToList();
        return now.Count > 0 ? now : all;
    }

    private static List<Guid?> Asked(DepartmentFilter filter) => [.. filter.Departments.Select(d => (Guid?)d)];

    /// <summary>Where a page ended; null when there is none or somebody made it up.</summary>
    private static (DateOnly? On, Guid Last)? Key(string? after) =>
        after?.Split('.') is not [var day, var id] || !Guid.TryParseExact(id, "N", out var last) ? null
        : day.Length == 0 ? (null, last)
        : int.TryParse(day, CultureInfo.InvariantCulture, out var number)
        && number >= 0
        && number <= DateOnly.MaxValue.DayNumber
            ? (DateOnly.FromDayNumber(number), last)
        : null;
}

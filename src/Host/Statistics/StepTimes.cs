using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Statistics;

/// <summary>How long a step took, in working days of the school; the day on which it opened does not count.</summary>
/// <param name="Count">Executions of the step that somebody decided.</param>
public sealed record StepTime(string Step, int Count, decimal Average, int Longest);

/// <summary>
/// How long steps take. Days on which the case was held or the step's deadline paused are left out; days for which signers
/// or advisers had been added count for these and not for whoever waited for them.
/// </summary>
public sealed class StepTimes(EduUnionDb db, CalendarBook calendars)
{
    /// <summary>Steps whose names begin so are of people whom an office has added to a step.</summary>
    private const string Added = "office.";

    private const int Most = 20_000;

    /// <summary>By step name, of the cases given, the latest executions first when there are very many.</summary>
    public async Task<IReadOnlyDictionary<string, StepTime>> OfAsync(
        IQueryable<CaseRow> cases,
        CancellationToken cancellation
    )
    {
        var tasks = await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.ClosedAt != null && cases.Any(c => c.Id == t.CaseId))
            .OrderByDescending(t => t.ClosedAt)
            .Select(t => new Row(
                t.CaseId,
                t.Case.SchoolId,
                t.StepId,
                t.Name,
                t.Part,
                t.State,
                t.OpenedAt,
                t.ClosedAt!.Value
            ))
            .Take(Most)
            .ToListAsync(cancellation);
        var open = (
            await db.Set<TaskRow>()
                .Where(t => t.ClosedAt == null && cases.Any(c => c.Id == t.CaseId))
                .Select(t => t.StepId)
                .ToListAsync(cancellation)
        ).ToHashSet();
        var pauses = (
            await db.Set<ClockRow>()
                .AsNoTracking()
                .Where(c => EF.Functions.Like(c.Inputs, "%\"from\"%") && cases.Any(r => r.Id == c.CaseId))
                .Select(c => new
                {
                    c.CaseId,
                    c.StepId,
                    c.Part,
                    c.Span,
                    c.Inputs,
                })
                .ToListAsync(cancellation)
        ).ToLookup(c => c.CaseId);
        var days = new List<(string Step, int Days)>();
        foreach (var step in tasks.GroupBy(t => t.StepId).Where(g => !open.Contains(g.Key)))
        {
            var own = step.Where(t => !IsAdded(t)).ToList();
            if (own.TrueForAll(t => t.State != TaskState.Decided))
                continue;
            var first = own[0];
            var calendar = await calendars.ForAsync(first.SchoolId, cancellation);
            List<Pause> still =
            [
                .. pauses[first.CaseId]
                    .Where(c => c.StepId == step.Key || (c.Span == ClockSpan.Handling && c.Part == first.Part))
                    .SelectMany(c => ClockFace.Inputs(c.Inputs).Pauses),
            ];
            foreach (var added in step.Where(t => IsAdded(t) && t.State == TaskState.Decided))
                days.Add((added.Name, Workdays(calendar, added.Span, still, [])));
            var others = step.Where(IsAdded).Select(t => t.Span).ToList();
            var whole = (own.Min(t => t.OpenedAt), own.Max(t => t.ClosedAt));
            foreach (var name in own.Where(t => t.State == TaskState.Decided).Select(t => t.Name).Distinct())
                days.Add((name, Workdays(calendar, whole, still, others)));
        }
        return days.GroupBy(d => d.Step)
            .ToDictionary(
                g => g.Key,
                g => new StepTime(
                    g.Key,
                    g.Count(),
                    Math.Round((decimal)g.Average(d => d.Days), 1, MidpointRounding.AwayFromZero),
                    g.Max(d => d.Days)
                )
            );

        static bool IsAdded(Row task) => task.Name.StartsWith(Added, StringComparison.Ordinal);
    }

    /// <summary>Working days after the first date up to and with the last, without those that stand still or are others'.</summary>
    internal static int Workdays(
        WorkingCalendar calendar,
        (DateTimeOffset From, DateTimeOffset To) span,
        IReadOnlyCollection<Pause> still,
        IReadOnlyCollection<(DateTimeOffset From, DateTimeOffset To)> others
    )
    {
        var count = 0;
        var last = ChinaTime.DateOf(span.To);
        for (var date = ChinaTime.DateOf(span.From).AddDays(1); date <= last; date = date.AddDays(1))
            if (calendar.IsWorkday(date) && !still.Any(p => p.Contains(date)) && !others.Any(o => IsIn(date, o)))
                count++;
        return count;

        static bool IsIn(DateOnly date, (DateTimeOffset From, DateTimeOffset To) span) =>
            ChinaTime.DateOf(span.From) < date && date <= ChinaTime.DateOf(span.To);
    }

    private sealed record Row(
        Guid CaseId,
        Guid SchoolId,
        Guid StepId,
        string Name,
        Guid? Part,
        TaskState State,
        DateTimeOffset OpenedAt,
        DateTimeOffset ClosedAt
    )
    {
        public (DateTimeOffset From, DateTimeOffset To) Span => (OpenedAt, ClosedAt);
    }
}

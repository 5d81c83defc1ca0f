using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;

namespace EduUnion.Host.Cases;

/// <summary>Whether tasks of a case may be urged (催办) now, for the command and for every page alike.</summary>
public sealed class Urging(CaseRow row, Viewer viewer)
{
    private Func<TaskRow, bool>? _isAsked;

    /// <summary>Whether a page offers it: he looks after the case or started it, and the command would take it today.</summary>
    public bool IsOffered(TaskRow task, WorkingCalendar calendar, Rules rules) =>
        UrgeCommands.MayUrge(row, viewer) && RefuseToday(task, calendar, rules) is null;

    /// <summary>Why the task may not be urged, on whatever day; null = it may.</summary>
    public Refusal? Refuse(TaskRow task) =>
        TaskFrame.NotOpen(task) is { } over ? over
        : row.HeldAt is { } since ? new Refusal("task.held", RefusalKind.Conflict) { Arguments = [since] }
        : IsAsked(task) ? Refusal.Because("urge.self")
        : null;

    /// <summary>Why the task may not be urged today; null = it may.</summary>
    public Refusal? RefuseToday(TaskRow task, WorkingCalendar calendar, Rules rules) =>
        Refuse(task)
        ?? (
            NextDay(task, calendar, rules) is { } next
                ? new Refusal("task.urged-lately", RefusalKind.Conflict) { Arguments = [next] }
                : null
        );

    /// <summary>The first day on which the task may be urged again; null = today.</summary>
    public DateOnly? NextDay(TaskRow task, WorkingCalendar calendar, Rules rules) =>
        task.UrgedAt is { } last
        && calendar.AddWorkdays(ChinaTime.DateOf(last), rules.Workdays("urge")) is var next
        && next > viewer.Today
            ? next
            : null;

    // Compiled once for all the tasks of a page, and not at all where nothing may be urged.
    private bool IsAsked(TaskRow task) => (_isAsked ??= Access.AddressedTo(viewer).Compile())(task);
}

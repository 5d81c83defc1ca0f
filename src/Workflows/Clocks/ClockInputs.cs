using System.Collections.Immutable;
using EduUnion.Domain.Calendar;

namespace EduUnion.Workflows.Clocks;

/// <summary>
/// Days on which a clock stands still, both ends included: the day a hold opens and the day it closes do not count, as
/// the day of an event does not (Civil Code art. 201). Without <paramref name="To"/> it still stands.
/// </summary>
public sealed record Pause(DateOnly From, DateOnly? To = null)
{
    public bool Contains(DateOnly date) => From <= date && (To is null || date <= To);
}

/// <summary>More working days, granted once asked for; counted from the original due date, not from the grant.</summary>
public sealed record Extension(int Workdays, DateOnly GrantedOn);

/// <summary>
/// Everything a due date is computed from, and all that a clock's row keeps of it: serialise it with the web defaults of
/// System.Text.Json. A due date is never edited; change these inputs and compute it again with <see cref="Clock.Due"/>.
/// </summary>
/// <param name="Start">Date of the event that started the clock, Asia/Shanghai; it does not count.</param>
public sealed record ClockInputs(DateOnly Start)
{
    /// <summary>Length in working days, not negative; unused where <see cref="Until"/> is given.</summary>
    public int Workdays { get; init; }

    /// <summary>A fixed end in place of a length (a collection closes on 10 March, 17:00). Pauses do not move it.</summary>
    public DateTimeOffset? Until { get; init; }

    public VacationRule VacationRule { get; init; }

    /// <summary>Close of business on the due date; null = 24:00.</summary>
    public TimeOnly? ClosesAt { get; init; }

    public ImmutableArray<Pause> Pauses { get; init; } = [];

    public ImmutableArray<Extension> Extensions { get; init; } = [];

    /// <summary>Stops the clock from this day on; a clock that stands already is unchanged.</summary>
    public ClockInputs PauseFrom(DateOnly day) => IsPaused ? this : this with { Pauses = Pauses.Add(new(day)) };

    /// <summary>Lets the clock go on after this day; a clock that runs is unchanged.</summary>
    public ClockInputs ResumeAfter(DateOnly day) =>
        this with
        {
            Pauses = [.. Pauses.Select(pause => pause.To is null ? pause with { To = day } : pause)],
        };

    public ClockInputs Extend(int workdays, DateOnly grantedOn) =>
        this with
        {
            Extensions = Extensions.Add(new(workdays, grantedOn)),
        };

    internal bool IsPaused => Pauses.Any(pause => pause.To is null);

    internal int ExtraWorkdays => Extensions.Sum(extension => extension.Workdays);
}

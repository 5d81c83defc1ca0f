using System.Collections.Immutable;
using EduUnion.Domain.Calendar;

namespace EduUnion.Workflows.Clocks;

/// <summary>A clock whose due date is another one under the new calendar.</summary>
/// <param name="Clock">The caller's key of the clock.</param>
public sealed record MovedDueDate<TKey>(TKey Clock, DueDate From, DueDate To);

/// <summary>What a new calendar does to open clocks: the preview before an import, and the work list of the job after it.</summary>
public static class Replanning
{
    /// <summary>
    /// The clocks whose due date moves. All belong to the organisation of the two calendars. A date that only stops being
    /// provisional has not moved.
    /// </summary>
    public static ImmutableArray<MovedDueDate<TKey>> Moves<TKey>(
        IEnumerable<KeyValuePair<TKey, ClockInputs>> open,
        WorkingCalendar current,
        WorkingCalendar next
    ) =>
        [
            .. open.Select(clock => new MovedDueDate<TKey>(
                    clock.Key,
                    Clock.Due(clock.Value, current),
                    Clock.Due(clock.Value, next)
                ))
                .Where(moved => moved.From.On != moved.To.On),
        ];
}

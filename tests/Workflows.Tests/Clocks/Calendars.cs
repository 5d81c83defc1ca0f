using System.Globalization;
using EduUnion.Domain.Calendar;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Workflows.Tests.Clocks;

/// <summary>The shipped schedule, and short words for dates.</summary>
internal static class Calendars
{
    public static readonly StatutorySchedule Shipped = StatutorySchedule
        .Parse(
            File.ReadAllText(
                Path.Combine(Root(AppContext.BaseDirectory), "seeds", "calendar", "cn-statutory-days.json")
            )
        )
        .Value;

    public static WorkingCalendar Plain { get; } = new(3, Shipped, [], []);

    public static WorkingCalendar WithVacation(string from, string to) =>
        new(3, Shipped, [], [new("寒假", Date(from), Date(to))]);

    /// <summary>Scenario 5: assigned 8 September, 20 working days.</summary>
    public static ClockInputs Answer => new(Date("2026-09-08")) { Workdays = 20 };

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant as the clocks of Shanghai show it.</summary>
    public static DateTimeOffset At(string text) =>
        new(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "EduUnion.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}

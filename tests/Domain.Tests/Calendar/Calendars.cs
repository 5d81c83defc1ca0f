using EduUnion.Domain.Calendar;

namespace EduUnion.Domain.Tests.Calendar;

/// <summary>The shipped schedule and calendars over it.</summary>
internal static class Calendars
{
    public static readonly string ShippedJson = File.ReadAllText(
        Path.Combine(Root(AppContext.BaseDirectory), "seeds", "calendar", "cn-statutory-days.json")
    );

    public static readonly StatutorySchedule Shipped = StatutorySchedule.Parse(ShippedJson).Value;

    public static WorkingCalendar Plain { get; } = new(1, Shipped, [], []);

    public static WorkingCalendar WithVacation(string from, string to) =>
        new(1, Shipped, [], [new("寒假", Date(from), Date(to))]);

    public static DateOnly Date(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "EduUnion.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}

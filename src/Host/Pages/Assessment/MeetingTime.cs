using System.Globalization;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Assessment;

/// <summary>When and where a meeting is: a day and a time of day as people type it, in the time of Shanghai.</summary>
internal static class MeetingTime
{
    private static readonly string[] Forms = ["H:mm", "HH:mm", "H：mm", "HH：mm"];

    public static IEnumerable<Field> Fields(
        Texts words,
        DateOnly? on,
        string? at,
        string? place,
        Func<string, string?> errorAt
    ) =>
        [
            new("on", words["assessment.on"], FieldKind.Date)
            {
                Value = on is { } day ? Dates.Machine(day) : null,
                Required = true,
                Error = errorAt("on"),
            },
            new("at", words["assessment.at"])
            {
                Value = at,
                Hint = words["assessment.at.hint"],
                Required = true,
                Error = errorAt("at"),
            },
            new("place", words["assessment.place"])
            {
                Value = place,
                Required = true,
                Error = errorAt("place"),
            },
        ];

    public static DateTimeOffset? Read(DateOnly? on, string? at) =>
        on is { } day
        && TimeOnly.TryParseExact(at?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? ChinaTime.At(day, time)
            : null;

    public static string Write(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Dates.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);
}

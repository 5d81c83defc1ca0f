using System.Globalization;
using System.Text.Json;

namespace EduUnion.Faults;

/// <summary>
/// One calendar version read from its JSON and counted with day by day: what the program's own calendar says is not asked.
/// </summary>
internal sealed class PublishedDays
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The statutory days as an almanac prints them, for the years in which programmes play and nothing is published yet.</summary>
    private static readonly Dictionary<int, string> Almanac = new()
    {
        [2027] = "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03",
        [2028] = "01-01 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-28 10-01 10-02 10-03",
        [2029] = "01-01 02-12 02-13 02-14 02-15 04-04 05-01 05-02 06-16 09-22 10-01 10-02 10-03",
    };

    private readonly HashSet<DateOnly> _off = [];
    private readonly HashSet<DateOnly> _working = [];
    private readonly List<(string Organisation, bool Vacation, DateOnly From, DateOnly To)> _local = [];

    public static PublishedDays Of(string schedule, string local)
    {
        var days = new PublishedDays();
        using var published = JsonDocument.Parse(schedule);
        var unpublished = Almanac.ToDictionary();
        foreach (var year in published.RootElement.GetProperty("years").EnumerateObject())
        {
            unpublished.Remove(int.Parse(year.Name, CultureInfo.InvariantCulture));
            foreach (var range in year.Value.GetProperty("daysOff").EnumerateArray())
                for (var day = Date(range, "from"); day <= Date(range, "to"); day = day.AddDays(1))
                    days._off.Add(day);
            foreach (var day in year.Value.GetProperty("workingWeekendDays").EnumerateArray())
                days._working.Add(Date(day));
        }
        foreach (var (year, named) in unpublished)
            days._off.UnionWith(named.Split(' ').Select(day => Day($"{year}-{day}")));
        using var own = JsonDocument.Parse(local);
        foreach (var range in own.RootElement.EnumerateArray())
            days._local.Add(
                (
                    range.GetProperty("organisationId").GetGuid().ToString("D").ToUpperInvariant(),
                    range.GetProperty("isVacation").GetBoolean(),
                    Date(range, "from"),
                    Date(range, "to")
                )
            );
        return days;
    }

    /// <param name="path">The organisation and everything above it.</param>
    /// <returns>When it is too late; null while it stands still.</returns>
    public DateTimeOffset? Due(JsonElement inputs, IReadOnlySet<string> path)
    {
        var pauses = inputs
            .GetProperty("pauses")
            .EnumerateArray()
            .Select(p =>
                (
                    From: Date(p, "from"),
                    To: p.TryGetProperty("to", out var to) && to.ValueKind != JsonValueKind.Null
                        ? Date(to)
                        : (DateOnly?)null
                )
            )
            .ToList();
        var extra = inputs.GetProperty("extensions").EnumerateArray().Sum(e => e.GetProperty("workdays").GetInt32());
        var rule = inputs.GetProperty("vacationRule").GetString();
        var until =
            inputs.TryGetProperty("until", out var end) && end.ValueKind != JsonValueKind.Null
                ? end.GetDateTimeOffset()
                : (DateTimeOffset?)null;
        var day = Date(inputs, "start");
        if (until is { } at)
        {
            var fixedDay = DateOnly.FromDateTime(at.ToOffset(China).DateTime);
            // It is only moved by an extension.
            day = Later(fixedDay, extra);
            return day == DateOnly.MaxValue ? null : at.AddDays(day.DayNumber - fixedDay.DayNumber);
        }
        day = Later(day, inputs.GetProperty("workdays").GetInt32());
        if (day != DateOnly.MaxValue)
            day = Later(day, extra);
        if (day == DateOnly.MaxValue)
            return null;
        var closes =
            inputs.TryGetProperty("closesAt", out var time) && time.ValueKind != JsonValueKind.Null
                ? TimeSpan.Parse(time.GetString()!, CultureInfo.InvariantCulture)
                : TimeSpan.FromDays(1);
        return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), China).Add(closes).ToUniversalTime();

        // The n-th working day after; the last day there is: it stands still and nobody knows.
        DateOnly Later(DateOnly from, int workdays)
        {
            for (var left = workdays; left > 0; )
            {
                if (pauses.Any(p => p.To is null && p.From <= from))
                    return DateOnly.MaxValue;
                from = from.AddDays(1);
                var counts = Works(from, path) && !pauses.Any(p => p.From <= from && (p.To is null || from <= p.To));
                var vacation = _local.Any(l =>
                    l.Vacation && path.Contains(l.Organisation) && l.From <= from && from <= l.To
                );
                if (counts && !(vacation && (rule == "Suspend" || (rule == "ExtendIfEndsInside" && left == 1))))
                    left--;
            }
            return from;
        }
    }

    private bool Works(DateOnly day, IReadOnlySet<string> path)
    {
        if (_local.Any(l => !l.Vacation && path.Contains(l.Organisation) && l.From <= day && day <= l.To))
            return false;
        return _working.Contains(day)
            || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_off.Contains(day));
    }

    private static DateOnly Date(JsonElement of, string name) => Date(of.GetProperty(name));

    private static DateOnly Date(JsonElement text) => Day(text.GetString()!);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

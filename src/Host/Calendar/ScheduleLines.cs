using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;

namespace EduUnion.Host.Calendar;

/// <summary>
/// Reads a holiday schedule as the State Council's notice says it, one holiday a line: 元旦：1月1日（周五）至3日（周日）放假，
/// 共3天。1月4日（周一）上班。 The year stands once, anywhere before the first day. What begins like JSON is read as JSON.
/// </summary>
public static partial class ScheduleLines
{
    /// <summary>
    /// Refusals: <c>calendar.no-year</c>, <c>calendar.line</c> (its number and text), those of
    /// <see cref="StatutorySchedule.Parse"/>.
    /// </summary>
    public static Outcome<StatutorySchedule> Read(string text)
    {
        if (text.TrimStart().StartsWith('{') || string.IsNullOrWhiteSpace(text))
            return StatutorySchedule.Parse(text);
        if (Year().Match(text) is not { Success: true } found)
            return Refusal.At("json", "calendar.no-year");
        var year = int.Parse(found.Value, CultureInfo.InvariantCulture);
        var off = new List<object>();
        var working = new List<string>();
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            // The days of the week and of the lunar month only explain, and the year is known.
            var plain = Noise().Replace(line, "");
            if (!Day().IsMatch(plain))
                continue;
            var understood = false;
            var name = Name().Match(plain).Groups["name"].Value;
            foreach (Match days in Off().Matches(plain))
            {
                var month = days.Groups["m"].Value;
                var last = days.Groups["d2"];
                var from = Date(year, month, days.Groups["d"].Value);
                var to = last.Success
                    ? Date(year, days.Groups["m2"] is { Success: true } other ? other.Value : month, last.Value)
                    : from;
                off.Add(
                    new
                    {
                        name,
                        from,
                        to,
                    }
                );
                understood = name.Length > 0;
            }
            foreach (Match days in Work().Matches(plain))
            foreach (Match day in Day().Matches(days.Value))
            {
                working.Add(Date(year, day.Groups["m"].Value, day.Groups["d"].Value));
                understood = true;
            }
            if (!understood)
                return Refusal.At("json", "calendar.line", number, line.Trim());
        }
        return StatutorySchedule.Parse(
            JsonSerializer.Serialize(
                new
                {
                    country = "CN",
                    years = new Dictionary<string, object>
                    {
                        [year.ToString(CultureInfo.InvariantCulture)] = new
                        {
                            daysOff = off,
                            workingWeekendDays = working,
                        },
                    },
                }
            )
        );
    }

    // A day that does not exist is found by whoever reads the document.
    private static string Date(int year, string month, string day) =>
        $"{year}-{month.PadLeft(2, '0')}-{day.PadLeft(2, '0')}";

    [GeneratedRegex(@"20\d\d")]
    private static partial Regex Year();

    [GeneratedRegex(@"（[^）]*）|\([^)]*\)|20\d\d年|\s")]
    private static partial Regex Noise();

    [GeneratedRegex(@"^(?:[一二三四五六七八九十]+、|\d+[.、])?(?<name>[^：:，,\d]{1,20})")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<m>\d{1,2})月(?<d>\d{1,2})日")]
    private static partial Regex Day();

    [GeneratedRegex(@"(?<m>\d{1,2})月(?<d>\d{1,2})日(?:[至到—–-]+(?:(?<m2>\d{1,2})月)?(?<d2>\d{1,2})日)?(?:放假|休息)")]
    private static partial Regex Off();

    [GeneratedRegex(@"[^。；;]*上班")]
    private static partial Regex Work();
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace EduUnion.Domain.Calendar;

public sealed partial class StatutorySchedule
{
    // Strict on purpose: a misspelt "workingWeekendDays" must not quietly turn six working days into Sundays.
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>
    /// Reads <c>{"country","note","years":{"2026":{"daysOff":[{"name","from","to"}],"workingWeekendDays":[…]}}}</c>.
    /// Refuses <c>calendar.unreadable</c> (not this shape; where), <c>calendar.country</c> (not CN),
    /// <c>calendar.empty</c> (no year, or a year without a day off; the year), <c>calendar.reversed</c> (ends before it
    /// starts; name, from, to), <c>calendar.wrong-year</c> (a date outside its year; date, year),
    /// <c>calendar.overlap</c> (a date named twice; date) and <c>calendar.not-weekend</c> (a made-up day from Monday to
    /// Friday; date). Several faults come as one <c>form.invalid</c>.
    /// </summary>
    public static Outcome<StatutorySchedule> Parse(string json)
    {
        Document? document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(json, Format);
        }
        catch (JsonException fault)
        {
            return Refusal.Because("calendar.unreadable", fault.Path ?? "$", (fault.LineNumber ?? 0) + 1);
        }

        if (document is null)
            return Refusal.Because("calendar.unreadable", "$", 1L);
        if (document.Country != "CN")
            return Refusal.Because("calendar.country", document.Country);
        if (document.Years.Count == 0)
            return Refusal.Because("calendar.empty", "");

        var years = ImmutableSortedDictionary.CreateBuilder<int, YearSchedule>();
        var faults = new List<Refusal>();
        foreach (var (key, year) in document.Years)
        {
            if (!IsWhole(year) || !int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return Refusal.Because("calendar.unreadable", $"$.years.{key}", 1L);
            faults.AddRange(Faults(number, year));
            years[number] = year;
        }
        return Refusal.Of(faults) is { } refusal ? refusal : new StatutorySchedule(years.ToImmutable());
    }

    /// <summary>The same document that <see cref="Parse"/> reads.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(
            new Document(
                "CN",
                Years.ToDictionary(y => y.Key.ToString(CultureInfo.InvariantCulture), y => (YearSchedule?)y.Value)
            ),
            Format
        );

    // Nulls as members of a list or dictionary, and for a value type, pass the serializer.
    private static bool IsWhole([NotNullWhen(true)] YearSchedule? year) =>
        year is { DaysOff.IsDefault: false, WorkingWeekendDays.IsDefault: false } && !year.DaysOff.Contains(null!);

    private static IEnumerable<Refusal> Faults(int number, YearSchedule year)
    {
        if (year.DaysOff.IsEmpty)
        {
            yield return Refusal.Because("calendar.empty", number);
            yield break;
        }

        var seen = new HashSet<DateOnly>();
        foreach (var off in year.DaysOff)
        {
            if (off.From > off.To)
                yield return Refusal.Because("calendar.reversed", off.Name, off.From, off.To);
            // Checked before the days are walked, so that a slip in a year cannot walk through centuries.
            else if (off.From.Year != number || off.To.Year != number)
                yield return Refusal.Because(
                    "calendar.wrong-year",
                    off.From.Year != number ? off.From : off.To,
                    number
                );
            else
                foreach (var date in Each(off).Where(date => !seen.Add(date)))
                    yield return Refusal.Because("calendar.overlap", date);
        }
        foreach (var date in year.WorkingWeekendDays)
        {
            if (date.Year != number)
                yield return Refusal.Because("calendar.wrong-year", date, number);
            else if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                yield return Refusal.Because("calendar.not-weekend", date);
            else if (!seen.Add(date))
                yield return Refusal.Because("calendar.overlap", date);
        }
    }

    private sealed record Document(string Country, Dictionary<string, YearSchedule?> Years, string? Note = null);
}

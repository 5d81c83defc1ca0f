using System.Text.Json;
using EduUnion.Host.Tests.Persistence;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>Due dates over the API, against a computation of its own from the published days.</summary>
public sealed class DueTests
{
    [Fact]
    public async Task TwoHundredRandomPeriods_EndWhereTheyShould()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var client = await district.AsAsync("daibiao1");
        var published = Published();
        var random = new Random(20260302);
        var first = published.Years.Min();
        var span = new DateOnly(published.Years.Max(), 10, 1).DayNumber - new DateOnly(first, 1, 1).DayNumber;

        for (var i = 0; i < 200; i++)
        {
            var from = new DateOnly(first, 1, 1).AddDays(random.Next(span));
            var workdays = random.Next(0, 45);
            var (expected, days) = Simple(published, from, workdays);

            var due = await client.GetAsync($"/api/calendar/due?from={from:yyyy-MM-dd}&workdays={workdays}");

            Assert.Equal($"{expected:yyyy-MM-dd}", due.GetProperty("dueDate").GetString());
            Assert.Equal(days, due.GetProperty("days").GetArrayLength());
            Assert.Equal(!published.Years.Contains(expected.Year), due.GetProperty("provisional").GetBoolean());
            Assert.Equal(
                workdays,
                due.GetProperty("days")
                    .EnumerateArray()
                    .Count(d => d.GetProperty("counted").ValueKind == JsonValueKind.Number)
            );
        }
    }

    [Fact]
    public async Task Explanation_SaysOfEachDayWhy()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var client = await district.AsAsync("daibiao1");

        var due = await client.GetAsync("/api/calendar/due?from=2026-02-12&workdays=2");

        Assert.Equal("2026-02-14", due.GetProperty("dueDate").GetString());
        Assert.Equal("2026-02-14T16:00:00+00:00", due.GetProperty("dueAt").GetString());
        Assert.True(due.GetProperty("calendarVersion").GetInt32() > 0);
        Assert.Equal(
            ["2026-02-12 Workday  ", "2026-02-13 Workday  1", "2026-02-14 MakeUpWorkday  2"],
            due.GetProperty("days")
                .EnumerateArray()
                .Select(d =>
                    $"{d.GetProperty("date")} {d.GetProperty("kind")} {d.GetProperty("name")} {d.GetProperty("counted")}"
                )
        );
    }

    [Fact]
    public async Task WrongQuestions_AreRefusedAtTheirField()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var client = await district.AsAsync("daibiao1");

        foreach (
            var (query, field, code) in new[]
            {
                ("from=2026-02-30&workdays=1", "from", "form.unreadable"),
                ("from=03/04/2026&workdays=1", "from", "form.unreadable"),
                ("from=1999-12-31&workdays=1", "from", "calendar.out-of-range"),
                ("from=2100-01-01&workdays=1", "from", "calendar.out-of-range"),
                ("from=2099-12-31&workdays=1", "workdays", "calendar.out-of-range"),
                ("from=2095-01-01&workdays=2000", "workdays", "calendar.out-of-range"),
                ("from=2026-03-02", "workdays", "form.required"),
                ("from=2026-03-02&workdays=-1", "workdays", "calendar.workdays-range"),
                ("from=2026-03-02&workdays=2001", "workdays", "calendar.workdays-range"),
                ("from=2026-03-02&workdays=1e3", "workdays", "form.unreadable"),
                ("from=2026-03-02&workdays=99999999999", "workdays", "form.unreadable"),
                ("from=2026-03-02&workdays=1&organisation=x", "organisation", "form.unreadable"),
            }
        )
        {
            var answer = await client.Http.GetAsync($"/api/calendar/due?{query}");
            Assert.Equal(422, (int)answer.StatusCode);
            var problem = await ProblemAsync(answer);
            Assert.Equal(code, problem.GetProperty("code").GetString());
            Assert.Equal(field, problem.GetProperty("errors").EnumerateObject().Single().Name);
        }
        var nothing = await ProblemAsync(await client.Http.GetAsync("/api/calendar/due"));
        Assert.Equal(["from", "workdays"], nothing.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    /// <summary>Counts days one by one; of the seed file it knows only which are off and which are worked.</summary>
    private static (DateOnly Due, int Days) Simple(Days published, DateOnly from, int workdays)
    {
        var date = from;
        var walked = 1;
        for (var left = workdays; left > 0; walked++)
        {
            date = date.AddDays(1);
            var weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            if (published.Working.Contains(date) || (!weekend && !published.Off.Contains(date)))
                left--;
        }
        return (date, walked);
    }

    private static Days Published()
    {
        using var file = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "seeds", "calendar", "cn-statutory-days.json"))
        );
        var years = file.RootElement.GetProperty("years").EnumerateObject().ToList();
        HashSet<DateOnly> off = [];
        foreach (var range in years.SelectMany(y => y.Value.GetProperty("daysOff").EnumerateArray()))
            for (
                var date = Date(range.GetProperty("from"));
                date <= Date(range.GetProperty("to"));
                date = date.AddDays(1)
            )
                off.Add(date);
        return new Days(
            [.. years.Select(y => int.Parse(y.Name, System.Globalization.CultureInfo.InvariantCulture))],
            off,
            [.. years.SelectMany(y => y.Value.GetProperty("workingWeekendDays").EnumerateArray()).Select(Date)]
        );
        static DateOnly Date(JsonElement json) =>
            DateOnly.ParseExact(json.GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed record Days(HashSet<int> Years, HashSet<DateOnly> Off, HashSet<DateOnly> Working);
}

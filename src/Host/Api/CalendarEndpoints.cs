using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Workflows.Clocks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <summary>One day of the explanation.</summary>
/// <param name="Name">Of the holiday or closing day; null for plain days.</param>
/// <param name="Counted">Which working day of the period it is, from 1; null where it does not count.</param>
public sealed record DueDay(DateOnly Date, DayKind Kind, string? Name, int? Counted, bool Provisional);

/// <param name="DueAt">The instant at which it is too late: the end of the due date, in Shanghai.</param>
/// <param name="Provisional">A day between lies in a year without a published schedule (暂定).</param>
/// <param name="Days">From the day of the event, which does not count, to the due date, without gaps.</param>
public sealed record DueAnswer(
    DateOnly From,
    int Workdays,
    Guid Organisation,
    DateOnly DueDate,
    DateTimeOffset DueAt,
    bool Provisional,
    int CalendarVersion,
    IReadOnlyList<DueDay> Days
);

public static class CalendarEndpoints
{
    private const int MostWorkdays = 2000;

    public static RouteGroupBuilder MapCalendarEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/calendar/due", DueAsync)
            .RequireAuthorization(Policies.Member)
            .WithTags("calendar")
            .WithName("due")
            .WithSummary("So many working days after a date, with each day's reason")
            .WithDescription(
                "from: YYYY-MM-DD, the day of the event, which does not count; workdays: 0 to 2000; organisation: whose "
                    + "closing days count, else the caller's. School vacations do not stop this count."
            )
            .Refuses(404, 422);
        return api;
    }

    // Texts, so that a date that is none is refused at its field and in the caller's language.
    private static async Task<Results<Ok<DueAnswer>, ProblemHttpResult>> DueAsync(
        HttpContext http,
        CalendarBook calendars,
        MemberBook members,
        OrganisationBook organisations,
        Texts texts,
        string? from,
        string? workdays,
        string? organisation,
        CancellationToken cancellation
    )
    {
        var found = new List<Refusal>();
        if (Date(from, found) is var start && Count(workdays, found) is var count && found.Count > 0)
            return Problems.Of(texts, Refusal.Of(found)!);
        Guid whose;
        if (organisation is null)
            whose = (await members.FindAsync(http.User.MemberId(), cancellation))!.OrganisationId;
        else if (!Guid.TryParse(organisation, out whose))
            return Problems.Of(texts, Refusal.At("organisation", "form.unreadable"));
        if (organisations.Find(whose) is null)
            return Problems.Of(texts, Refusal.Missing("organisation.unknown"));
        var calendar = await calendars.ForAsync(whose, cancellation);
        if (calendar.WorkdaysBetween(start, WorkingCalendar.Latest) < count)
            return Problems.Of(texts, Refusal.At("workdays", "calendar.out-of-range"));
        var due = Clock.Due(new ClockInputs(start) { Workdays = count }, calendar);
        return TypedResults.Ok(
            new DueAnswer(
                start,
                count,
                whose,
                due.On!.Value,
                due.At!.Value,
                due.Provisional,
                due.CalendarVersion,
                [.. due.Days.Select(d => new DueDay(d.Date, d.Day.Kind, d.Day.Name, d.Ordinal, d.Day.Provisional))]
            )
        );
    }

    private static DateOnly Date(string? text, List<Refusal> found)
    {
        if (string.IsNullOrEmpty(text))
            found.Add(Refusal.At("from", "form.required"));
        else if (
            !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        )
            found.Add(Refusal.At("from", "form.unreadable"));
        else if (date < WorkingCalendar.Earliest || date > WorkingCalendar.Latest)
            found.Add(Refusal.At("from", "calendar.out-of-range"));
        else
            return date;
        return default;
    }

    private static int Count(string? text, List<Refusal> found)
    {
        if (string.IsNullOrEmpty(text))
            found.Add(Refusal.At("workdays", "form.required"));
        else if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            found.Add(Refusal.At("workdays", "form.unreadable"));
        else if (count is < 0 or > MostWorkdays)
            found.Add(Refusal.At("workdays", "calendar.workdays-range", MostWorkdays));
        else
            return count;
        return 0;
    }
}

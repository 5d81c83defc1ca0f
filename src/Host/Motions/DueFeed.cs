using System.Security.Cryptography;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Motions;

/// <summary>
/// What waits for a member as a calendar that programs subscribe to. Programs do not sign in: the address itself is the
/// key. It tells numbers, titles and due days, as the mails do, and nothing else; of confidential cases the day alone.
/// </summary>
public static class DueFeed
{
    private const int Longest = 200;

    public static IEndpointRouteBuilder MapDueFeed(this IEndpointRouteBuilder app)
    {
        app.MapGet("/calendar/{key}.ics", ReadAsync).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    /// <summary>The address of a member's own feed.</summary>
    public static string Address(IDataProtectionProvider protection, Guid member) =>
        $"/calendar/{Protector(protection).Protect(member.ToString("N"))}.ics";

    private static async Task<Results<ContentHttpResult, NotFound>> ReadAsync(
        string key,
        IDataProtectionProvider protection,
        MemberBook members,
        Access access,
        TaskLists lists,
        TaskWords words,
        Texts texts,
        HttpRequest request,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (Member(protection, key) is not { } id || await members.FindAsync(id, cancellation) is not { } member)
            return TypedResults.NotFound();
        var viewer = await access.ViewerAsync(id, cancellation);
        if (member.LeftOn <= viewer.Today)
            return TypedResults.NotFound();
        var mine = await lists.ListAsync(viewer, TaskScope.Mine, new TaskFilter(), Longest, null, cancellation);
        var calendar = new Ical.Net.Calendar { Method = "PUBLISH", ProductId = "-//EduUnion//EduUnion//ZH" };
        calendar.AddProperty("X-WR-CALNAME", texts["desk.calendar.name"]);
        foreach (var task in mine.Items)
            if (task.DueDate is { } due)
                calendar.Events.Add(
                    new CalendarEvent
                    {
                        Uid = $"{task.Id:N}@eduunion",
                        DtStamp = new CalDateTime(time.GetUtcNow().UtcDateTime, "UTC"),
                        Start = new CalDateTime(due),
                        End = new CalDateTime(due.AddDays(1)),
                        // A calendar is shared with colleagues and shown on telephones: of aid it says only that
                        // something is due.
                        Summary = AidAccess.Kinds.Contains(task.CaseKind)
                            ? texts["desk.calendar.confidential"]
                            : texts[
                                "desk.calendar.summary",
                                words.Do(task.Name),
                                $"{task.CaseNumber} {task.Title}".Trim()
                            ],
                        Url = new Uri($"{request.Scheme}://{request.Host}/tasks/{task.Id}"),
                        Transparency = TransparencyType.Transparent,
                    }
                );
        return TypedResults.Content(
            new CalendarSerializer().SerializeToString(calendar)!,
            "text/calendar; charset=utf-8"
        );
    }

    private static Guid? Member(IDataProtectionProvider protection, string key)
    {
        try
        {
            return Guid.Parse(Protector(protection).Unprotect(key));
        }
        // Somebody made the address up, or the keys are others by now.
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Protector(IDataProtectionProvider protection) =>
        protection.CreateProtector("calendar feed of a member");
}

using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace EduUnion.Host.Mail;

/// <summary>
/// The calendar part (RFC 5545): one all-day entry a due date. A case's deadline keeps one UID, so a reminder, or a new
/// date after an extension, replaces the entry in the reader's calendar instead of standing beside it.
/// </summary>
internal static class DueCalendar
{
    public const string FileName = "reminder.ics";

    public static string Write(IEnumerable<(Notice Notice, Matter Matter)> matters)
    {
        var calendar = new Ical.Net.Calendar { Method = "PUBLISH", ProductId = "-//EduUnion//EduUnion//ZH" };
        foreach (var (notice, matter) in matters)
            if (notice.Due is { } due)
                calendar.Events.Add(
                    new CalendarEvent
                    {
                        Uid = $"{NoticeKind.Of(notice.Kind).Deadline}-{notice.CaseId ?? notice.Id:N}@eduunion",
                        DtStamp = new CalDateTime(notice.At.UtcDateTime, "UTC"),
                        Start = new CalDateTime(due),
                        End = new CalDateTime(due.AddDays(1)),
                        Summary = matter.Sentence,
                        Description = $"{matter.Due}\n{matter.Link}",
                        Url = new Uri(matter.Link),
                        Transparency = TransparencyType.Transparent,
                    }
                );
        return new CalendarSerializer().SerializeToString(calendar)!;
    }
}

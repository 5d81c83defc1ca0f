using System.Globalization;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Calendar;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Calls the members of the aid committee to their meeting, so many working days before (parameter
/// <c>assessment.call_wd</c>; domain §7, A4); a meeting convened later than that is called at once, one that was moved
/// is called again for its new day.
/// </summary>
public sealed class MeetingCalls(
    EduUnionDb db,
    MeetingBook meetings,
    Occasions occasions,
    CalendarBook calendars,
    RuleBook rules,
    OrganisationBook organisations,
    TimeProvider time
) : IJob
{
    /// <summary>Farther away nobody is called; wide enough for the longest the parameter can be, over a long holiday.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(60);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var coming = await db.Set<MeetingRow>()
            .AsNoTracking()
            .Where(m => m.State == nameof(MeetingState.Convened) && m.MeetsAt > now && m.MeetsAt <= now + Farthest)
            .OrderBy(m => m.MeetsAt)
            .ToListAsync(cancellation);
        var told = 0;
        foreach (var row in coming)
        {
            var day = ChinaTime.DateOf(row.MeetsAt);
            var calendar = await calendars.ForAsync(row.SchoolId, cancellation);
            var before = (await rules.ForAsync(row.SchoolId, now, cancellation)).Number("assessment.call_wd");
            if (
                calendar.BackWorkdays(day, before) <= ChinaTime.DateOf(now)
                && !await occasions.IsToldAsync(NoticeKind.AssessmentMeeting, row.Id, day, cancellation)
            )
                told += await TellAsync(row, day, now, cancellation) ? 1 : 0;
        }
        return told;
    }

    private Task<bool> TellAsync(MeetingRow row, DateOnly day, DateTimeOffset now, CancellationToken cancellation)
    {
        var meeting = meetings.Read(row);
        var args = new Dictionary<string, string>
        {
            ["organisation"] = organisations.Find(row.SchoolId)?.Name ?? "",
            ["count"] = meeting.Lines.Length.ToString(CultureInfo.InvariantCulture),
        };
        var to = NoticeRecipients.ToMembers([meeting.ChairId, .. meeting.Members]);
        var link = $"/assessment/{row.Id}";
        var notice = Notice.Of(NoticeKind.AssessmentMeeting, row.Id, to, args, link, now, day);
        return occasions.TellAsync(notice, row.Id, day, cancellation);
    }
}

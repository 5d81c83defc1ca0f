using System.Globalization;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Calendar;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>
/// Tells all representatives that the collection of motions has opened and that it closes soon (domain §7, N1).
/// <see cref="CongressSession.AnnouncedAt"/> is the instant of the last mark that was told, read and moved under the
/// session's lock, so that every mark is told once whoever runs this and however often.
/// </summary>
public sealed class Announcements(
    EduUnionDb db,
    CongressBook congresses,
    CalendarBook calendars,
    RuleBook rules,
    OrganisationBook organisations,
    OutboxBell bell,
    TimeProvider time
) : IJob
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var open = await db.Set<CongressSession>()
            .AsNoTracking()
            .Where(s => s.CollectionOpensAt <= now && s.CollectionClosesAt > now)
            .OrderBy(s => s.Id)
            .ToListAsync(cancellation);
        var told = 0;
        foreach (var session in open)
            if ((await MarksAsync(session, now, cancellation)).Count > 0)
                told += await TellAsync(session.Id, now, cancellation);
        if (told > 0)
            bell.Ring();
        return told;
    }

    private async Task<int> TellAsync(Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockSessionAsync(id, cancellation);
        var session = await db.Set<CongressSession>().SingleAsync(s => s.Id == id, cancellation);
        var marks = await MarksAsync(session, now, cancellation);
        if (marks.Count == 0)
            return 0;
        var people = await congresses.RepresentativesAsync(session.TermId, ChinaTime.DateOf(now), cancellation);
        if (people.Count > 0)
        {
            var to = NoticeRecipients.ToMembers([.. people.Select(p => p.MemberId)]);
            // After a standstill the last mark says it all: nobody is told "7 days" and "3 days" in one morning.
            foreach (var kind in marks.Select(m => m.Kind).Where(k => k == NoticeKind.CollectionOpened))
                db.Add(Notice(kind, session, to, now));
            if (marks[^1].Kind is var last && last != NoticeKind.CollectionOpened)
                db.Add(Notice(last, session, to, now));
        }
        session.AnnouncedAt = marks[^1].At;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return people.Count == 0 ? 0 : 1;
    }

    /// <summary>The marks that have come since the last one told: the opening, then those before the closing day.</summary>
    private async Task<List<(DateTimeOffset At, NoticeKind Kind)>> MarksAsync(
        CongressSession session,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var calendar = await calendars.ForAsync(session.SchoolId, cancellation);
        var ladder = new ReminderLadder
        {
            Before = (await rules.ForAsync(session.SchoolId, now, cancellation)).Numbers("remind.before"),
        };
        var period = new ClockInputs(ChinaTime.DateOf(session.CollectionOpensAt))
        {
            Until = session.CollectionClosesAt,
        };
        var marks = new List<(DateTimeOffset At, NoticeKind Kind)>();
        if (session.AnnouncedAt is null)
            marks.Add((session.CollectionOpensAt, NoticeKind.CollectionOpened));
        var told = session.AnnouncedAt ?? session.CollectionOpensAt;
        while (ladder.Next(period, calendar, told) is { Kind: AlarmKind.Before } mark && mark.At <= now)
        {
            marks.Add((mark.At, mark.Workdays > 1 ? NoticeKind.CollectionCloses : NoticeKind.CollectionLastCall));
            told = mark.At;
        }
        return marks;
    }

    private Notice Notice(NoticeKind kind, CongressSession session, NoticeRecipients to, DateTimeOffset now)
    {
        var school = organisations.Find(session.SchoolId)!;
        var args = new Dictionary<string, string>
        {
            ["organisation"] = school.Name,
            ["term"] = session.TermNumber.ToString(CultureInfo.InvariantCulture),
            ["session"] = session.Number.ToString(CultureInfo.InvariantCulture),
        };
        if (school.Phone is { } phone)
            args["phone"] = phone;
        var closes = ChinaTime.DateOf(session.CollectionClosesAt);
        return Mail.Notice.Of(kind, null, to, args, "/motions/new", now, closes);
    }
}

using System.Globalization;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>
/// Tells the chair of a school's union that a report of a session is due soon, or is late (domain §7, N18); the district
/// sees its list. <see cref="SessionReport.AnnouncedAt"/> is the instant of the last mark that was told, read and moved
/// under the session's lock, so that every mark is told once whoever runs this and however often.
/// </summary>
public sealed class ReportNotices(
    EduUnionDb db,
    ReportBook reports,
    CalendarBook calendars,
    RuleBook rules,
    OrganisationBook organisations,
    OutboxBell bell,
    TimeProvider time
) : IJob
{
    /// <summary>A session recorded years later is history; nobody is reminded of it.</summary>
    private const int Recent = 120;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = ChinaTime.DateOf(now);
        var (from, to) = (today.AddDays(-Recent), today.AddDays(Recent));
        var sessions = await db.Set<CongressSession>()
            .AsNoTracking()
            .Where(s => s.OpensOn >= from && s.OpensOn <= to)
            .OrderBy(s => s.Id)
            .ToListAsync(cancellation);
        var ids = sessions.Select(s => s.Id).ToList();
        var known = await db.Set<SessionReport>()
            .AsNoTracking()
            .Where(r => ids.Contains(r.SessionId))
            .ToDictionaryAsync(r => (r.SessionId, r.Kind), cancellation);
        var told = 0;
        foreach (var session in sessions)
        foreach (var kind in Enum.GetValues<ReportKind>())
            if (
                await MarkAsync(session, kind, known.GetValueOrDefault((session.Id, kind)), now, cancellation)
                is not null
            )
                told += await TellAsync(session.Id, kind, now, cancellation);
        if (told > 0)
            bell.Ring();
        return told;
    }

    private async Task<int> TellAsync(Guid id, ReportKind kind, DateTimeOffset now, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockSessionAsync(id, cancellation);
        var session = await db.Set<CongressSession>().AsNoTracking().SingleAsync(s => s.Id == id, cancellation);
        var report = await db.Set<SessionReport>()
            .SingleOrDefaultAsync(r => r.SessionId == id && r.Kind == kind, cancellation);
        if (await MarkAsync(session, kind, report, now, cancellation) is not { } mark)
            return 0;
        if (report is null)
            db.Add(report = ReportBook.NewReport(session, kind, now));
        report.AnnouncedAt = mark.At;
        db.Add(Notice(mark, session, kind, now));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return 1;
    }

    /// <summary>The last mark that has come since the one told: after a standstill nobody is told "soon" and "late" in one morning.</summary>
    private async Task<(DateTimeOffset At, bool Late, DateOnly Due)?> MarkAsync(
        CongressSession session,
        ReportKind kind,
        SessionReport? report,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        if (report?.SubmittedAt is not null)
            return null;
        var calendar = await calendars.ForAsync(session.SchoolId, cancellation);
        var ladder = ClockFace.LadderOf("report", await rules.ForAsync(session.SchoolId, now, cancellation));
        var due = await reports.DueOnAsync(session, kind, cancellation);
        var began = due.AddDays(-Recent);
        var period = new ClockInputs(began) { Until = ChinaTime.EndOfDay(due).AddTicks(-1) };
        (DateTimeOffset, bool, DateOnly)? last = null;
        var told = report?.AnnouncedAt ?? ChinaTime.At(began, TimeOnly.MinValue);
        while (ladder.Next(period, calendar, told) is { } mark && mark.At <= now)
        {
            told = mark.At;
            if (mark.Kind != AlarmKind.Expiry)
                last = (mark.At, mark.Kind != AlarmKind.Before, due);
        }
        return last;
    }

    private Notice Notice(
        (DateTimeOffset At, bool Late, DateOnly Due) mark,
        CongressSession session,
        ReportKind kind,
        DateTimeOffset now
    )
    {
        var code = (kind, mark.Late) switch
        {
            (ReportKind.Before, false) => NoticeKind.SessionReportDue,
            (ReportKind.Before, true) => NoticeKind.SessionReportLate,
            (_, false) => NoticeKind.OutcomeReportDue,
            _ => NoticeKind.OutcomeReportLate,
        };
        var to = NoticeRecipients.ToOffice(nameof(Office.SchoolUnionChair), session.SchoolId);
        var args = new Dictionary<string, string>
        {
            ["organisation"] = organisations.Find(session.SchoolId)?.Name ?? "",
            ["term"] = session.TermNumber.ToString(CultureInfo.InvariantCulture),
            ["session"] = session.Number.ToString(CultureInfo.InvariantCulture),
        };
        var link = $"/congress/reports/{session.Id}/{kind.ToString().ToLowerInvariant()}";
        return Mail.Notice.Of(code, null, to, args, link, now, mark.Due);
    }
}

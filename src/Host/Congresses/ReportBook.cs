using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Administration;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Statistics;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

public enum ReportStanding
{
    /// <summary>More than the reminder's days are left.</summary>
    Open,

    /// <summary>Due within the days before which the school is reminded.</summary>
    Soon,
    Overdue,
    Submitted,
}

/// <summary>One report of one session in the district's list.</summary>
public sealed record ReportItem(
    CongressSession Session,
    string School,
    ReportKind Kind,
    DateOnly DueOn,
    ReportStanding Standing,
    DateTimeOffset? SubmittedAt
);

/// <summary>Reports of sessions to the district (domain §2.12): when they are due, what stands in them, who has sent his.</summary>
public sealed class ReportBook(
    EduUnionDb db,
    CongressBook congresses,
    CongressAccess access,
    OrganisationBook organisations,
    CalendarBook calendars,
    RuleBook rules,
    StatisticsBook statistics,
    AdminLog log,
    TimeProvider time
)
{
    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    /// <summary>
    /// <c>report.pre_wd</c> working days before the session opens, <c>report.post_wd</c> after its last day, which does not
    /// count.
    /// </summary>
    public async Task<DateOnly> DueOnAsync(CongressSession session, ReportKind kind, CancellationToken cancellation)
    {
        var calendar = await calendars.ForAsync(session.SchoolId, cancellation);
        var ruled = await rules.ForAsync(session.SchoolId, time.GetUtcNow(), cancellation);
        return kind == ReportKind.Before
            ? calendar.BackWorkdays(session.OpensOn, ruled.Number("report.pre_wd"))
            : calendar.AddWorkdays(session.LastDay, ruled.Number("report.post_wd"));
    }

    /// <summary>The report; null = nobody has written anything yet.</summary>
    public Task<SessionReport?> FindAsync(Guid session, ReportKind kind, CancellationToken cancellation) =>
        db.Set<SessionReport>()
            .AsNoTracking()
            .SingleOrDefaultAsync(r => r.SessionId == session && r.Kind == kind, cancellation);

    /// <summary>The session's motions on this day (domain §2.10: S, F, and those that became opinions or were rejected).</summary>
    public async Task<MotionCount> CountAsync(Guid session, CancellationToken cancellation)
    {
        if (await congresses.FindSessionAsync(session, cancellation) is not { } counted)
            return new(0, 0, 0, 0);
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var motions = await statistics.CountAsync([counted], today, cancellation);
        return new(
            motions[TallyKind.Submitted].Count,
            motions[TallyKind.Filed].Count,
            motions[TallyKind.Opinions].Count,
            motions[TallyKind.Rejected].Count
        );
    }

    /// <summary>
    /// Keeps a draft of the report. Refusals: <c>session.unknown</c> (404, also for who does not prepare it) and those of
    /// <see cref="SessionReport.Prepare"/>.
    /// </summary>
    public Task<Outcome<SessionReport>> PrepareAsync(
        Guid session,
        ReportKind kind,
        ReportFields fields,
        int seen,
        Guid by,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            session,
            kind,
            by,
            (report, known, votes) => Task.FromResult(report.Prepare(votes(fields), seen, by, time.GetUtcNow())),
            cancellation
        );

    /// <summary>
    /// Sends the report to the district. Refusals: <c>session.unknown</c> (404), <c>report.chair-only</c> (403), and those of
    /// <see cref="SessionReport.Submit"/>.
    /// </summary>
    public Task<Outcome<SessionReport>> SubmitAsync(
        Guid session,
        ReportKind kind,
        ReportFields fields,
        int seen,
        Guid by,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            session,
            kind,
            by,
            async (report, known, votes) =>
            {
                if (!await access.ChairsAsync(by, known.SchoolId, cancellation))
                    return Refusal.Forbidden("report.chair-only");
                var motions = await CountAsync(session, cancellation);
                var refused = report.Submit(votes(fields), motions, known.LastDay, Today, seen, by, time.GetUtcNow());
                if (refused is null)
                    log.Add(
                        by,
                        "report.submitted",
                        $"{organisations.Find(known.SchoolId)?.Name} {known.TermNumber}-{known.Number}",
                        kind.ToString()
                    );
                return refused;
            },
            cancellation
        );

    /// <summary>Both reports of these sessions, those that want something first, then by due day.</summary>
    public async Task<IReadOnlyList<ReportItem>> ListAsync(
        IReadOnlyCollection<Guid> schools,
        DateOnly since,
        CancellationToken cancellation
    )
    {
        var sessions = (await congresses.SessionsAsync(schools, cancellation)).Where(s => s.OpensOn >= since).ToList();
        var ids = sessions.Select(s => s.Id).ToList();
        var sent = (
            await db.Set<SessionReport>()
                .AsNoTracking()
                .Where(r => ids.Contains(r.SessionId) && r.SubmittedAt != null)
                .Select(r => new
                {
                    r.SessionId,
                    r.Kind,
                    r.SubmittedAt,
                })
                .ToListAsync(cancellation)
        ).ToDictionary(r => (r.SessionId, r.Kind), r => r.SubmittedAt);
        var items = new List<ReportItem>();
        foreach (var session in sessions)
        foreach (var kind in Enum.GetValues<ReportKind>())
            items.Add(await ItemAsync(session, kind, sent.GetValueOrDefault((session.Id, kind)), cancellation));
        return
        [
            .. items
                .OrderBy(i => i.Standing == ReportStanding.Submitted)
                .ThenBy(i => i.DueOn)
                .ThenBy(i => i.School, StringComparer.Ordinal)
                .ThenBy(i => i.Kind),
        ];
    }

    private async Task<ReportItem> ItemAsync(
        CongressSession session,
        ReportKind kind,
        DateTimeOffset? submitted,
        CancellationToken cancellation
    ) =>
        new(
            session,
            organisations.Find(session.SchoolId)?.Name ?? "",
            kind,
            await DueOnAsync(session, kind, cancellation),
            await StandingAsync(session, kind, submitted, cancellation),
            submitted
        );

    public async Task<ReportStanding> StandingAsync(
        CongressSession session,
        ReportKind kind,
        DateTimeOffset? submitted,
        CancellationToken cancellation
    )
    {
        var due = await DueOnAsync(session, kind, cancellation);
        var calendar = await calendars.ForAsync(session.SchoolId, cancellation);
        var ruled = await rules.ForAsync(session.SchoolId, time.GetUtcNow(), cancellation);
        var soon = ClockFace.LadderOf("report", ruled).Before.DefaultIfEmpty(0).Max();
        return submitted is not null ? ReportStanding.Submitted
            : due < Today ? ReportStanding.Overdue
            : calendar.BackWorkdays(due, soon) <= Today ? ReportStanding.Soon
            : ReportStanding.Open;
    }

    private async Task<Outcome<SessionReport>> ChangeAsync(
        Guid sessionId,
        ReportKind kind,
        Guid by,
        Func<SessionReport, CongressSession, Func<ReportFields, ReportFields>, Task<Refusal?>> change,
        CancellationToken cancellation
    )
    {
        var session = await congresses.FindSessionAsync(sessionId, cancellation);
        if (session is null || !await access.PreparesAsync(by, session.SchoolId, cancellation))
            return Refusal.Missing("session.unknown");
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockSessionAsync(sessionId, cancellation);
        var report = await db.Set<SessionReport>()
            .SingleOrDefaultAsync(r => r.SessionId == sessionId && r.Kind == kind, cancellation);
        if (report is null)
            db.Add(report = NewReport(session, kind, time.GetUtcNow()));
        var ruled = await rules.ForAsync(session.SchoolId, time.GetUtcNow(), cancellation);
        var (present, strict) = (ruled.Text("vote.base") == "PRESENT", ruled.Flag("vote.strict"));
        if (await change(report, session, fields => Counted(fields, present, strict)) is { } refused)
        {
            db.ChangeTracker.Clear();
            return refused;
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return report;
    }

    internal static SessionReport NewReport(CongressSession session, ReportKind kind, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            SessionId = session.Id,
            Kind = kind,
        };

    /// <summary>Whether a resolution is carried is counted, not typed (domain §2.1, parameters <c>vote.base</c>, <c>vote.strict</c>).</summary>
    private static ReportFields Counted(ReportFields fields, bool present, bool strict)
    {
        var of = (present ? fields.Attended : fields.Representatives) ?? 0;
        return fields with
        {
            Resolutions =
            [
                .. fields.Resolutions.Select(r =>
                    r with
                    {
                        Base = of,
                        Passed = of > 0 && (strict ? 2L * r.For > of : 2L * r.For >= of),
                    }
                ),
            ],
        };
    }
}

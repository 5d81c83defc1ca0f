using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Congresses;

/// <summary>The session opens on 25 March 2026: reports are due on 11 March and on 9 April (清明 on 6 April).</summary>
public sealed class ReportTests
{
    private static readonly ReportFields Full = new()
    {
        Staff = 120,
        Representatives = 40,
        Teachers = 20,
        Women = 22,
        Attended = 38,
        Agenda = "审议学校工作报告。",
        Resolutions = [new("绩效工资方案", 20, 10, 8, 0, true), new("工作报告", 21, 0, 0, 0, false)],
        AppraisalHeld = true,
    };

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task EveryMark_IsToldOnceToTheChair_UntilTheReportIsSent(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        for (var day = new DateOnly(2026, 3, 2); day <= new DateOnly(2026, 4, 10); day = day.AddDays(1))
        {
            await play.Stage.MoveToAsync(day, new(9, 0), default);
            await Task.WhenAll(RunAsync<ReportNotices>(play), RunAsync<ReportNotices>(play));
            if (day == new DateOnly(2026, 4, 8))
                Assert.True((await SubmitAsync(play, "工会主席", ReportKind.After)).IsOk);
        }

        Assert.Equal(
            [
                ("N18.before", new DateOnly(2026, 3, 6)),
                ("N18.beforeLate", new(2026, 3, 12)),
                ("N18.after", new(2026, 4, 3)),
            ],
            (await NoticesAsync(play, "N18")).Select(n => (n.Kind, ChinaTime.DateOf(n.At)))
        );
        Assert.All(
            await NoticesAsync(play, "N18"),
            n => Assert.Equal(play.Town.SchoolId, Assert.Single(n.Recipients.Offices).Organisation)
        );
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task TheEndOfATerm_IsToldThreeTimes(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var end = await play.AskAsync(db => db.Set<CongressTerm>().Select(t => t.Until).SingleAsync());
        foreach (var left in new[] { 200, 180, 179, 91, 90, 31, 30, 0 })
        {
            play.Stage.Time.MoveTo(ChinaTime.At(end.AddDays(-left), new(9, 0)));
            await Task.WhenAll(RunAsync<TermNotices>(play), RunAsync<TermNotices>(play));
        }

        Assert.Equal(
            [180, 90, 30],
            (await NoticesAsync(play, "N19")).Select(n => end.DayNumber - ChinaTime.DateOf(n.At).DayNumber)
        );
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task SecretaryPrepares_ChairSends_ThenItIsReadOnly(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 26));

        Assert.True((await PrepareAsync(play, "秘书", new() { Staff = 120 })).IsOk);
        Assert.Equal("report.chair-only", (await SubmitAsync(play, "秘书", ReportKind.After, 1)).Refusal?.Code);
        Assert.Equal("session.unknown", (await PrepareAsync(play, "提案人", Full)).Refusal?.Code);
        Assert.Equal("report.stale", (await SubmitAsync(play, "工会主席", ReportKind.After)).Refusal?.Code);
        var sent = await SubmitAsync(play, "工会主席", ReportKind.After, 1);

        Assert.Equal(new MotionCount(0, 0, 0, 0), sent.Value.Fields.Motions);
        // More than half of all forty representatives, not of those present.
        Assert.Equal([(40, false), (40, true)], sent.Value.Fields.Resolutions.Select(r => (r.Base, r.Passed)));
        Assert.Equal("report.submitted", (await PrepareAsync(play, "秘书", Full, 2)).Refusal?.Code);
        var listed = await play.Stage.WithAsync<ReportBook, IReadOnlyList<ReportItem>>(b =>
            b.ListAsync([play.Town.SchoolId], new(2026, 1, 1), default)
        );
        Assert.Equal(
            [
                (ReportKind.Before, ReportStanding.Overdue, new DateOnly(2026, 3, 11)),
                (ReportKind.After, ReportStanding.Submitted, new(2026, 4, 9)),
            ],
            listed.Select(i => (i.Kind, i.Standing, i.DueOn))
        );
    }

    [Fact]
    public async Task AReportOnASessionThatIsNotOver_IsRefused()
    {
        await using var play = await Play.OpenAsync(Provider.Sqlite, new(2026, 3, 24));

        Assert.Equal("report.too-early", (await SubmitAsync(play, "工会主席", ReportKind.After)).Refusal?.Code);
        Assert.True((await SubmitAsync(play, "工会主席", ReportKind.Before)).IsOk);
    }

    private static Task<Outcome<SessionReport>> PrepareAsync(
        Play play,
        string who,
        ReportFields fields,
        int seen = 0
    ) =>
        play.Stage.WithAsync<ReportBook, Outcome<SessionReport>>(b =>
            b.PrepareAsync(play.Town.SessionId, ReportKind.After, fields, seen, play.Town[who].Id, default)
        );

    private static Task<Outcome<SessionReport>> SubmitAsync(Play play, string who, ReportKind kind, int seen = 0) =>
        play.Stage.WithAsync<ReportBook, Outcome<SessionReport>>(b =>
            b.SubmitAsync(
                play.Town.SessionId,
                kind,
                kind == ReportKind.After ? Full : Full with { Attended = null, Resolutions = [], AppraisalHeld = null },
                seen,
                play.Town[who].Id,
                default
            )
        );

    private static Task<int> RunAsync<TJob>(Play play)
        where TJob : EduUnion.Host.Jobs.IJob => play.Stage.WithAsync<TJob, int>(j => j.RunAsync(default));

    private static Task<List<Notice>> NoticesAsync(Play play, string kind) =>
        play.AskAsync(db =>
            db.Set<Notice>().AsNoTracking().Where(n => n.Kind.StartsWith(kind)).OrderBy(n => n.At).ToListAsync()
        );
}

using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Jobs;

/// <summary>The week of Monday 2 to Sunday 8 March 2026, told on Monday the 9th.</summary>
public sealed class AuditDigestTests
{
    private static readonly DateTimeOffset Week = ChinaTime.At(new(2026, 3, 2), TimeOnly.MinValue);

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task TheWeek_IsCountedAndToldOnceOnMonday(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var running = district.Running;
        var caseId = await district.DraftAsync();
        await running.InDatabaseAsync(db =>
        {
            foreach (var at in new[] { Week.AddTicks(-1), Week, Week.AddDays(7).AddTicks(-1), Week.AddDays(7) })
            {
                db.Add(Line(caseId, at, "aid.survey", "recuse"));
                db.Add(Line(caseId, at, "aid.survey", "record"));
                db.Add(Act(at, AdminLogLine.LockedOut));
                db.Add(Act(at, "member" + AdminLogLine.Exported));
                db.Add(Act(at, "office.granted"));
                db.Add(View(caseId, at));
            }
            db.Add(Line(caseId, Week.AddDays(3), "assessment.recuse", null));
            return db.SaveChangesAsync();
        });
        running.Time.SetUtcNow(ChinaTime.At(new(2026, 3, 9), new(8, 29)));
        Assert.Equal(0, await RunAsync(running));
        running.Time.SetUtcNow(ChinaTime.At(new(2026, 3, 9), new(8, 30)));

        Assert.Equal(1, (await Task.WhenAll(RunAsync(running), RunAsync(running))).Sum());
        running.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await RunAsync(running));

        var told = Assert.Single(await NoticesAsync(running));
        Assert.Equal([new(nameof(Office.Auditor), DemoDistrict.DistrictId)], told.Recipients.Offices);
        Assert.Equal(("2026-03-02", "2026-03-08"), (told.Args["from"], told.Args["until"]));
        string[] figures = ["recusals", "unmaskings", "lockouts", "exports"];
        Assert.Equal(["3", "2", "2", "2"], figures.Select(f => told.Args[f]));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task FiveWrongPasswords_AreOneLockOfTheLog(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var client = running.Browser();
        for (var guess = 0; guess < 7; guess++)
            await Running.AskTokenAsync(client, "caiwu1", $"wrong {guess}");

        await running.InDatabaseAsync(async db =>
        {
            var line = await db.Set<AdminLogLine>().SingleAsync(l => l.Act == AdminLogLine.LockedOut);
            Assert.Equal(("沈秋实", (Guid?)null), (line.Subject, line.ActorId));
        });
    }

    private static async Task<int> RunAsync(Running running)
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuditDigest>().RunAsync(default);
    }

    private static async Task<List<Notice>> NoticesAsync(Running running)
    {
        List<Notice> told = [];
        await running.InDatabaseAsync(async db =>
            told = await db.Set<Notice>().AsNoTracking().Where(n => n.Kind == "A14.digest").ToListAsync()
        );
        return told;
    }

    private static int _sequence = 1000;

    private static JournalLine Line(Guid caseId, DateTimeOffset at, string act, string? outcome) =>
        new()
        {
            CaseId = caseId,
            Sequence = Interlocked.Increment(ref _sequence),
            At = at,
            Act = act,
            Outcome = outcome,
            Salt = [],
            Commitment = [],
            Mac = [],
        };

    private static AdminLogLine Act(DateTimeOffset at, string act) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            At = at,
            Act = act,
            Subject = "",
            Text = "",
        };

    private static SensitiveView View(Guid caseId, DateTimeOffset at) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            CaseId = caseId,
            ViewerId = DemoDistrict.MemberId("xiaozhuxi"),
            Field = "identity",
            Purpose = ViewPurpose.Check,
            Reason = "sealed",
            At = at,
        };
}

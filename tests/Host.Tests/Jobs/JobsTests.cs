using System.Net;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Tests.People;
using Hangfire;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Jobs;

public sealed class JobsTests
{
    [Fact]
    public async Task EveryJob_IsOnTheTimetableAndCanBeMade()
    {
        await using var running = new Running(jobs: true);
        _ = running.Services;

        var timetable = running.Services.GetRequiredService<JobStorage>().GetConnection().GetRecurringJobs();

        Assert.Equal(
            [
                "announcements",
                "audit-digest",
                "checkpoints",
                "clocks",
                "collection-moves",
                "contact-reminders",
                "expired-requests",
                "fund-watch",
                "mandates",
                "meeting-calls",
                "mutual-aid-calendar",
                "office-readdressing",
                "old-drafts",
                "outbox",
                "progress",
                "replanning",
                "report-notices",
                "retention",
                "signals",
                "term-notices",
                "verification-campaigns",
            ],
            timetable.Select(j => j.Id).Order(StringComparer.Ordinal)
        );
        await using var scope = running.Services.CreateAsyncScope();
        Assert.All(timetable, j => ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, j.Job.Type));
    }

    [Fact]
    public async Task Answers_AreForgottenAfterSevenDays()
    {
        await using var running = new Running();
        var now = running.Time.GetUtcNow();
        await running.InDatabaseAsync(db =>
        {
            db.AddRange(Answer("old", now.AddDays(-7).AddSeconds(-1)), Answer("kept", now.AddDays(-7)));
            return db.SaveChangesAsync();
        });

        await using (var scope = running.Services.CreateAsyncScope())
            Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<ExpiredRequests>().RunAsync(default));

        await running.InDatabaseAsync(async db => Assert.Equal("kept", (await db.Set<RequestRow>().SingleAsync()).Key));
    }

    [Fact]
    public async Task HangfiresDashboard_IsNotServed()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("admin");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/jobs")).StatusCode);
        foreach (var path in new[] { "/admin/jobs/recurring", "/hangfire", "/hangfire/recurring" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).StatusCode);
    }

    private static RequestRow Answer(string key, DateTimeOffset at) =>
        new()
        {
            MemberId = Guid.Empty,
            Key = key,
            BodyHash = [],
            Answer = "{}",
            At = at,
        };
}

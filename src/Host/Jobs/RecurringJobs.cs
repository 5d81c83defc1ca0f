using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Congresses;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Retention;
using Hangfire;

namespace EduUnion.Host.Jobs;

/// <summary>
/// The timetable, written down at each start. Times are UTC; nothing here depends on the hour, the jobs themselves know
/// the legal dates.
/// </summary>
internal sealed class RecurringJobs(IRecurringJobManager jobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Add<ClockSweep>("clocks", Cron.Minutely());
        Add<Outbox>("outbox", Cron.Minutely());
        Add<Announcements>("announcements", Cron.Minutely());
        Add<ClockReplanning>("replanning", Cron.Minutely());
        Add<SignalSweep>("signals", Cron.Minutely());
        Add<MandateSweep>("mandates", Cron.Hourly());
        Add<ProgressRequests>("progress", Cron.Daily());
        Add<Checkpoints>("checkpoints", Cron.Hourly());
        Add<ExpiredRequests>("expired-requests", Cron.Daily());
        Add<OldDrafts>("old-drafts", Cron.Daily());
        Add<CollectionMoves>("collection-moves", Cron.Minutely());
        Add<ReportNotices>("report-notices", Cron.Minutely());
        Add<TermNotices>("term-notices", Cron.Hourly());
        Add<RetentionSweep>("retention", Cron.Daily());
        Add<AuditDigest>("audit-digest", Cron.Hourly(30));
        Add<MutualAidCalendar>("mutual-aid-calendar", Cron.Hourly());
        Add<FundWatch>("fund-watch", Cron.Minutely());
        Add<MeetingCalls>("meeting-calls", Cron.Hourly());
        Add<ContactReminders>("contact-reminders", Cron.Hourly());
        Add<VerificationCampaigns>("verification-campaigns", Cron.Hourly());
        Add<OfficeReaddressing>("office-readdressing", Cron.Minutely());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Add<TJob>(string id, string cron)
        where TJob : IJob => jobs.AddOrUpdate<Alarm<TJob>>(id, alarm => alarm.RingAsync(CancellationToken.None), cron);
}

using EduUnion.Host.Definitions;
using EduUnion.Host.Persistence;
using Hangfire;
using Hangfire.PostgreSql;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Hangfire is the alarm clock and nothing more: its records live beside ours on PostgreSQL, so that the nodes share the
/// timetable, and in memory otherwise. Losing all of them loses nothing.
/// </summary>
public static class JobsSetup
{
    private const string Setting = "Jobs:Enabled";
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    /// <summary>What the jobs do, without anything that starts them.</summary>
    public static IServiceCollection AddChores(this IServiceCollection services)
    {
        services.AddScoped<ExpiredRequests>().AddScoped<OldDrafts>();
        services.AddScoped<AuditDigest>().AddScoped<MutualAidCalendar>().AddScoped<FundWatch>();
        services.AddScoped<MeetingCalls>().AddScoped<ContactReminders>();
        services.AddScoped<VerificationCampaigns>().AddScoped<OfficeReaddressing>();
        return services.AddSingleton<JobLog>().AddScoped<JobBook>();
    }

    /// <exception cref="StartRefused">Jobs:Enabled is neither true nor false.</exception>
    public static IServiceCollection AddJobs(
        this IServiceCollection services,
        IConfiguration configuration,
        DatabaseOptions database
    )
    {
        services.AddChores();
        services.AddHangfire(hangfire =>
        {
            hangfire
                .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
                .UseSimpleAssemblyNameTypeSerializer()
                .UseRecommendedSerializerSettings();
            // A tick a minute and job: a day of them would be thousands of entries that nobody reads.
            if (database.IsPostgres)
                hangfire
                    .UsePostgreSqlStorage(
                        postgres => postgres.UseNpgsqlConnection(database.ConnectionString),
                        new PostgreSqlStorageOptions
                        {
                            // A node that dies gives its job back after half a minute, a living one keeps it.
                            UseSlidingInvisibilityTimeout = true,
                            InvisibilityTimeout = TimeSpan.FromSeconds(30),
                            // So long the timetable stands still for everybody when a node dies while it is reading it;
                            // the default is ten minutes. Two who read it at once start a job twice, which every job bears.
                            DistributedLockTimeout = TimeSpan.FromSeconds(15),
                            EnableLongPolling = true,
                            QueuePollInterval = TimeSpan.FromSeconds(1),
                        }
                    )
                    .WithJobExpirationTimeout(Kept);
            else
                hangfire.UseInMemoryStorage().WithJobExpirationTimeout(Kept);
        });
        if (!IsEnabled(configuration))
            return services;
        services
            .AddHostedService<PulseLoop>()
            .AddHostedService<RecurringJobs>()
            .AddHostedService<OutboxLoop>()
            .AddHostedService<DefinitionWatch>();
        return services.AddHangfireServer(server =>
        {
            server.WorkerCount = 4;
            server.HeartbeatInterval = TimeSpan.FromSeconds(5);
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
        });
    }

    private static bool IsEnabled(IConfiguration configuration) =>
        bool.TryParse(configuration[Setting] ?? bool.TrueString, out var enabled)
            ? enabled
            : throw new StartRefused($"{Setting} is neither true nor false.");
}

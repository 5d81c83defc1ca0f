using EduUnion.Host.Pages.Aid.Apply;

namespace EduUnion.Host.Pages.Aid;

public static class PagesSetup
{
    /// <summary>What the pages of an application read and do.</summary>
    public static IServiceCollection AddAidPages(this IServiceCollection services) =>
        services
            .AddScoped<AidViews>()
            .AddScoped<AidList>()
            .AddScoped<ApprovalBriefs>()
            .AddScoped<StandingWork>()
            .AddScoped<SchoolPeople>()
            .AddScoped<ApplyDesk>()
            .AddScoped<Tasks.AidTasks>();
}

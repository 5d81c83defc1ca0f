namespace EduUnion.Host.Statistics;

public static class StatisticsSetup
{
    public static IServiceCollection AddStatistics(this IServiceCollection services) =>
        services
            .AddScoped<StatisticsScopes>()
            .AddScoped<StatisticsBook>()
            .AddScoped<AidStatisticsBook>()
            .AddScoped<Breakdowns>()
            .AddScoped<FigureCases>()
            .AddScoped<Pages.Statistics.ScopeWords>();
}

namespace EduUnion.Host.Seeds;

public static class SeedSetup
{
    public static IServiceCollection AddSeeds(this IServiceCollection services) =>
        services
            .AddScoped<ShippedParameters>()
            .AddScoped<ShippedCalendar>()
            .AddScoped<DemoDistrict>()
            .AddScoped<FirstStart>();
}

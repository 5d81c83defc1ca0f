namespace EduUnion.Host.Congresses;

public static class CongressSetup
{
    public static IServiceCollection AddCongresses(this IServiceCollection services) =>
        services.AddScoped<CongressBook>().AddScoped<Announcements>();
}

namespace EduUnion.Host.Motions;

public static class DeskSetup
{
    /// <summary>The representative's home, the department's desk and its answer templates.</summary>
    public static IServiceCollection AddDesks(this IServiceCollection services) =>
        services
            .AddSingleton<Blocks>()
            .AddScoped<RepresentativeHome>()
            .AddScoped<DepartmentCases>()
            .AddScoped<DepartmentLoad>()
            .AddScoped<AnswerTemplates>();
}

namespace EduUnion.Host.Parameters;

public static class ParameterSetup
{
    public static IServiceCollection AddParameters(this IServiceCollection services) =>
        services
            .AddSingleton(_ => ParameterCatalogue.Shipped())
            .AddSingleton<RuleRows>()
            .AddSingleton<ParameterWords>()
            .AddScoped<RuleBook>()
            .AddScoped<ParameterScopes>()
            .AddScoped<ParameterBook>();
}

namespace EduUnion.Host.Organisations;

public static class OrganisationSetup
{
    public static IServiceCollection AddOrganisations(this IServiceCollection services) =>
        services.AddSingleton<OrganisationTree>().AddScoped<OrganisationBook>();
}

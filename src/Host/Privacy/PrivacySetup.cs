using EduUnion.Host.Relations;

namespace EduUnion.Host.Privacy;

public static class PrivacySetup
{
    /// <summary>The vault, and what protects sensitive data beside it.</summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services, KeyRing ring) =>
        services.AddSingleton(ring).AddSingleton<Vault>().AddScoped<RelationBook>().AddScoped<RelationChanges>();
}

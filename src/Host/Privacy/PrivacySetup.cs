using EduUnion.Host.Attachments;
using EduUnion.Host.Relations;
using EduUnion.Host.Retention;

namespace EduUnion.Host.Privacy;

public static class PrivacySetup
{
    /// <summary>The vault, and what protects sensitive data beside it.</summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services, KeyRing ring) =>
        services
            .AddSingleton(ring)
            .AddSingleton<Vault>()
            .AddScoped<Resealing>()
            .AddScoped<RelationBook>()
            .AddScoped<RelationChanges>()
            .AddScoped<UnmaskCommands>()
            .AddScoped<SensitiveViews>()
            .AddSingleton<ConsentTexts>()
            .AddScoped<RetentionSweep>()
            .AddScoped<RetentionBook>()
            .AddAttachments();
}

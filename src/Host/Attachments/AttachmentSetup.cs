using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EduUnion.Host.Attachments;

public static class AttachmentSetup
{
    /// <summary>The documents of cases; a registered <see cref="IAttachmentAccess"/> says who may read and add.</summary>
    public static IServiceCollection AddAttachments(this IServiceCollection services)
    {
        services.TryAddScoped<IAttachmentAccess, StarterOnly>();
        return services
            .AddScoped<AttachmentBook>()
            .AddScoped<AttachmentCommands>()
            .AddScoped<AttachmentLooks>()
            .AddScoped<AttachmentPanels>();
    }
}

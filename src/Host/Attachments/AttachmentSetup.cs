namespace EduUnion.Host.Attachments;

public static class AttachmentSetup
{
    /// <summary>The documents of cases; each kind that has some registers an <see cref="IAttachmentAccess"/>.</summary>
    public static IServiceCollection AddAttachments(this IServiceCollection services) =>
        services
            .AddScoped<CaseDocuments>()
            .AddScoped<AttachmentBook>()
            .AddScoped<AttachmentCommands>()
            .AddScoped<AttachmentLooks>()
            .AddScoped<AttachmentPanels>();
}

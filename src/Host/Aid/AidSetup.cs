using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Documents.Aid;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.Aid;

public static class AidSetup
{
    /// <summary>Hardship aid: its kinds of cases and what may be done to them.</summary>
    public static IServiceCollection AddAid(this IServiceCollection services) =>
        services
            .AddScoped<AidFiles>()
            .AddScoped<AidTraces>()
            .AddScoped<NoticeBoard>()
            .AddScoped<MeetingBook>()
            .AddScoped<AidCases>()
            .AddScoped<ObjectionCases>()
            .AddScoped<VerificationCases>()
            .AddScoped<ICaseKind>(s => s.GetRequiredService<AidCases>())
            .AddScoped<ICaseKind>(s => s.GetRequiredService<ObjectionCases>())
            .AddScoped<ICaseKind>(s => s.GetRequiredService<VerificationCases>())
            .AddScoped<AidAccess>()
            .AddScoped<IAttachmentAccess, AidDocuments>()
            .AddScoped<AidDuty>()
            .AddScoped<AidCommands>()
            .AddScoped<AidLifeCommands>()
            .AddScoped<ObjectionCommands>()
            .AddScoped<MeetingCommands>()
            .AddScoped<MeetingViews>()
            .AddScoped<NoticeViews>()
            .AddScoped<FileViews>()
            .AddScoped<FileCommands>()
            .AddScoped<ObjectionReceipts>()
            .AddScoped<AidPapers>()
            .AddScoped<AidPaperReader>()
            .AddScoped<VerificationCommands>()
            .AddScoped<HouseholdLinks>()
            .AddScoped<FileRetention>()
            .AddScoped<ISensitiveFields, AidSecrets>()
            .AddScoped<ISensitiveFields, ObjectionSecrets>()
            .AddScoped<ISensitiveFields, VerificationSecrets>()
            .AddScoped<ReplacementCommands>()
            .AddScoped<MeetingCheck>()
            .AddScoped<Pulse>()
            .AddSingleton<AnonymousLimit>();
}

using EduUnion.Host.Documents.Motions;

namespace EduUnion.Host.Documents;

public static class DocumentSetup
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) =>
        services
            .AddScoped<MotionFactBook>()
            .AddScoped<MotionPapers>()
            .AddScoped<MotionRegister>()
            .AddScoped<MotionReport>();
}

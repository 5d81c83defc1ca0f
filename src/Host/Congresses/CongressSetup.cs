using EduUnion.Host.Administration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EduUnion.Host.Congresses;

public static class CongressSetup
{
    public static IServiceCollection AddCongresses(this IServiceCollection services)
    {
        services.TryAddScoped<AdminLog>();
        return services
            .AddScoped<CongressBook>()
            .AddScoped<Announcements>()
            .AddScoped<CongressAccess>()
            .AddScoped<TermChanges>()
            .AddScoped<SessionChanges>()
            .AddScoped<CollectionMoves>()
            .AddScoped<DelegationChanges>()
            .AddScoped<RepresentativeChanges>()
            .AddScoped<RepresentativeImport>()
            .AddScoped<ReportBook>()
            .AddScoped<ReportNotices>()
            .AddScoped<TermNotices>();
    }
}

using EduUnion.Host.Persistence;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EduUnion.Host.Operations;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it may be given work.</summary>
public static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddScoped<Backup>();
        services.AddHealthChecks().AddCheck<DatabaseReady>("database");
        return services;
    }

    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        return app;
    }

    /// <summary>
    /// Reachable, migrated, and not changed by a later program in a way that this one cannot live with; the answer names no
    /// place and no cause, anybody may ask.
    /// </summary>
    private sealed class DatabaseReady(EduUnionDb db) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        ) =>
            await db.Database.CanConnectAsync(cancellationToken)
            && !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any()
            && await db.NarrowedByAsync(cancellationToken) is null
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy();
    }
}

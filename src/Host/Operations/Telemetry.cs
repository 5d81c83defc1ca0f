using System.Net;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EduUnion.Host.Operations;

/// <summary>
/// Figures at <c>/metrics</c> in the text format of Prometheus, and traces to a collector where one is named by the usual
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Neither holds personal data: no parameters of statements, no query strings.
/// </summary>
public static class Telemetry
{
    private const string Path = "/metrics";
    private const string Token = "Metrics:Token";
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>What counts and what is counted, without anything that publishes it.</summary>
    public static IServiceCollection AddMeasures(this IServiceCollection services) =>
        services.AddMetrics().AddSingleton<Standing>().AddSingleton<Measures>();

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMeasures();
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("eduunion"))
            .WithMetrics(m =>
                m.AddMeter(
                        Measures.Name,
                        "Microsoft.AspNetCore.Hosting",
                        "Microsoft.AspNetCore.Server.Kestrel",
                        "Npgsql",
                        "System.Runtime"
                    )
                    .AddView(
                        "eduunion.steps",
                        new ExplicitBucketHistogramConfiguration
                        {
                            Boundaries = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
                        }
                    )
                    .AddPrometheusExporter()
            );
        if (configuration[Collector] is not null)
            telemetry.WithTracing(t =>
                t.AddSource(Measures.Name)
                    .AddAspNetCoreInstrumentation(o =>
                        o.EnrichWithHttpResponse = (span, answer) =>
                            span.SetTag("url.path", PlaceOf(answer.HttpContext))
                    )
                    .AddNpgsql()
                    .AddOtlpExporter()
            );
        return services;
    }

    /// <summary>
    /// Open to programs on this machine, and elsewhere to whoever shows the token; a caller that a proxy brought is not of
    /// this machine. To everybody else the page does not exist.
    /// </summary>
    public static WebApplication UseMetrics(this WebApplication app)
    {
        var token = app.Configuration[Token];
        // Its gauges exist from the start on, not from the first step.
        app.Services.GetRequiredService<Measures>();
        app.UseWhen(
            http => http.Request.Path == Path,
            metrics =>
            {
                metrics.Use(
                    async (http, next) =>
                    {
                        if (!MayRead(http, token))
                        {
                            http.Response.StatusCode = StatusCodes.Status404NotFound;
                            return;
                        }
                        await http.RequestServices.GetRequiredService<Standing>().LookAsync(http.RequestAborted);
                        await next(http);
                    }
                );
                metrics.UseOpenTelemetryPrometheusScrapingEndpoint();
            }
        );
        return app;
    }

    /// <summary>
    /// Where a request went, for logs and traces: the route and not the address, for the address of a calendar is itself
    /// the key to it.
    /// </summary>
    public static string PlaceOf(HttpContext http) =>
        (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    private static bool MayRead(HttpContext http, string? token)
    {
        if (
            token is not null
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()),
                Encoding.UTF8.GetBytes($"Bearer {token}")
            )
        )
            return true;
        return http.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address)
            && !http.Request.Headers.ContainsKey("X-Forwarded-For")
            && !http.Request.Headers.ContainsKey("Forwarded");
    }
}

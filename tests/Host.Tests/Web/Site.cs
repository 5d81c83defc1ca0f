using EduUnion.Host.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EduUnion.Host.Tests.Web;

/// <summary>The site alone, without the database, served in memory.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app) => _app = app;

    public static async Task<Site> Start(string environment)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "EduUnion.Host",
                ContentRootPath = Path.Combine(Repository.Root, "src", "Host"),
                EnvironmentName = environment,
            }
        );
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddEduUnionWeb();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var app = builder.Build();
        app.UseEduUnionWeb();
        app.MapEduUnionWeb();
        app.MapGet("/fails", string () => throw new InvalidOperationException("on purpose"));
        app.MapPost("/conflict", () => Results.StatusCode(409));
        await app.StartAsync();
        return new Site(app);
    }

    /// <summary>Follows no redirects and keeps no cookies.</summary>
    public HttpClient Client()
    {
        var client = _app.GetTestClient();
        client.BaseAddress = new Uri("https://union.example");
        return client;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

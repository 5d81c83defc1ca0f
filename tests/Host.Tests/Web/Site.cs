using System.Net;
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

    /// <param name="port">Null: in memory. 0: on a free port of this machine, for a browser.</param>
    public static async Task<Site> Start(string environment, int? port = null)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "EduUnion.Host",
                ContentRootPath = Path.Combine(Repository.Root, "src", "Host"),
                EnvironmentName = environment,
            }
        );
        if (port is null)
            builder.WebHost.UseTestServer();
        else
            builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, port.Value));
        builder.Logging.ClearProviders();
        builder.Services.AddEduUnionWeb();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var app = builder.Build();
        app.UseEduUnionWeb();
        app.MapEduUnionWeb();
        app.MapGet("/fails", string () => throw new InvalidOperationException("on purpose"));
        app.MapPost("/conflict", () => Results.StatusCode(409));
        var site = new Site(app);
        app.MapPost("/drafts/sample", () => site.DraftsFail ? Results.StatusCode(503) : Results.NoContent());
        await app.StartAsync();
        return site;
    }

    /// <summary>The server takes no drafts, as while it restarts.</summary>
    public bool DraftsFail { get; set; }

    /// <summary>Where a browser finds it.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Follows no redirects and keeps no cookies.</summary>
    public HttpClient Client()
    {
        var client = _app.GetTestClient();
        client.BaseAddress = new Uri("https://union.example");
        return client;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

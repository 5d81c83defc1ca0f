using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.People;

/// <summary>Nothing is reachable by oversight: every endpoint says who may use it, or that anybody may.</summary>
public class EndpointPolicyTests
{
    /// <summary>
    /// The framework's own, only while the program is not published: finds style sheets added while it runs. The
    /// fallback policy closes it to strangers.
    /// </summary>
    private const string AddedStyleSheets = "Fallback {**path:file}";

    [Fact]
    public async Task EveryEndpoint_NamesAPolicyOrAllowsAnonymous()
    {
        await using var running = new Running();
        var endpoints = running.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Contains(endpoints, e => Route(e) == "/api/me");
        Assert.Contains(endpoints, e => Route(e) == "sign-in");
        Assert.Empty(endpoints.Where(IsUndecided).Select(e => e.DisplayName).Except([AddedStyleSheets]));
    }

    [Fact]
    public async Task AnEndpointThatSaysNothing_IsSeen_Canary()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();
        app.MapGet("/forgotten", () => "");
        app.MapGet("/anybody-signed-in", () => "").RequireAuthorization();
        app.MapGet("/open", () => "").AllowAnonymous();
        app.MapGet("/named", () => "").RequireAuthorization("member");

        var undecided = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).Where(IsUndecided);

        Assert.Equal(["/forgotten", "/anybody-signed-in"], undecided.Select(Route));
    }

    private static bool IsUndecided(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        && !endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is not null);

    private static string? Route(Endpoint endpoint) => (endpoint as RouteEndpoint)?.RoutePattern.RawText;
}

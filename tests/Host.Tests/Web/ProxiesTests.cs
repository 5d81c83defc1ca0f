using EduUnion.Host.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Web;

/// <summary>Whose word about the caller's address is taken.</summary>
public sealed class ProxiesTests
{
    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [InlineData("10.0.0.0/8, 127.0.0.0/8", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "127.0.0.1")]
    public async Task ForwardedAddress_IsBelievedOfNamedProxiesOnly(string? named, string seen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddProxies(Configuration(named));
        await using var app = builder.Build();
        app.UseForwardedHeaders();
        app.MapGet("/", (HttpContext http) => $"{http.Connection.RemoteIpAddress!.MapToIPv4()}");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        Assert.Equal(seen, await client.GetStringAsync("/"));
    }

    [Fact]
    public void NoAddress_StopsTheStart()
    {
        var refused = Assert.Throws<StartRefused>(() =>
            new ServiceCollection().AddProxies(Configuration("proxy.example"))
        );
        Assert.Contains("proxy.example", refused.Message);
    }

    private static IConfiguration Configuration(string? named) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Proxies", named)]).Build();
}

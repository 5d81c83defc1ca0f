using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace EduUnion.Host.Web;

/// <summary>
/// Whose word about the caller's address is taken: that of the proxies which the setting <c>Proxies</c> names. By default of
/// nobody, for anybody can send the header.
/// </summary>
public static class Proxies
{
    public static IServiceCollection AddProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var named = (configuration["Proxies"] ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Read)
            .ToList();
        return services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders =
                named.Count > 0
                    ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                    : ForwardedHeaders.None;
            // From the nearest outwards, as long as each is one of ours.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in named)
                options.KnownIPNetworks.Add(network);
        });
    }

    private static System.Net.IPNetwork Read(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address)
            ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new StartRefused($"Proxies: {text} is neither an address nor a network such as 10.0.0.0/8.");
}

using System.Net;
using System.Security.Cryptography;
using EduUnion.Domain.Calendar;

namespace EduUnion.Host.Aid;

/// <summary>
/// How many anonymous objections one address may file on one day. In the memory of this program only, under a hash whose
/// key is drawn at the start and again each day: neither a file nor a dump of yesterday tells who objected.
/// </summary>
public sealed class AnonymousLimit(TimeProvider time)
{
    public const int PerDay = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = [];
    private DateOnly _day;
    private byte[] _key = [];

    public bool Allows(IPAddress? address)
    {
        lock (_gate)
            return _counts.GetValueOrDefault(KeyOf(address)) < PerDay;
    }

    public void Count(IPAddress? address)
    {
        lock (_gate)
        {
            var key = KeyOf(address);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }
    }

    private string KeyOf(IPAddress? address)
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        if (today != _day)
        {
            (_day, _key) = (today, RandomNumberGenerator.GetBytes(32));
            _counts.Clear();
        }
        // Of an IPv6 address the network: its owner has as many of the rest as he likes.
        var bytes = (address ?? IPAddress.None).MapToIPv6().GetAddressBytes();
        var network = address
            is { IsIPv4MappedToIPv6: false, AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 }
            ? bytes[..8]
            : bytes;
        return Convert.ToHexString(HMACSHA256.HashData(_key, network));
    }
}

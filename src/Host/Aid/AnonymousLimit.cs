using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;

namespace EduUnion.Host.Aid;

/// <summary>
/// How many anonymous objections to one notice are taken from one address on one day: more than a school behind one address
/// has to say, fewer than a program sends. In the memory of this program only, under a hash whose key is drawn at the start
/// and again each day: neither a file nor a dump of yesterday tells who objected.
/// </summary>
public sealed class AnonymousLimit(TimeProvider time)
{
    public const int PerDay = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = [];
    private DateOnly _day;
    private byte[] _key = [];

    /// <summary>
    /// Files one if one of today's is left, else <c>objection.too-many</c>. What came to nothing counts for nothing: whoever
    /// is refused for want of a reason, or meets a broken program, may try again as often as he likes.
    /// </summary>
    public async Task<Outcome<T>> FileAsync<T>(Guid notice, IPAddress? address, Func<Task<Outcome<T>>> file)
    {
        if (!TryTake(notice, address))
            return Refusal.Because("objection.too-many");
        var filed = false;
        try
        {
            var done = await file();
            filed = done.IsOk;
            return done;
        }
        finally
        {
            if (!filed)
                GiveBack(notice, address);
        }
    }

    /// <summary>Takes one of today's; false when none is left. Asked and taken in one, so that many at once are not more.</summary>
    public bool TryTake(Guid notice, IPAddress? address)
    {
        lock (_gate)
        {
            var key = KeyOf(notice, address);
            var taken = _taken.GetValueOrDefault(key);
            if (taken >= PerDay)
                return false;
            _taken[key] = taken + 1;
            return true;
        }
    }

    private void GiveBack(Guid notice, IPAddress? address)
    {
        lock (_gate)
        {
            // Past midnight there is nothing left of it.
            var key = KeyOf(notice, address);
            if (_taken.TryGetValue(key, out var taken))
                _taken[key] = taken - 1;
        }
    }

    private string KeyOf(Guid notice, IPAddress? address)
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        if (today != _day)
        {
            (_day, _key) = (today, RandomNumberGenerator.GetBytes(32));
            _taken.Clear();
        }
        // Of an IPv6 address the network: its owner has as many of the rest as he likes.
        var bytes = (address ?? IPAddress.None).MapToIPv6().GetAddressBytes();
        var network = address is { IsIPv4MappedToIPv6: false, AddressFamily: AddressFamily.InterNetworkV6 }
            ? bytes[..8]
            : bytes;
        byte[] told = [.. notice.ToByteArray(), .. network];
        return Convert.ToHexString(HMACSHA256.HashData(_key, told));
    }
}

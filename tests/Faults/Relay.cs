using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace EduUnion.Faults;

/// <summary>
/// Stands between the program and its PostgreSQL as real sockets do, and cuts a connection at the worst moment: when the
/// COMMIT is on its way to the server and the answer is not yet back.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly DnsEndPoint _server;
    private readonly Task _accepting;
    private int _cut;

    private Relay(DnsEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>How often it has cut.</summary>
    public int Cuts { get; private set; }

    /// <param name="settings">Of the database; from now on they lead through the relay.</param>
    public static Relay Before(IDictionary<string, string?> settings)
    {
        const string Key = "ConnectionStrings:EduUnion";
        var direct = new NpgsqlConnectionStringBuilder(settings[Key]);
        var relay = new Relay(new DnsEndPoint(direct.Host!, direct.Port));
        settings[Key] = new NpgsqlConnectionStringBuilder(settings[Key])
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)relay._listener.LocalEndpoint).Port,
            // The relay must be able to read what goes by.
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ToString();
        return relay;
    }

    /// <summary>
    /// Cuts at the next COMMIT: after the server has answered it, or <paramref name="atOnce"/>, when nobody knows.
    /// </summary>
    public void CutNext(bool atOnce) => Interlocked.Exchange(ref _cut, atOnce ? 2 : 1);

    public void Spare() => Interlocked.Exchange(ref _cut, 0);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var all = new List<Task>();
        try
        {
            while (true)
                all.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(all);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, over.Token);
            client.NoDelay = server.NoDelay = true;
            var said = new Said();
            var there = ForwardAsync(client.GetStream(), server.GetStream(), said, over);
            var back = ReturnAsync(server.GetStream(), client.GetStream(), said, over);
            await Task.WhenAny(there, back);
            await over.CancelAsync();
            await Task.WhenAll(there, back);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // One side has hung up; the other finds that out by itself.
        }
        finally
        {
            // A reset and not a goodbye.
            client.Client.LingerState = new LingerOption(true, 0);
        }
    }

    /// <summary>What the program says, message by message, so that a COMMIT is seen.</summary>
    private async Task ForwardAsync(NetworkStream from, NetworkStream to, Said said, CancellationTokenSource over)
    {
        var head = new byte[5];
        var begun = false;
        while (true)
        {
            // The first message has no letter, only its length.
            var start = begun ? 0 : 1;
            await from.ReadExactlyAsync(head.AsMemory(start), over.Token);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
            await from.ReadExactlyAsync(body, over.Token);
            var cut = begun && IsCommit((char)head[0], body) ? Interlocked.Exchange(ref _cut, 0) : 0;
            said.Cut = cut != 0;
            await to.WriteAsync(head.AsMemory(start), over.Token);
            await to.WriteAsync(body, over.Token);
            begun = true;
            if (cut == 0)
                continue;
            Cuts++;
            if (cut == 2)
                return;
        }
    }

    /// <summary>What the server says; after a COMMIT that is to be cut, nothing of it.</summary>
    private static async Task ReturnAsync(NetworkStream from, NetworkStream to, Said said, CancellationTokenSource over)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, over.Token) is var count and > 0)
        {
            if (said.Cut)
                return;
            await to.WriteAsync(buffer.AsMemory(0, count), over.Token);
        }
    }

    private static bool IsCommit(char letter, byte[] body) =>
        letter is 'Q' or 'P'
        && Encoding.UTF8.GetString(body).Trim('\0').Equals("COMMIT", StringComparison.OrdinalIgnoreCase);

    /// <summary>What both directions of one connection must know.</summary>
    private sealed class Said
    {
        private volatile bool _cut;

        public bool Cut
        {
            get => _cut;
            set => _cut = value;
        }
    }
}

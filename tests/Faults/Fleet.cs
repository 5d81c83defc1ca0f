using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Faults;

/// <summary>Several programs on one PostgreSQL, each a process that can be killed and started again.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly HostProcess?[] _nodes;

    private Fleet(TestDatabase database, int nodes) => (_database, _nodes) = (database, new HostProcess?[nodes]);

    public int Count => _nodes.Length;

    /// <param name="program">The assembly of another version; null = the one that is tested.</param>
    public static async Task<Fleet> StartAsync(
        TestDatabase database,
        int nodes,
        CancellationToken cancellation,
        string? program = null
    )
    {
        var fleet = new Fleet(database, nodes);
        // The first prepares the database; two at once would be served as well, but the others would only wait.
        await fleet.StartAsync(0, cancellation, program);
        await Task.WhenAll(Enumerable.Range(1, nodes - 1).Select(n => fleet.StartAsync(n, cancellation, program)));
        return fleet;
    }

    /// <summary>The name under which a node's connections are known to the database.</summary>
    public static string NameOf(int node) => $"node{node}";

    /// <summary>A node that was up a moment ago.</summary>
    public Uri Any(Random chance)
    {
        lock (chance)
            while (true)
                if (_nodes[chance.Next(Count)] is { } node)
                    return node.Site;
    }

    /// <summary>Dead from this moment: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync(int node)
    {
        var dead = _nodes[node]!;
        dead.Kill();
        _nodes[node] = null;
        await dead.DisposeAsync();
    }

    /// <summary>As the operator does it: no new request comes, what is in hand is finished. Returns the exit code.</summary>
    public async Task<int> StopAsync(int node)
    {
        var over = _nodes[node]!;
        _nodes[node] = null;
        var code = await over.StopAsync();
        await over.DisposeAsync();
        return code;
    }

    public async Task StartAsync(int node, CancellationToken cancellation, string? program = null)
    {
        var settings = new Dictionary<string, string?>(_database.Settings);
        settings["ConnectionStrings:EduUnion"] += $";Application Name={NameOf(node)}";
        _nodes[node] = await HostProcess.StartAsync(settings, _database.DataDirectory, cancellation, program);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            if (node is not null)
                await node.DisposeAsync();
    }
}

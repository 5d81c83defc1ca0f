using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>
/// Reads a flowchart's connections in Elsa's three forms: <c>{source:{activity,port},target:{activity,port}}</c>,
/// <c>{source,target,sourcePort,targetPort}</c>, and either of them wrapped in <c>{"$values":[…]}</c>. Elsa drops unknown
/// targets silently; here they refuse the document.
/// </summary>
internal static class ConnectionReader
{
    public const string DefaultPort = "Done";

    public static ImmutableArray<Connection> Read(
        JsonElement flowchart,
        string path,
        ImmutableArray<Activity> children,
        Findings findings
    )
    {
        var known = children.Select(c => c.Id).ToHashSet();
        var connections = ImmutableArray.CreateBuilder<Connection>();
        foreach (var (json, i) in flowchart.Items("connections").Select((c, i) => (c, i)))
        {
            var (source, port) = End(json, "source");
            var (target, _) = End(json, "target");
            if (source is not null && target is not null && known.Contains(source) && known.Contains(target))
                connections.Add(new(source, port ?? DefaultPort, target));
            else
                findings.Add(
                    $"{path}/connections/{i}",
                    "connection.dangling",
                    $"The arrow from '{source}' to '{target}' does not join two activities of this flowchart."
                );
        }
        return connections.ToImmutable();
    }

    private static (string? Activity, string? Port) End(JsonElement json, string end) =>
        json.Child(end) is { ValueKind: JsonValueKind.Object } nested
            ? (nested.Text("activity"), nested.Text("port"))
            : (json.Text(end), json.Text($"{end}Port"));
}

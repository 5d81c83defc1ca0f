using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Engine;

/// <summary>Reads what <see cref="FamilyWriter"/> wrote.</summary>
internal static class FamilyReader
{
    public static Instance Instance(JsonElement json)
    {
        var instance = new Instance(json.GetProperty("id").GetGuid(), Frame(json.GetProperty("frame")))
        {
            Parent = json.TryGetProperty("parent", out var parent) ? parent.GetGuid() : null,
            ParentNode = json.TryGetProperty("waits", out var waits) ? waits.GetInt64() : 0,
            CorrelationId = json.TryGetProperty("correlation", out var correlation) ? correlation.GetString() : null,
            Name = json.TryGetProperty("name", out var name) ? name.GetString() : null,
            Trigger = json.TryGetProperty("trigger", out var trigger) ? trigger.GetString() : null,
            Rules = new(
                json.TryGetProperty("token", out _) ? FlowMode.Token : FlowMode.Counter,
                json.TryGetProperty("elsa", out _)
            ),
        };
        // Parents are written before their children.
        var known = new Dictionary<long, Node>();
        foreach (var node in json.GetProperty("nodes").EnumerateArray())
        {
            var read = Node(node, instance, node.TryGetProperty("in", out var outer) ? known[outer.GetInt64()] : null);
            known[read.Id] = read;
            instance.Nodes.Add(read);
        }
        return instance;
    }

    private static Node Node(JsonElement json, Instance instance, Node? parent)
    {
        var incident = json.TryGetProperty("incident", out var kept) ? Incident(kept) : null;
        return new Node(json.GetProperty("n").GetInt64(), json.GetProperty("a").GetString()!, instance, parent)
        {
            State = incident is null ? NodeState.Running : NodeState.Faulted,
            Backward = json.TryGetProperty("back", out _),
            Position = json.TryGetProperty("at", out var position) ? position.GetInt32() : 0,
            Breaking = json.TryGetProperty("breaking", out _),
            Locals = Values(json, "vars"),
            Edges = json.TryGetProperty("edges", out var edges)
                ? edges
                    .EnumerateArray()
                    .Select(e => e.GetInt32())
                    .Chunk(3)
                    .ToDictionary(e => e[0], e => new EdgeState(e[1], e[2] == 1))
                : [],
            Inner = json.TryGetProperty("frame", out var frame) ? Frame(frame) : null,
            Incident = incident,
        };
    }

    private static Frame Frame(JsonElement json) =>
        new(json.GetProperty("of").GetString()!, json.GetProperty("version").GetInt32())
        {
            Input = Values(json, "in"),
            Variables = Values(json, "vars"),
            Outputs = Values(json, "out"),
            Outcomes = Texts(json, "outcomes"),
        };

    private static KeptIncident Incident(JsonElement json) =>
        new(
            json.GetProperty("id").GetGuid(),
            json.GetProperty("reason").GetString()!,
            Texts(json, "outcomes"),
            json.TryGetProperty("stimulus", out var stimulus) ? stimulus : null
        );

    private static ImmutableArray<string>? Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(t => t.GetString()!)] : null;

    private static Dictionary<string, JsonElement> Values(JsonElement json, string name) =>
        json.TryGetProperty(name, out var values)
            ? values.EnumerateObject().ToDictionary(v => v.Name, v => v.Value)
            : [];
}

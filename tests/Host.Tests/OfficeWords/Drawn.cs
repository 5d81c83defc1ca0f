using System.Text.Json.Nodes;
using EduUnion.Host.Tests.Api;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>Shipped documents as a school changes them: the payloads of some steps, imported and published through the API.</summary>
internal static class Drawn
{
    /// <summary>
    /// The next version of a definition: of each step named the properties given replace the payload's own. Motions that
    /// start from here run by it; a changed handling comes with the next version of the motion.
    /// </summary>
    public static async Task PublishAsync(
        this District district,
        string definition,
        params (string Step, object Properties)[] changes
    )
    {
        var admin = await district.AsAsync("admin");
        var versions = await admin.GetAsync($"/api/definitions/{definition}/versions");
        var version = versions.GetProperty("items").EnumerateArray().Max(v => v.GetProperty("version").GetInt32()) + 1;
        var document = JsonNode.Parse(DefinitionSet.Shipped.Latest(definition)!.Text)!.AsObject();
        document["id"] = $"{definition}-v{version}";
        document["version"] = version;
        foreach (var (step, properties) in changes)
        foreach (var expression in PayloadsOf(document, step).ToList())
        {
            var payload = JsonNode.Parse(expression["value"]!.GetValue<string>())!.AsObject();
            foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(properties)!.AsObject())
                payload[name] = value?.DeepClone();
            expression["value"] = payload.ToJsonString();
        }
        await admin.PostAsync("/api/definitions", document);
        await admin.PostAsync($"/api/definitions/{definition}/{version}/publish", new { reason = "按本校办法修改" });
    }

    private static IEnumerable<JsonObject> PayloadsOf(JsonNode? node, string step) =>
        node switch
        {
            JsonObject task when (string?)task["taskName"]?["expression"]?["value"] == step =>
            [
                task["payload"]!["expression"]!.AsObject(),
            ],
            JsonObject parent => parent.SelectMany(p => PayloadsOf(p.Value, step)),
            JsonArray list => list.SelectMany(n => PayloadsOf(n, step)),
            _ => [],
        };
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EduUnion.Host.Tests.Api;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>What a school changes in a shipped process: the next version of the document, imported and published over the API.</summary>
internal static class ReturnRules
{
    /// <summary>Signatures, the form check of a motion, the appointment and the notice of aid may be sent back; those signatures and that check may be handed on, too.</summary>
    public static async Task AllowReturnsAsync(this District district)
    {
        await district.AllowAsync(
            "motion-handling",
            ["return", "transfer"],
            "handling.sign",
            "handling.leader",
            "handling.formcheck"
        );
        // Published after its child, whose version it is fixed to.
        await district.AllowAsync("motion", ["return"], "motion.check");
        await district.AllowAsync("aid", ["return"], "aid.appoint", "aid.publish");
    }

    private static Task AllowAsync(this District district, string definition, string[] words, params string[] steps) =>
        district.PublishAsync(
            definition,
            (step, payload) =>
            {
                if (!steps.Contains(step))
                    return;
                var allow = payload["allow"] as JsonArray ?? [];
                payload["allow"] = allow;
                foreach (var word in words.Where(w => allow.All(a => (string?)a != w)))
                    allow.Add(word);
            }
        );

    private static async Task PublishAsync(
        this District district,
        string definitionId,
        Action<string, JsonObject> change
    )
    {
        var shipped = DefinitionSet.Shipped.Latest(definitionId)!;
        var document = JsonNode.Parse(shipped.Text)!.AsObject();
        var version = shipped.Version + 1;
        document["id"] = $"{definitionId}-v{version}";
        document["version"] = version;
        Visit(document["root"]!);
        var admin = await district.AsAsync("admin");
        var body = new StringContent(document.ToJsonString(), Encoding.UTF8, "application/json");
        var imported = await admin.Http.PostAsync("/api/definitions", body);
        Assert.True(
            imported.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created,
            await imported.Content.ReadAsStringAsync()
        );
        await admin.PostAsync(
            $"/api/definitions/{definitionId}/{version}/publish",
            new { reason = "按学校制度调整。" }
        );

        void Visit(JsonNode node)
        {
            if (node is JsonArray items)
                foreach (var item in items.OfType<JsonNode>())
                    Visit(item);
            if (node is not JsonObject activity)
                return;
            if (
                activity["taskName"]?["expression"]?["value"] is JsonValue name
                && activity["payload"]?["expression"] is JsonObject expression
            )
            {
                var payload = JsonNode.Parse((string)expression["value"]!)!.AsObject();
                change((string)name!, payload);
                expression["value"] = payload.ToJsonString();
            }
            foreach (var (_, child) in activity.ToList())
                if (child is JsonObject or JsonArray)
                    Visit(child);
        }
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduUnion.Host.Tests.Api;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Tests.Definitions;

/// <summary>Definition documents that schools could bring: shipped ones with changes, and the broken ones.</summary>
internal static class Documents
{
    /// <summary>A shipped document as another version, written in a form of its own: with a mark, tabs and blank lines.</summary>
    public static byte[] Version(string id, int version, params (string Before, string After)[] changes)
    {
        var text = DefinitionSet.Shipped.Latest(id)!.Text;
        foreach (var (before, after) in changes)
        {
            Assert.Contains(before, text, StringComparison.Ordinal);
            text = text.Replace(before, after, StringComparison.Ordinal);
        }
        var json = JsonNode.Parse(text)!;
        json["version"] = version;
        json["id"] = $"{id}-v{version}";
        return Encoding.UTF8.GetBytes(
            "\uFEFF"
                + json.ToJsonString(
                    new()
                    {
                        WriteIndented = true,
                        IndentCharacter = '\t',
                        IndentSize = 1,
                    }
                )
                + " \r\n\n"
        );
    }

    public static byte[] Broken(string name) =>
        File.ReadAllBytes(
            Path.Combine(Repository.Root, "tests", "Workflows.Tests", "Checking", "broken", $"{name}.json")
        );

    public static IEnumerable<string> BrokenNames =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests", "Workflows.Tests", "Checking", "broken"))
            .Select(f => Path.GetFileNameWithoutExtension(f));

    public static Task<HttpResponseMessage> ImportAsync(this Client client, byte[] document, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/definitions")
        {
            Content = new ByteArrayContent(document)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.Http.SendAsync(request);
    }

    public static async Task<JsonElement> ImportedAsync(this Client client, byte[] document)
    {
        var answer = await client.ImportAsync(document);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    public static Task<HttpResponseMessage> PublishAsync(
        this Client client,
        string id,
        int version,
        string reason = "试行",
        string? key = null
    ) => client.SendAsync(HttpMethod.Post, $"/api/definitions/{id}/{version}/publish", new { reason }, key);
}

using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Workflows.Definitions;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Definitions;

/// <summary>Running cases go over to another version of their definition, through the API.</summary>
public sealed class CaseMoveTests
{
    private const string Moves = "/api/definitions/motion-handling/2/moves";
    private static readonly object Renamed = new Dictionary<string, string> { ["sign"] = "sign2" };

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Cases_AreMovedStepByStep_AndTakenBackUntilTheyGoOn(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.AssignedAsync();
        var admin = await district.AsAsync("admin");
        var clerk = await district.AsAsync("zongwuchu");
        var head = await district.AsAsync("fuzeren");

        Assert.Equal((404, "definition.unknown"), await RefusedAsync(admin, $"{Moves}/preview"));
        await ImportAsync(admin, Changed());
        Assert.Equal((409, "move.draft"), await RefusedAsync(admin, $"{Moves}/preview"));
        await admin.PostAsync("/api/definitions/motion-handling/2/publish", new { reason = "负责人签收，签发不限时" });
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await clerk.SendAsync(HttpMethod.Post, $"{Moves}/preview", null)).StatusCode
        );

        // At the receipt another office is asked; its deadline stays.
        var before = await PreviewAsync(admin, id, null);
        Assert.True(before.GetProperty("possible").GetBoolean());
        Assert.Equal("accept", before.GetProperty("asked")[0].GetString());
        Assert.Empty(before.GetProperty("clocks").EnumerateArray());
        var task = await clerk.GetAsync($"/api/tasks/{await clerk.TaskAsync("handling.accept")}");
        Assert.Equal("form.reason-missing", (await RefusalAsync(await SendAsync(admin, null, "", (id, 1)))).Code);
        Assert.Equal("move.changed", await OneAsync(admin, null, (id, before.GetProperty("version").GetInt64() - 1)));
        var seen = (id, before.GetProperty("version").GetInt64());
        Assert.Null(await OneAsync(admin, null, seen, "move-1"));
        Assert.Null(await OneAsync(admin, null, seen, "move-1"));
        Assert.Equal("move.changed", await OneAsync(admin, null, seen));

        Assert.Empty(await NamesAsync(clerk));
        var heads = await head.GetAsync($"/api/tasks/{await head.TaskAsync("handling.accept")}");
        Assert.Equal(task.GetProperty("dueDate").GetString(), heads.GetProperty("dueDate").GetString());
        Assert.Contains("DefinitionMoved", await TimelineAsync(district, id), StringComparison.Ordinal);

        // Taken back: the clerk has his very task again.
        var move = (await admin.GetAsync(Moves)).GetProperty("items")[0].GetProperty("id").GetGuid();
        await admin.PostAsync($"{Moves}/{move}/undo");
        Assert.Equal((409, "move.undone"), await RefusedAsync(admin, $"{Moves}/{move}/undo"));
        Assert.Empty(await NamesAsync(head));
        Assert.Equal(task.GetProperty("id").GetGuid(), await clerk.TaskAsync("handling.accept"));

        // At the signature the activity has another id there, and no deadline.
        await ToSignatureAsync(district);
        var open = await PreviewAsync(admin, id, null);
        Assert.False(open.GetProperty("possible").GetBoolean());
        Assert.Equal("gone", open.GetProperty("places")[0].GetProperty("why").GetString());
        seen = (id, open.GetProperty("version").GetInt64());
        Assert.Equal("move.answer-needed", await OneAsync(admin, null, seen));
        Assert.Equal(
            (422, "move.answer-unknown"),
            await RefusalAsync(
                await SendAsync(admin, new Dictionary<string, string> { ["sign"] = "deliver" }, "x", seen)
            )
        );
        Assert.Equal(
            "move.other-step",
            await OneAsync(admin, new Dictionary<string, string> { ["sign"] = "leader" }, seen)
        );
        // Another step of the same case: the motion itself comes to stand there, and back.
        var drafted = new Dictionary<string, string> { ["sign"] = "draft" };
        Assert.Equal(
            "reopens",
            (await PreviewAsync(admin, id, drafted)).GetProperty("places")[0].GetProperty("fate").GetString()
        );
        Assert.Null(await OneAsync(admin, drafted, seen));
        await clerk.TaskAsync("handling.draft");
        move = (await admin.GetAsync(Moves)).GetProperty("items")[0].GetProperty("id").GetGuid();
        await admin.PostAsync($"{Moves}/{move}/undo");
        seen = (id, (await PreviewAsync(admin, id, null)).GetProperty("version").GetInt64());

        var answered = await PreviewAsync(admin, id, Renamed);
        Assert.True(answered.GetProperty("possible").GetBoolean());
        Assert.Equal("sign", answered.GetProperty("clocks")[0].GetProperty("before").GetString());
        Assert.Equal(JsonValueKind.Null, answered.GetProperty("clocks")[0].GetProperty("after").ValueKind);
        var signature = await head.TaskAsync("handling.sign");
        Assert.Null(await OneAsync(admin, Renamed, seen));
        Assert.Equal(signature, await head.TaskAsync("handling.sign"));
        var instances = (await admin.GetAsync($"/api/instances/{id}")).GetProperty("instances").EnumerateArray();
        Assert.Contains(instances, i => i.GetProperty("version").GetInt32() == 2 && i.ToString().Contains("sign2"));

        await head.DecideAsync("handling.sign", "sign");
        await (await district.AsAsync("fenguan")).TaskAsync("handling.leader");
        move = (await admin.GetAsync(Moves)).GetProperty("items")[0].GetProperty("id").GetGuid();
        Assert.Equal((409, "move.went-on"), await RefusedAsync(admin, $"{Moves}/{move}/undo"));
        Assert.Empty((await admin.PostAsync($"{Moves}/preview", new { })).GetProperty("groups").EnumerateArray());
    }

    /// <summary>Another office receives; the signature has another id and no deadline.</summary>
    private static string Changed()
    {
        var document = JsonNode.Parse(
            DefinitionSet.Shipped.Latest("motion-handling")!.Text.Replace("\"sign\"", "\"sign2\"")
        )!;
        document["version"] = 2;
        document["id"] = "motion-handling-v2";
        Payload(document["root"]!, "accept", p => p["who"]!["office"] = "DepartmentHead");
        Payload(document["root"]!, "sign2", p => ((JsonObject)p).Remove("clock"));
        return document.ToJsonString();
    }

    private static void Payload(JsonNode activity, string id, Action<JsonNode> change)
    {
        foreach (var child in activity["activities"]?.AsArray() ?? [])
            Payload(child!, id, change);
        if ((string?)activity["id"] != id)
            return;
        var expression = activity["payload"]!["expression"]!;
        var payload = JsonNode.Parse((string)expression["value"]!)!;
        change(payload);
        expression["value"] = payload.ToJsonString();
    }

    private static async Task ImportAsync(Client admin, string document)
    {
        var answer = await admin.Http.PostAsync(
            "/api/definitions",
            new StringContent(document, Encoding.UTF8, "application/json")
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Empty(JsonDocument.Parse(text).RootElement.GetProperty("findings").EnumerateArray().Select(f => $"{f}"));
    }

    private static async Task ToSignatureAsync(District district)
    {
        var clerk = await district.AsAsync("zongwuchu");
        await clerk.DecideAsync("handling.accept", "accept");
        await (await district.AsAsync("yiwushi")).DecideAsync("handling.opinion", "submit", new { opinion = "同意。" });
        await clerk.DecideAsync(
            "handling.meeting",
            "record",
            new
            {
                metOn = "2026-03-02",
                mode = "phone",
                people = "林晓岚",
                gist = "同意先开放会议室。",
            }
        );
        await clerk.DecideAsync(
            "handling.draft",
            "submit",
            new { @class = "A", text = "实训楼一层储物间已改造为教师午休室，配躺椅二十四张，即日起开放。" }
        );
    }

    private static async Task<JsonElement> PreviewAsync(Client admin, Guid id, object? answers) =>
        (await admin.PostAsync($"{Moves}/preview", new { answers }))
            .GetProperty("groups")
            .EnumerateArray()
            .SelectMany(g => g.GetProperty("cases").EnumerateArray())
            .Single(c => c.GetProperty("caseId").GetGuid() == id);

    private static Task<HttpResponseMessage> SendAsync(
        Client admin,
        object? answers,
        string reason,
        (Guid Id, long Version) seen,
        string? key = null
    ) =>
        admin.SendAsync(
            HttpMethod.Post,
            Moves,
            new
            {
                answers,
                reason,
                cases = new[] { new { caseId = seen.Id, version = seen.Version } },
            },
            key
        );

    /// <summary>The code of the only case; null when it was moved.</summary>
    private static async Task<string?> OneAsync(
        Client admin,
        object? answers,
        (Guid Id, long Version) seen,
        string? key = null
    )
    {
        var answer = await SendAsync(admin, answers, "流程改版", seen, key);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("items")[0];
        Assert.Equal(row.GetProperty("ok").GetBoolean(), row.GetProperty("code").ValueKind == JsonValueKind.Null);
        return row.GetProperty("code").GetString();
    }

    private static async Task<(int, string)> RefusedAsync(Client client, string path) =>
        await RefusalAsync(await client.SendAsync(HttpMethod.Post, path, new { }));

    private static async Task<IEnumerable<string>> NamesAsync(Client client) =>
        (await client.GetAsync("/api/tasks?scope=mine"))
            .GetProperty("items")
            .EnumerateArray()
            .Select(t => t.GetProperty("name").GetString()!)
            .Where(n => n == "handling.accept");

    private static async Task<string> TimelineAsync(District district, Guid id) =>
        (await (await district.AsAsync("mishu")).GetAsync($"/api/motions/{id}/timeline")).ToString();
}

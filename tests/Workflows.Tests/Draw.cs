using System.Text.Json.Nodes;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Tests;

/// <summary>Draws small definition documents, in Elsa's format.</summary>
public static class Draw
{
    private const string Driver = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";

    public static JsonObject Document(
        string id,
        JsonObject root,
        JsonArray? variables = null,
        string[]? inputs = null,
        string[]? outputs = null
    ) =>
        new()
        {
            ["id"] = $"{id}-v1",
            ["definitionId"] = id,
            ["name"] = id,
            ["version"] = 1,
            ["variables"] = variables ?? [],
            ["inputs"] = Arguments(inputs),
            ["outputs"] = Arguments(outputs),
            ["root"] = root,
        };

    public static Definition Read(JsonObject document)
    {
        var reading = DefinitionReader.Read(document.ToJsonString());
        Assert.Empty(reading.Findings);
        return reading.Definition!;
    }

    /// <summary>Arrows are written <c>source>target</c> or <c>source:port>target</c>.</summary>
    public static JsonObject Chart(string id, string arrows, params JsonObject[] activities) =>
        Activity(id, "Elsa.Flowchart", ("activities", new JsonArray([.. activities])), ("connections", Arrows(arrows)));

    public static JsonObject Activity(string id, string type, params (string Name, JsonNode Value)[] properties)
    {
        var json = new JsonObject { ["id"] = id, ["type"] = type };
        foreach (var (name, value) in properties)
            json[name] = value;
        return json;
    }

    public static JsonObject Task(string id, string task, string payload, string? result = null)
    {
        var json = Activity(id, "Elsa.RunTask", ("taskName", Literal(task)), ("payload", Object(payload)));
        if (result is not null)
            json["result"] = Output(result);
        return json;
    }

    /// <summary>A step of which only the outcomes matter.</summary>
    public static JsonObject Step(string id, params string[] outcomes) =>
        Task(id, id, $$"""{"outcomes":["{{string.Join("\",\"", outcomes)}}"]}""", $"var-{id}");

    public static JsonObject Switch(string id, string variable, params string[] labels) =>
        Activity(
            id,
            "Elsa.FlowSwitch",
            (
                "cases",
                new JsonArray([
                    .. labels.Select(l => new JsonObject
                    {
                        ["label"] = l,
                        ["condition"] = new JsonObject
                        {
                            ["type"] = "JavaScript",
                            ["value"] = $"get{variable}().outcome === \"{l}\"",
                        },
                    }),
                ])
            )
        );

    public static JsonObject Join(string id, string mode) => Activity(id, "Elsa.FlowJoin", ("mode", Literal(mode)));

    public static JsonObject Fork(string id, params string[] branches) =>
        Activity(id, "Elsa.FlowFork", ("branches", Object($"""["{string.Join("\",\"", branches)}"]""")));

    public static JsonObject Line(string id, string script) => Activity(id, "Elsa.WriteLine", ("text", Script(script)));

    public static JsonObject Literal(JsonNode value) => Input("Literal", value);

    public static JsonObject Object(string json) => Input("Object", json);

    public static JsonObject Script(string body) => Input("JavaScript", body);

    public static JsonObject Output(string variable) =>
        new()
        {
            ["typeName"] = "Object",
            ["memoryReference"] = new JsonObject { ["id"] = variable },
        };

    /// <summary>Variables with ids <c>var-name</c>.</summary>
    public static JsonArray Variables(params string[] names) =>
        new([.. names.Select(n => Variable($"var-{char.ToLowerInvariant(n[0])}{n[1..]}", n))]);

    public static JsonObject Variable(
        string id,
        string name,
        string type = "Object",
        string? value = null,
        string? driver = Driver
    ) =>
        new()
        {
            ["id"] = id,
            ["name"] = name,
            ["typeName"] = type,
            ["value"] = value,
            ["storageDriverTypeName"] = driver,
        };

    private static JsonObject Input(string type, JsonNode value) =>
        new()
        {
            ["typeName"] = "Object",
            ["expression"] = new JsonObject { ["type"] = type, ["value"] = value },
        };

    private static JsonArray Arguments(string[]? names) =>
        new([.. (names ?? []).Select(n => new JsonObject { ["type"] = "String", ["name"] = n })]);

    private static JsonArray Arrows(string arrows) =>
        new([
            .. arrows
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(a => a.Split('>'))
                .Select(a => new JsonObject
                {
                    ["source"] = a[0].Split(':')[0],
                    ["target"] = a[1],
                    ["sourcePort"] = a[0].Contains(':') ? a[0].Split(':')[1] : "Done",
                    ["targetPort"] = "In",
                }),
        ]);
}

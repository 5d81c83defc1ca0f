using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EduUnion.Workflows.Engine;

namespace EduUnion.Host.CommandLine;

/// <summary>
/// Executes a document and prints one JSON object a line: exit 0 when it finished, 1 when it is blocked or faulted, 2 when
/// what was given cannot be read.
/// </summary>
internal static class DefinitionsRun
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The definition document to execute." };
        var with = new Option<string[]>("--with")
        {
            Description = "Documents that it uses as activities or child workflows.",
            AllowMultipleArgumentsPerToken = true,
        };
        var mode = new Option<string>("--mode")
        {
            Description = "How flowcharts run.",
            DefaultValueFactory = _ => "counter",
        };
        mode.AcceptOnlyFromAmong("counter", "token");
        var results = new Option<string?>("--results")
        {
            Description = "JSON array [{\"task\":name,\"result\":…}] that completes tasks in order.",
        };
        var input = new Option<string[]>("--input") { Description = "name=json, an input of the workflow." };
        var now = new Option<string?>("--now") { Description = "The instant at which the run begins (RFC 3339)." };
        var command = new Command("run", "Executes a definition.") { file, with, mode, results, input, now };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            string[] files = [parsed.GetValue(file)!, .. parsed.GetValue(with) ?? []];
            if (DefinitionsFiles.ReadTogether(files, output) is not { } read)
                return DefinitionsFiles.Unreadable;
            if (!TryNow(parsed.GetValue(now), out var at))
                return Refuse(
                    output,
                    $"--now: '{parsed.GetValue(now)}' is no instant such as 2026-03-02T09:00:00+08:00."
                );
            if (!TryResults(parsed.GetValue(results), out var ready))
                return Refuse(output, "--results: a file with a JSON array of {\"task\":…,\"result\":…} is expected.");
            var run = new DefinitionRun(
                DefinitionsFiles.Set(read.Select(r => r.Definition)),
                ready,
                at,
                line => output.WriteLine(JsonSerializer.Serialize(line, Plain)),
                parsed.GetValue(mode) == "token" ? FlowMode.Token : FlowMode.Counter
            );
            var main = read[0].Definition;
            return run.Run(main.DefinitionId, Inputs(parsed.GetValue(input) ?? []), main.Version)
                ? DefinitionsFiles.Sound
                : DefinitionsFiles.Unsound;
        });
        return command;
    }

    private static int Refuse(TextWriter output, string sentence)
    {
        output.WriteLine(sentence);
        return DefinitionsFiles.Unreadable;
    }

    private static bool TryNow(string? text, out DateTimeOffset now)
    {
        now = TimeProvider.System.GetUtcNow();
        return text is null
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out now);
    }

    private static bool TryResults(string? file, out List<ReadyResult> results)
    {
        results = [];
        if (file is null)
            return true;
        try
        {
            foreach (var entry in JsonElement.Parse(File.ReadAllText(file)).EnumerateArray())
                results.Add(new(entry.GetProperty("task").GetString()!, entry.GetProperty("result")));
            return true;
        }
        catch (Exception e)
            when (e is IOException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    // What is no JSON is meant as a text: shells eat quotation marks.
    private static ImmutableDictionary<string, JsonElement> Inputs(string[] inputs) =>
        inputs.Select(i => i.Split('=', 2)).ToImmutableDictionary(i => i[0], i => Json(i.Length > 1 ? i[1] : "null"));

    private static JsonElement Json(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}

using System.Text;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using Jint;
using Jint.Native;

namespace EduUnion.Workflows.Engine;

/// <summary>The functions that Elsa gives to scripts, as far as they need no service of the host.</summary>
internal sealed partial class ScriptHost
{
    private void Install(Jint.Engine engine)
    {
        engine.SetValue("now", burst.Now.ToString("O"));
        Function(engine, "getInput", args => Js(_at.Frame.Input.GetValueOrDefault(Text(args, 0), Values.Null)));
        Function(engine, "getVariable", args => Js(burst.Read(_at, Text(args, 0)) ?? Values.Null));
        Function(
            engine,
            "setVariable",
            args =>
            {
                burst.Write(_at, Text(args, 0), ScriptValues.FromScript(args.Length > 1 ? args[1] : JsValue.Null));
                return JsValue.Undefined;
            }
        );
        Function(
            engine,
            "getOutputFrom",
            args => Js(OutputFrom(Text(args, 0), args.Length > 1 ? Text(args, 1) : "result"))
        );
        Function(engine, "getLastResult", _ => Js(_lastResults.GetValueOrDefault(_at.Instance.Id, Values.Null)));
        Function(engine, "getCorrelationId", _ => Js(Values.Of(_at.Instance.CorrelationId)));
        Function(
            engine,
            "setCorrelationId",
            args =>
            {
                _at.Instance.CorrelationId = Text(args, 0);
                return JsValue.Undefined;
            }
        );
        foreach (var name in new[] { "setOutcome", "setOutcomes" })
            Function(
                engine,
                name,
                args =>
                {
                    var said = args.Length > 0 ? ScriptValues.FromScript(args[0]) : Values.Null;
                    _outcomes =
                        said.ValueKind == JsonValueKind.Array
                            ? [.. said.EnumerateArray().Select(Values.Text)]
                            : [Values.Text(said)];
                    return JsValue.Undefined;
                }
            );
        Function(engine, "getWorkflowInstanceName", _ => Js(Values.Of(_at.Instance.Name)));
        Function(
            engine,
            "setWorkflowInstanceName",
            args =>
            {
                _at.Instance.Name = Text(args, 0);
                return JsValue.Undefined;
            }
        );
        Function(engine, "getWorkflowInstanceId", _ => Js(Values.Of(_at.Instance.Id.ToString())));
        Function(engine, "getWorkflowDefinitionId", _ => Js(Values.Of(_at.Frame.DefinitionId)));
        Function(engine, "getWorkflowDefinitionVersion", _ => new JsNumber(_at.Frame.Version));
        Function(engine, "getWorkflowDefinitionVersionId", _ => Js(Values.Of(burst.DefinitionOf(_at.Frame).Id)));
        Function(engine, "newGuid", _ => new JsString(burst.NextId().ToString()));
        foreach (var name in new[] { "newGuidString", "getGuidString" })
            Function(engine, name, _ => new JsString(burst.NextId().ToString()));
        foreach (var name in new[] { "newShortGuid", "getShortGuid" })
            Function(engine, name, _ => new JsString(ShortGuid()));
        Function(engine, "parseGuid", args => new JsString(Text(args, 0).ToLowerInvariant()));
        Function(
            engine,
            "isNullOrWhiteSpace",
            args => string.IsNullOrWhiteSpace(Text(args, 0)) ? JsBoolean.True : JsBoolean.False
        );
        Function(engine, "isNullOrEmpty", args => Text(args, 0).Length == 0 ? JsBoolean.True : JsBoolean.False);
        Function(
            engine,
            "toJson",
            args => new JsString(args.Length > 0 ? ScriptValues.FromScript(args[0]).GetRawText() : "null")
        );
        Function(
            engine,
            "stringToBase64",
            args => new JsString(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(args, 0))))
        );
        Function(engine, "stringFromBase64", args => new JsString(Base64(Text(args, 0))));
        // A fraction of the next derived identifier stands in for chance.
        engine
            .Global.Get("Math")
            .AsObject()
            .FastSetProperty(
                "random",
                new(
                    new Jint.Runtime.Interop.ClrFunction(engine, "random", (_, _) => new JsNumber(Fraction())),
                    true,
                    false,
                    true
                )
            );
    }

    private JsonElement OutputFrom(string activity, string output)
    {
        var id = burst
            .DefinitionOf(_at.Frame)
            .Activities.Values.FirstOrDefault(a => a.Id == activity || a.Name == activity)
            ?.Id;
        return id is null
            ? Values.Null
            : _outputs.GetValueOrDefault((_at.Instance.Id, id, output.ToUpperInvariant()), Values.Null);
    }

    private string ShortGuid() =>
        string.Concat(Convert.ToBase64String(burst.NextId().ToByteArray()).Where(char.IsAsciiLetterOrDigit));

    private double Fraction() => BitConverter.ToUInt32(burst.NextId().ToByteArray()) / (uint.MaxValue + 1.0);

    private static string Base64(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw new ActivityFault("The text is not base64.");
        }
    }

    private static string Text(JsValue[] args, int at) =>
        at < args.Length ? Values.Text(ScriptValues.FromScript(args[at])) : "";
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using EduUnion.Workflows.Definitions;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace EduUnion.Workflows.Engine;

/// <summary>
/// The sandbox in which a burst's scripts run: no CLR, no code from strings, limits on statements, memory, recursion, time
/// and regular expressions; the clock stands at the burst's instant, random numbers and GUIDs derive from the case.
/// </summary>
internal sealed partial class ScriptHost(Execution burst)
{
    private const int MaxStatements = 20_000;
    private const long MaxMemory = 16 * 1024 * 1024;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRegexTime = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<(Guid Instance, string Activity, string Output), JsonElement> _outputs = [];
    private readonly Dictionary<Guid, JsonElement> _lastResults = [];
    private readonly HashSet<(string, int)> _known = [];
    private ImmutableArray<string> _outcomes = [];
    private Jint.Engine? _engine;
    private Node _at = null!;

    /// <summary>Evaluates a script where an activity stands.</summary>
    /// <exception cref="ActivityFault">The script threw, or broke a limit.</exception>
    public JsonElement Evaluate(Node node, Expression expression)
    {
        _engine ??= Create();
        _at = node;
        _outcomes = [];
        Know(burst.DefinitionOf(node.Frame));
        try
        {
            var reads = expression.Source.Contains("variables", StringComparison.Ordinal);
            if (reads)
                _engine.SetValue("variables", VariablesObject());
            var result = ScriptValues.FromScript(_engine.Evaluate(expression.Script!.Value));
            if (reads)
                WriteBack();
            return result;
        }
        catch (JavaScriptException e)
        {
            throw new ActivityFault($"The script failed: {e.Message}");
        }
        catch (Exception e)
            when (e is JintException or TimeoutException or InvalidOperationException or OutOfMemoryException)
        {
            // The messages of limits carry measured amounts, which differ from run to run; the name of the limit does not.
            throw new ActivityFault($"The script broke a limit: {e.GetType().Name}");
        }
    }

    /// <summary>Outputs can be read by later scripts of the same burst, as in Elsa.</summary>
    public void Remember(Node node, string output, JsonElement value)
    {
        _outputs[(node.Instance.Id, node.ActivityId, output.ToUpperInvariant())] = value;
        if (output == "result")
            _lastResults[node.Instance.Id] = value;
    }

    public ImmutableArray<string> TakeOutcomes()
    {
        var taken = _outcomes;
        _outcomes = [];
        return taken;
    }

    private Jint.Engine Create()
    {
        var engine = new Jint.Engine(options =>
        {
            options.DisableStringCompilation();
            options.MaxStatements(MaxStatements);
            options.LimitMemory(MaxMemory);
            options.LimitRecursion(64);
            options.TimeoutInterval(MaxTime);
            options.RegexTimeoutInterval(MaxRegexTime);
            options.Constraints.MaxArraySize = 10_000;
            options.Json.MaxParseDepth = 64;
            options.Culture = CultureInfo.InvariantCulture;
            options.TimeZone = TimeZoneInfo.Utc;
            options.TimeSystem = new StandingClock(burst.Now);
        });
        Install(engine);
        return engine;
    }

    // Getters are global names; each looks at the scope of the activity that is being evaluated.
    private void Know(Definition definition)
    {
        if (!_known.Add((definition.DefinitionId, definition.Version)))
            return;
        var names = definition
            .Activities.Values.SelectMany(a => a.Variables)
            .Concat(definition.Variables)
            .Select(v => v.Name)
            .Concat(definition.Inputs.Select(i => i.Name))
            .Append("CurrentValue")
            .Append("CurrentIndex");
        foreach (var name in names.Distinct())
        {
            var accessor = Naming.Pascal(name);
            Function(_engine!, $"get{accessor}", _ => Js(Named(name)));
            Function(
                _engine!,
                $"set{accessor}",
                args =>
                {
                    burst.Write(_at, name, ScriptValues.FromScript(args.Length > 0 ? args[0] : JsValue.Null));
                    return JsValue.Undefined;
                }
            );
        }
        // getResultFromReview(): the output of an activity, by its name.
        foreach (var activity in definition.Activities.Values.Where(a => a.Name.Length > 0))
        foreach (var output in activity.Outputs.Keys.Append("result").Distinct())
            Function(
                _engine!,
                $"get{Naming.Pascal(output)}From{Naming.Pascal(activity.Name)}",
                _ => Js(OutputFrom(activity.Name, output))
            );
    }

    // An input's getter hides a variable's of the same name.
    private JsonElement Named(string name)
    {
        if (burst.DefinitionOf(_at.Frame).Inputs.Any(i => i.Name == name))
            return _at.Frame.Input.GetValueOrDefault(name, Values.Null);
        return burst.Read(_at, name) ?? throw new ActivityFault($"'{name}' is no variable or input in scope.");
    }

    private JsObject VariablesObject()
    {
        var variables = new JsObject(_engine!);
        foreach (var name in VariableNames())
            variables.FastSetDataProperty(name, Js(burst.Read(_at, name) ?? Values.Null));
        return variables;
    }

    private void WriteBack()
    {
        var variables = _engine!.GetValue("variables").AsObject();
        foreach (var name in VariableNames())
        {
            var value = ScriptValues.FromScript(variables.Get(name));
            if (!JsonElement.DeepEquals(value, burst.Read(_at, name) ?? Values.Null))
                burst.Write(_at, name, value);
        }
    }

    private List<string> VariableNames()
    {
        var names = burst.DefinitionOf(_at.Frame).Variables.Select(v => v.Name);
        for (var at = _at; at is not null && at.Frame == _at.Frame; at = at.Parent)
            names = names.Concat(burst.ActivityOf(at).Variables.Select(v => v.Name));
        return [.. names.Distinct()];
    }

    private JsValue Js(JsonElement value) => ScriptValues.ToScript(_engine!, value);

    private static void Function(Jint.Engine engine, string name, Func<JsValue[], JsValue> body) =>
        engine.SetValue(name, new ClrFunction(engine, name, (_, args) => body([.. args])));

    private sealed class StandingClock(DateTimeOffset now)
        : DefaultTimeSystem(TimeZoneInfo.Utc, CultureInfo.InvariantCulture),
            ITimeSystem
    {
        DateTimeOffset ITimeSystem.GetUtcNow() => now;
    }
}

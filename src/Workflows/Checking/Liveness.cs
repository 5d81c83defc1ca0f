using System.Collections.Frozen;
using System.Text.RegularExpressions;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Checking;

/// <summary>
/// Which of a workflow's variables can still be read from where a process stands, before they are written again. What
/// nobody will read makes no difference, so situations that differ in nothing else are one. More ways are looked at than
/// there are: a variable may be thought to matter that does not, never the other way round.
/// </summary>
internal sealed partial class Liveness
{
    private readonly Definition _definition;
    private readonly FrozenDictionary<string, string[]> _byName;
    private readonly HashSet<string> _local;
    private readonly Dictionary<string, HashSet<string>> _read = [];
    private readonly Dictionary<string, HashSet<string>> _before = [];
    private readonly Dictionary<string, HashSet<string>> _after = [];

    public Liveness(Definition definition)
    {
        _definition = definition;
        _byName = definition
            .Variables.SelectMany(v => new[] { v.Id, v.Name, Naming.Pascal(v.Name) }.Distinct(), (v, name) => (v, name))
            .GroupBy(x => x.name, x => x.v.Id)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _local = [.. definition.Activities.Values.SelectMany(a => a.Variables).SelectMany(v => new[] { v.Id, v.Name })];
        foreach (var activity in definition.Activities.Values)
        {
            _read[activity.Id] = Read(activity);
            (_before[activity.Id], _after[activity.Id]) = ([], []);
        }
        while (definition.Activities.Values.Select(Grow).ToList().Contains(true)) { }
    }

    /// <summary>Ids of the variables that an instance of the definition can still read.</summary>
    public IReadOnlySet<string> Of(Instance instance)
    {
        var live = new HashSet<string>();
        var around = instance.Nodes.Select(n => n.Parent).ToHashSet();
        foreach (var node in instance.Nodes.Where(n => !around.Contains(n)))
            live.UnionWith(_after[node.ActivityId]);
        return live;
    }

    private bool Grow(Activity activity)
    {
        var (before, after) = (_before[activity.Id], _after[activity.Id]);
        var count = before.Count + after.Count;
        foreach (var next in Next(activity))
            after.UnionWith(_before[next.Id]);
        if (Leaves(activity))
            after.UnionWith(_after[activity.Parent!.Id]);
        // A loop looks at its items again whenever a round is over.
        if (activity.Parent is { Type: not ActivityTypes.Flowchart } around)
            after.UnionWith(_before[around.Id]);
        after.ExceptWith(Written(activity));

        before.UnionWith(_read[activity.Id]);
        before.UnionWith(after);
        foreach (var inside in activity.Graph is { } graph ? Start(graph) : activity.Nested)
            before.UnionWith(_before[inside.Id]);
        return before.Count + after.Count > count;
    }

    private static IEnumerable<Activity> Start(FlowGraph graph) => graph.Start is { } start ? [start] : [];

    private static IEnumerable<Activity> Next(Activity activity) =>
        activity.Parent switch
        {
            { Graph: { } graph } => graph.Outbound(activity).Select(e => e.Target),
            { } around => around.Nested,
            null => [],
        };

    /// <summary>A chart can be over with it.</summary>
    private static bool Leaves(Activity activity) =>
        activity.Parent is { Graph: { } graph } && (activity.IsTerminal || graph.Outbound(activity).IsEmpty);

    /// <summary>What is certain to be written when it completes; a container's variable of the same name hides the workflow's.</summary>
    private IEnumerable<string> Written(Activity activity) =>
        activity.Type is ActivityTypes.RunTask or ActivityTypes.DispatchWorkflow or ActivityTypes.SetVariable
            ? activity
                .Outputs.Values.Append(activity.VariableId ?? "")
                .Where(id => !_local.Contains(id))
                .SelectMany(id => _byName.GetValueOrDefault(id, []))
            : [];

    private HashSet<string> Read(Activity activity)
    {
        var read = new HashSet<string>();
        foreach (var expression in activity.Inputs.Values.Concat(activity.Cases.Select(c => c.Condition)))
            if (expression.Kind == ExpressionKind.Variable)
                read.UnionWith(_byName.GetValueOrDefault(expression.Source, []));
            else if (expression.Kind == ExpressionKind.JavaScript)
                read.UnionWith(
                    expression.Source.Contains("ariable", StringComparison.Ordinal)
                        ? _definition.Variables.Select(v => v.Id)
                        : Getters()
                            .Matches(expression.Source)
                            .SelectMany(m => _byName.GetValueOrDefault(m.Groups[1].Value, []))
                );
        return read;
    }

    [GeneratedRegex(@"get(\w+)")]
    private static partial Regex Getters();
}

using System.Text.Json;
using Acornima.Ast;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using Expression = EduUnion.Workflows.Definitions.Expression;

namespace EduUnion.Workflows.Checking;

/// <summary>
/// Conditions read only what the catalogue declares: <c>outcome</c> and routing scalars of a step's result, and the outputs
/// of a dispatched child; otherwise nobody can say which way a process will go.
/// </summary>
internal sealed class ConditionCheck(
    Definition definition,
    DefinitionSet definitions,
    StepCatalogue catalogue,
    Findings findings
)
{
    public void Run(Activity activity)
    {
        if (
            activity.Type is ActivityTypes.FlowDecision or "Elsa.If"
            && activity.Inputs.TryGetValue("condition", out var condition)
        )
            Condition(activity, condition, $"{activity.Path}/condition");
        for (var i = 0; i < activity.Cases.Length; i++)
            Condition(activity, activity.Cases[i].Condition, $"{activity.Path}/cases/{i}/condition");
        if (activity.Type == ActivityTypes.FlowSwitch)
            Named(activity);
        if (activity.Type == ActivityTypes.ParallelForEach && activity.Inputs.TryGetValue("items", out var items))
            Items(activity, items);
        if (activity.Type == ActivityTypes.DispatchWorkflow && activity.Inputs.TryGetValue("input", out var input))
            Input(activity, input);
    }

    private void Condition(Activity activity, Expression condition, string path)
    {
        if (Script.Parse(condition) is not { } script || !Script.Comparisons(script, out var comparisons))
        {
            Opaque(
                path,
                "A condition compares results with texts: getReview().outcome === \"file\", joined by &&, || and !."
            );
            return;
        }
        foreach (var (variable, property, value) in comparisons)
            if (Values(activity, variable, property) is not { } possible)
                Opaque(
                    path,
                    $"'{variable}.{property}' is not declared by a step or child whose result '{variable}' holds."
                );
            else if (possible.Count > 0 && !possible.Contains(value))
                findings.Add(path, "condition.impossible", $"'{variable}.{property}' is never '{value}'.");
    }

    /// <summary>
    /// A switch on a step's outcome names them all, or its Default is a fault: else what somebody decides goes a way that
    /// nobody drew for it.
    /// </summary>
    private void Named(Activity activity)
    {
        var named = new HashSet<string>();
        string? read = null;
        foreach (var @case in activity.Cases)
        {
            if (
                Script.Parse(@case.Condition) is not { } script
                || Script.Equal(script) is not var (variable, property, value)
                || property != "outcome"
                || (read ??= variable) != variable
            )
                return;
            named.Add(value);
        }
        var otherwise = activity.Parent?.Graph?.Outbound(activity).FirstOrDefault(e => e.Port == "Default");
        if (
            read is null
            || otherwise is null or { Target.Type: "Elsa.Fault" }
            || Values(activity, read, "outcome") is not { } all
        )
            return;
        foreach (var outcome in all.Where(o => !named.Contains(o)).Order(StringComparer.Ordinal))
            findings.Add(
                activity.Path,
                "outcome.edge-missing",
                $"No arrow leaves '{activity.Id}' for the outcome '{outcome}'; it would go the way of Default."
            );
    }

    private void Items(Activity activity, Expression items)
    {
        if (
            Script.Parse(items) is not { } script
            || Script.Read(script) is not var (variable, property)
            || !Writers(activity, variable)
                .Any(w => SpecOf(w)?.Routing.Any(r => r.IsIdList && r.Name == property) == true)
        )
            findings.Add(
                $"{activity.Path}/items",
                "items.opaque",
                "Items are a declared list of ids, such as getAssign().parts."
            );
    }

    private void Input(Activity activity, Expression input)
    {
        var plain =
            input.Kind != ExpressionKind.JavaScript
            || (
                Script.Parse(input) is ObjectExpression given
                && given.Properties.All(p =>
                    p is ObjectProperty { Value: CallExpression { Callee: Identifier callee, Arguments.Count: 0 } }
                    && callee.Name.StartsWith("get", StringComparison.Ordinal)
                )
            );
        if (!plain)
            findings.Add(
                $"{activity.Path}/input",
                "input.opaque",
                "A child is given values as they are: return { Part: getCurrentValue() };"
            );
    }

    /// <summary>The values a property can have: empty when it is declared without a domain, null when it is not declared.</summary>
    private HashSet<string>? Values(Activity activity, string variable, string property)
    {
        var writers = Writers(activity, variable).ToList();
        if (writers.Count == 0)
            return null;
        var all = new HashSet<string>();
        var open = false;
        foreach (var writer in writers)
        {
            if (PropertyOf(writer, property) is not { } values)
                return null;
            open |= values.Count == 0;
            all.UnionWith(values);
        }
        return open ? [] : all;
    }

    private List<string>? PropertyOf(Activity writer, string property)
    {
        // What has a finding of its own, an unknown child or a payload that cannot be read, has no second one for that.
        if (writer.Type is ActivityTypes.DispatchWorkflow)
            return
                writer.Literal("workflowDefinitionId") is not { } id
                || definitions.Child(definition, id) is not { } child
                || child.Outputs.Any(o => o.Name == property)
                ? []
                : null;
        if (writer.Type != ActivityTypes.RunTask)
            return null;
        if (property == "outcome")
            return writer.Static("payload") is { } payload
                ? [.. payload.Items("outcomes").Select(Definitions.Values.Text)]
                : [];
        return SpecOf(writer)?.Routing.FirstOrDefault(r => r.Name == property && !r.IsIdList)?.Domain.ToList();
    }

    private StepSpec? SpecOf(Activity activity) =>
        activity.Literal("taskName") is { } name ? catalogue.Find(name) : null;

    /// <summary>The activities that give a value to the variable of this name in this activity's scope.</summary>
    private IEnumerable<Activity> Writers(Activity activity, string name)
    {
        var id = VariableId(activity, name);
        return definition.Activities.Values.Where(a =>
            id is not null && (a.VariableId == id || a.Outputs.ContainsValue(id))
        );
    }

    private string? VariableId(Activity activity, string name)
    {
        for (var at = activity; at is not null; at = at.Parent)
            if (at.Variables.FirstOrDefault(v => v.Name == name) is { } local)
                return local.Id;
        return definition.Variables.FirstOrDefault(v => v.Name == name)?.Id;
    }

    private void Opaque(string path, string sentence) => findings.Add(path, "condition.opaque", sentence);
}

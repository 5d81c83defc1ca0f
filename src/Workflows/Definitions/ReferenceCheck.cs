using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace EduUnion.Workflows.Definitions;

/// <summary>Every variable, input and output that a document names must exist where it is named.</summary>
internal static partial class ReferenceCheck
{
    /// <summary>Getters that Elsa offers besides those of variables and inputs.</summary>
    private static readonly FrozenSet<string> BuiltIn = FrozenSet.Create(
        "Input",
        "OutputFrom",
        "LastResult",
        "Variable",
        "CorrelationId",
        "WorkflowInstanceId",
        "WorkflowDefinitionId",
        "WorkflowDefinitionVersion",
        "WorkflowDefinitionVersionId",
        "WorkflowInstanceName",
        "GuidString",
        "ShortGuid"
    );

    public static void Run(Definition definition, Findings findings)
    {
        foreach (var activity in definition.Activities.Values.OrderBy(a => a.Path, StringComparer.Ordinal))
        {
            var scope = new Scope(definition, activity);
            if (activity.VariableId is { } id && !scope.HasVariable(id))
                findings.Add(
                    $"{activity.Path}/variable",
                    "variable.unknown",
                    $"No variable in scope has the id '{id}'."
                );
            if (activity.Type == ActivityTypes.SetVariable && activity.VariableId is null)
                findings.Add($"{activity.Path}/variable", "variable.missing", "SetVariable names no variable.");
            foreach (var (name, target) in activity.Outputs)
                if (!scope.HasVariable(target) && definition.Outputs.All(o => o.Name != target))
                    findings.Add(
                        $"{activity.Path}/{name}",
                        "output.unknown",
                        $"'{target}' is neither a variable in scope nor an output of the workflow."
                    );
            foreach (var (name, input) in activity.Inputs)
                Expression(input, $"{activity.Path}/{name}", scope, findings);
            for (var i = 0; i < activity.Cases.Length; i++)
                Expression(activity.Cases[i].Condition, $"{activity.Path}/cases/{i}/condition", scope, findings);
        }
    }

    private static void Expression(Expression expression, string path, Scope scope, Findings findings)
    {
        if (expression.Kind == ExpressionKind.Variable && !scope.HasVariable(expression.Source))
            findings.Add(path, "variable.unknown", $"No variable in scope has the id '{expression.Source}'.");
        if (expression.Kind == ExpressionKind.Input && !scope.HasInput(expression.Source))
            findings.Add(path, "input.unknown", $"The workflow has no input '{expression.Source}'.");
        if (expression.Kind != ExpressionKind.JavaScript)
            return;
        foreach (var name in Accessors().Matches(expression.Source).Select(m => m.Groups[1].Value).Distinct())
            if (!scope.HasName(name) && !BuiltIn.Contains(name) && !DeclaredHere(expression.Source, name))
                findings.Add(
                    path,
                    "variable.unknown",
                    $"The script reads '{name}', which is no variable or input in scope."
                );
        foreach (var name in InputReads().Matches(expression.Source).Select(m => m.Groups[2].Value).Distinct())
            if (!scope.HasInput(name))
                findings.Add(
                    path,
                    "input.unknown",
                    $"The script reads the input '{name}', which the workflow has not."
                );
    }

    // getX( and setX( where nothing stands before that would make it a method or a longer name.
    [GeneratedRegex(@"(?<![\w$.])[gs]et([A-Z]\w*)\s*\(")]
    private static partial Regex Accessors();

    private static bool DeclaredHere(string script, string name) =>
        Regex.IsMatch(script, $@"\b(function|const|let|var)\s+[gs]et{name}\b");

    [GeneratedRegex("""(?<![\w$.])getInput\(\s*(["'])([^"']*)\1\s*\)""")]
    private static partial Regex InputReads();

    private sealed class Scope(Definition definition, Activity activity)
    {
        private readonly List<Variable> _variables =
        [
            .. Enclosing(activity).SelectMany(a => a.Variables),
            .. definition.Variables,
        ];

        private readonly bool _iterates = Enclosing(activity).Any(a => a.Iterates);

        public bool HasVariable(string id) =>
            _variables.Any(v => v.Id == id || v.Name == id) || (_iterates && id is "CurrentValue" or "CurrentIndex");

        public bool HasInput(string name) => definition.Inputs.Any(i => i.Name == name);

        public bool HasName(string name) =>
            HasInput(name)
            || _variables.Any(v => Naming.Pascal(v.Name) == name)
            || definition.Inputs.Any(i => Naming.Pascal(i.Name) == name)
            || (_iterates && name is "CurrentValue" or "CurrentIndex");

        private static IEnumerable<Activity> Enclosing(Activity activity)
        {
            for (var at = activity; at is not null; at = at.Parent)
                yield return at;
        }
    }
}

using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Checking;

/// <summary>What Elsa would forget at the first bookmark: variables without a driver, inputs that are not copied.</summary>
internal static class VariableCheck
{
    public static void Run(Definition definition, Findings findings)
    {
        Declared(definition.Variables, "", definition, findings);
        foreach (var activity in definition.Activities.Values.OrderBy(a => a.Path, StringComparer.Ordinal))
        {
            Declared(activity.Variables, activity.Path, definition, findings);
            if (activity.Type == ActivityTypes.SetVariable)
                continue;
            foreach (var (name, input) in activity.Inputs)
                if (ReadsInput(input, definition))
                    findings.Add(
                        $"{activity.Path}/{name}",
                        "input.read-late",
                        "Elsa forgets inputs at the first bookmark: copy them to variables with SetVariable and read those."
                    );
        }
    }

    private static void Declared(IEnumerable<Variable> variables, string path, Definition definition, Findings findings)
    {
        foreach (var (variable, i) in variables.Select((v, i) => (v, i)))
        {
            if (
                variable.Driver?.StartsWith("Elsa.Workflows.WorkflowInstanceStorageDriver", StringComparison.Ordinal)
                != true
            )
                findings.Add(
                    $"{path}/variables/{i}",
                    "variable.driver-missing",
                    $"Name the workflow-instance driver for '{variable.Name}', or Elsa forgets it."
                );
            if (definition.Inputs.Any(input => input.Name == variable.Name))
                findings.Add(
                    $"{path}/variables/{i}",
                    "variable.hidden",
                    $"The getter of the input '{variable.Name}' hides that of the variable; give it another name."
                );
        }
    }

    private static bool ReadsInput(Expression expression, Definition definition) =>
        expression.Kind == ExpressionKind.Input
        || (
            expression.Kind == ExpressionKind.JavaScript
            && (
                expression.Source.Contains("getInput(", StringComparison.Ordinal)
                || definition.Inputs.Any(i => expression.Source.Contains($"get{i.Name}(", StringComparison.Ordinal))
            )
        );
}

using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>Reads the variables that a workflow or a container declares.</summary>
internal static class VariableReader
{
    public static ImmutableArray<Variable> Declared(JsonElement owner, string path, Findings findings)
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        foreach (var (json, i) in owner.Items("variables").Select((v, i) => (v, i)))
        {
            var name = json.Text("name");
            if (name is null)
            {
                findings.Add($"{path}/variables/{i}", "variable.name-missing", "The variable has no name.");
                continue;
            }
            var id = json.Text("id") ?? name;
            if (variables.Any(v => v.Id == id))
                findings.Add($"{path}/variables/{i}", "variable.id-duplicate", $"Two variables have the id '{id}'.");
            var type = json.Text("typeName") ?? "Object";
            var isArray = Values.IsTrue(json.Child("isArray"));
            try
            {
                variables.Add(
                    new(
                        id,
                        name,
                        type,
                        isArray,
                        Values.Initial(json.Child("value"), type, isArray),
                        json.Text("storageDriverTypeName")
                    )
                );
            }
            catch (FormatException e)
            {
                findings.Add($"{path}/variables/{i}/value", "variable.value", e.Message);
            }
        }
        return variables.ToImmutable();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using EduUnion.Host.Drafts;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>From what was typed to the JSON that a decision takes; it is checked there, not here.</summary>
public static class FormJson
{
    /// <summary>The fields of this outcome only: what stands in those of another is left behind.</summary>
    public static JsonElement Of(StepSpec step, OutcomeSpec outcome, Typed typed)
    {
        var form = new JsonObject();
        foreach (var name in outcome.Fields)
            if (Value(step.Field(name)!, typed) is { } value)
                form[name] = value;
        return JsonSerializer.SerializeToElement(form);
    }

    private static JsonNode? Value(FormField field, Typed typed) =>
        field.Type switch
        {
            FieldType.Members or FieldType.Departments => List(typed.All(field.Name).Where(v => v.Length > 0)),
            FieldType.Parts => Rows(field, typed, "host", "cohandlers"),
            FieldType.Commitments => Rows(field, typed, "item", "owner", "dueOn"),
            _ => typed.One(field.Name),
        };

    /// <summary>Rows in which nothing stands are passed over.</summary>
    private static JsonArray Rows(FormField field, Typed typed, params ReadOnlySpan<string> columns)
    {
        var rows = new JsonArray();
        for (var row = 0; row < TaskRows.Count(typed, field); row++)
        {
            var item = new JsonObject();
            var empty = true;
            foreach (var column in columns)
            {
                var values = typed.All(TaskRows.Name(field, row, column));
                empty &= values.All(string.IsNullOrWhiteSpace);
                item[column] = column == "cohandlers" ? List(values) : (values is [var first, ..] ? first : "");
            }
            if (!empty)
                rows.Add(item);
        }
        return rows;
    }

    private static JsonArray List(IEnumerable<string> values) => [.. values.Select(v => (JsonNode)v)];
}

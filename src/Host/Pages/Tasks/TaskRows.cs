using System.Globalization;
using System.Text.RegularExpressions;
using EduUnion.Host.Drafts;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>
/// Fields that are tables: <c>parts-0-host</c>, <c>commitments-2-dueOn</c>. Rows are added and removed by submit buttons
/// (<c>commitments-add</c>, <c>commitments-drop-2</c>), so that it works without script.
/// </summary>
public static partial class TaskRows
{
    public static int Count(Typed typed, FormField field) =>
        Math.Max(1, typed.Names(field.Name + "-").Select(At).DefaultIfEmpty(-1).Max() + 1);

    public static string Name(FormField field, int row, string column) =>
        string.Create(CultureInfo.InvariantCulture, $"{field.Name}-{row}-{column}");

    public static Typed Change(StepSpec step, Typed typed, string change)
    {
        foreach (var field in step.Fields.Where(f => f.Type is FieldType.Parts or FieldType.Commitments))
        {
            var count = Count(typed, field);
            if (change == field.Name + "-add" && count < field.MaxLength)
                return typed.With(Name(field, count, First(field)), "");
            var drop = field.Name + "-drop-";
            if (
                change.StartsWith(drop, StringComparison.Ordinal)
                && int.TryParse(change.AsSpan(drop.Length), out var at)
            )
                return Drop(typed, field, at, count);
        }
        return typed;
    }

    /// <summary>The column that stands in every row, also in an empty one.</summary>
    private static string First(FormField field) => field.Type == FieldType.Parts ? "host" : "item";

    private static Typed Drop(Typed typed, FormField field, int at, int count)
    {
        for (var row = at; row < count; row++)
        {
            foreach (var name in typed.Names($"{field.Name}-{row}-").ToList())
                typed = typed.With(name);
            foreach (var name in typed.Names($"{field.Name}-{row + 1}-").ToList())
                typed = typed.With(Name(field, row, name.Split('-')[2]), typed.All(name));
        }
        return typed;
    }

    private static int At(string name) =>
        Row().Match(name) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : -1;

    [GeneratedRegex("-([0-9]{1,2})-[a-zA-Z]+$")]
    private static partial Regex Row();
}

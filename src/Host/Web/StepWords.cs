namespace EduUnion.Host.Web;

/// <summary>
/// What the catalogue's names are called: <c>step.{step}</c>, <c>outcome.{outcome}</c>, <c>field.{field}</c>,
/// <c>option.{field}.{value}</c>. A step may have its own word for an outcome or field
/// (<c>outcome.{step}.{outcome}</c>), because a button says what it does there.
/// </summary>
public sealed class StepWords(Texts texts)
{
    public string Step(string step) => texts["step." + step];

    public string Outcome(string step, string outcome) => Own("outcome", step, outcome);

    public string Field(string step, string field) => Own("field", step, field);

    public string Option(string field, string value) => texts[$"option.{field}.{value}"];

    /// <summary>The line under a label; null when the field explains itself.</summary>
    public string? Hint(string step, string field) =>
        texts.Has($"hint.{step}.{field}") ? texts[$"hint.{step}.{field}"]
        : texts.Has($"hint.{field}") ? texts[$"hint.{field}"]
        : null;

    /// <summary>For which choice or outcome an optional field is needed; null when it never is.</summary>
    public string? When(string step, string field) =>
        texts.Has($"when.{step}.{field}") ? texts[$"when.{step}.{field}"] : null;

    /// <summary>Keys under which a name may have its words, the more special first.</summary>
    public static IEnumerable<string> Keys(string kind, string step, string name) =>
        [$"{kind}.{step}.{name}", $"{kind}.{name}"];

    private string Own(string kind, string step, string name) =>
        texts[Keys(kind, step, name).FirstOrDefault(texts.Has) ?? $"{kind}.{name}"];
}

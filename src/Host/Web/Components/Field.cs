using EduUnion.Domain;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Web.Components;

public enum FieldKind
{
    Text,
    LongText,

    /// <summary>Radio buttons up to six options, a drop-down beyond.</summary>
    Choice,

    /// <summary>Tick boxes of one name.</summary>
    Choices,

    /// <summary>One tick box; its value is <c>true</c>.</summary>
    Tick,
    Date,
    Number,

    /// <summary>Yuan with at most two decimals.</summary>
    Money,
    Password,
    File,
}

/// <summary>One value that can be chosen.</summary>
public sealed record Choice(string Value, string Text, string? Note = null);

/// <summary>A form field: label above, hint, error, what was typed, counter.</summary>
/// <param name="Name">Name in the form; the id is made of it.</param>
public sealed record Field(string Name, string Label, FieldKind Kind = FieldKind.Text)
{
    /// <summary>Keeps ids apart when a page has two forms.</summary>
    public string IdPrefix { get; init; } = "";

    /// <summary>What was typed, raw.</summary>
    public string? Value { get; init; }

    /// <summary>What was ticked, for <see cref="FieldKind.Choices"/>.</summary>
    public IReadOnlyCollection<string> Values { get; init; } = [];
    public string? Hint { get; init; }
    public string? Error { get; init; }
    public bool Required { get; init; }

    /// <summary>When it is required, if only sometimes; stands in place of "optional".</summary>
    public string? When { get; init; }

    /// <summary>Bounds in characters; the counter shows when one is set.</summary>
    public int? MinLength { get; init; }
    public int? MaxLength { get; init; }
    public IReadOnlyList<Choice> Options { get; init; } = [];

    /// <summary>A drop-down also for few options: one can go back to choosing none.</summary>
    public bool Folded { get; init; }

    /// <summary>For the browser's memory, e.g. <c>username</c>.</summary>
    public string? Autocomplete { get; init; }

    public string Id => IdPrefix + Name.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal);

    /// <summary>Characters as people count them: what stands in the text, blanks around it apart.</summary>
    public int Length => (Value ?? "").Trim().EnumerateRunes().Count();

    /// <summary>Whether the field is a group with a legend.</summary>
    public bool IsGroup => Kind == FieldKind.Choices || (Kind == FieldKind.Choice && Options.Count <= 6 && !Folded);

    /// <summary>The ids that describe the control, for aria-describedby.</summary>
    public string? DescribedBy
    {
        get
        {
            string[] ids =
            [
                .. Hint is null ? Array.Empty<string>() : [Id + "-h"],
                .. Error is null ? Array.Empty<string>() : [Id + "-e"],
                .. HasCounter ? [Id + "-c"] : Array.Empty<string>(),
            ];
            return ids.Length == 0 ? null : string.Join(' ', ids);
        }
    }

    public bool HasCounter => Kind is FieldKind.Text or FieldKind.LongText && (MinLength > 0 || MaxLength is not null);

    /// <summary>
    /// A field of a step's form. Options of members, departments and motions are the caller's; rows (parts, commitments) have
    /// partials of their own.
    /// </summary>
    public static Field Of(StepWords words, string step, FormField spec) =>
        new(spec.Name, words.Field(step, spec.Name), KindOf(spec.Type))
        {
            Hint = words.Hint(step, spec.Name),
            Required = spec.Required,
            When = words.When(step, spec.Name),
            MinLength = spec.Type is FieldType.LongText && spec.MinLength > 0 ? spec.MinLength : null,
            MaxLength = spec.Type is FieldType.LongText ? spec.MaxLength : null,
            Options = [.. spec.Options.Select(o => new Choice(o, words.Option(spec.Name, o)))],
        };

    private static FieldKind KindOf(FieldType type) =>
        type switch
        {
            FieldType.Text => FieldKind.Text,
            FieldType.LongText => FieldKind.LongText,
            FieldType.Choice
            or FieldType.Department
            or FieldType.Motion
            or FieldType.Representative
            or FieldType.Fund
            or FieldType.Attachment => FieldKind.Choice,
            FieldType.Money => FieldKind.Money,
            FieldType.Members or FieldType.Departments => FieldKind.Choices,
            FieldType.Date => FieldKind.Date,
            FieldType.Number => FieldKind.Number,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Rows are drawn by a partial of their own."),
        };
}

/// <summary>What is wrong with a form, each line a link to its field.</summary>
public sealed record ErrorSummary(IReadOnlyList<FormError> Errors)
{
    /// <summary>The lines of a refusal: its single refusals, or itself.</summary>
    /// <param name="named">The label of a field, written before what is wrong with it.</param>
    public static ErrorSummary Of(
        Refusal refusal,
        Texts texts,
        Func<string, string?>? named = null,
        string idPrefix = ""
    ) =>
        new([
            .. (refusal.Fields.IsEmpty ? [refusal] : refusal.Fields).Select(r => new FormError(
                r.Field is null ? null : new Field(r.Field, "") { IdPrefix = idPrefix }.Id,
                r.Field is { } field && named?.Invoke(field) is { } label
                    ? texts["task.errorAt", label, texts.Of(r)]
                    : texts.Of(r)
            )),
        ]);
}

/// <param name="FieldId">Where it is wrong; null = the whole form.</param>
public sealed record FormError(string? FieldId, string Text);

/// <summary>
/// A form that opens over the page; without script <see cref="Href"/> leads to a page that shows the same form flat.
/// </summary>
/// <param name="Id">Of the dialog; starts with <c>dlg-</c>.</param>
/// <param name="Action">Where the form is posted.</param>
/// <param name="Submit">The verb on its button.</param>
public sealed record Dialog(string Id, string Title, string Action, string Submit)
{
    /// <summary>The page with the same form; also where "back" leads when it is flat.</summary>
    public string Href { get; init; } = "";

    /// <summary>The consequence, one sentence.</summary>
    public string? Text { get; init; }

    /// <summary>Rejects, refuses, releases: outlined in cinnabar instead of filled red.</summary>
    public bool Grave { get; init; }

    /// <summary>Shown as a page of its own.</summary>
    public bool Flat { get; init; }
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>Hidden values: task, outcome, version seen, idempotency key.</summary>
    public IReadOnlyDictionary<string, string> Hidden { get; init; } = new Dictionary<string, string>();
}

using EduUnion.Domain;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>
/// Draws the fields of a section from what was typed. Labels are <c>aid.field.NAME</c>, hints <c>aid.hint.NAME</c>,
/// choices <c>aid.TYPE.VALUE</c>.
/// </summary>
public sealed record SectionForm(Texts Texts, Typed Typed, Refusal? Refusal, string Names = "")
{
    public Field Text(string name, bool required = true, string? autocomplete = null) =>
        Of(name, FieldKind.Text, required) with
        {
            Autocomplete = autocomplete,
        };

    public Field LongText(string name, int max, bool required = true) =>
        Of(name, FieldKind.LongText, required) with
        {
            MaxLength = max,
        };

    public Field Amount(string name, bool required = false) => Of(name, FieldKind.Money, required);

    public Field Date(string name, bool required = true) => Of(name, FieldKind.Date, required);

    public Field Number(string name) => Of(name, FieldKind.Number, false);

    public Field Choice<T>(string name, bool required = true)
        where T : struct, Enum => Of(name, FieldKind.Choice, required) with { Options = Options<T>() };

    public Field OneOf(string name, IReadOnlyList<Choice> options) =>
        Of(name, FieldKind.Choice, true) with
        {
            Options = options,
        };

    public Field YesNo(string name) =>
        Of(name, FieldKind.Choice, true) with
        {
            Options = [new("no", Texts["aid.no"]), new("yes", Texts["aid.yes"])],
        };

    public Field Choices<T>(string name)
        where T : struct, Enum =>
        Of(name, FieldKind.Choices, false) with
        {
            Options = Options<T>(),
            Values = Typed.All(Names + name),
        };

    /// <summary>A number that is never shown again in clear: what is saved is named masked, and changed by typing anew.</summary>
    public Field Secret(string name, string masked) =>
        Of(name, FieldKind.Text, masked.Length == 0) with
        {
            Autocomplete = "off",
            Hint = masked.Length == 0 ? HintOf(name) : Texts["aid.masked", masked],
            When = masked.Length == 0 ? null : Texts["aid.masked.when"],
        };

    private IReadOnlyList<Choice> Options<T>()
        where T : struct, Enum =>
        [
            .. Enum.GetValues<T>()
                .Select(v => new Choice(
                    v.ToString(),
                    Texts.Word<T>(v),
                    Texts.Has($"aid.{typeof(T).Name}.{v}.note") ? Texts[$"aid.{typeof(T).Name}.{v}.note"] : null
                )),
        ];

    private Field Of(string name, FieldKind kind, bool required) =>
        new(Names + name, Texts["aid.field." + name], kind)
        {
            Required = required,
            Value = Typed.One(Names + name),
            Hint = HintOf(name),
            Error = FormErrors.At(Refusal, Names + name, Texts),
        };

    private string? HintOf(string name) => Texts.Has("aid.hint." + name) ? Texts["aid.hint." + name] : null;
}

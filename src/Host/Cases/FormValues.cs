using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Cases;

/// <summary>One host with its co-handlers, as an assignment form names them.</summary>
public sealed record PartValue(Guid Host, ImmutableArray<Guid> Cohandlers);

/// <summary>
/// The checked values of a step's form. Whatever a client sends is read here once against the catalogue; the aggregate
/// is given typed values only.
/// </summary>
public sealed class FormValues
{
    private readonly Dictionary<string, object> _values = [];

    private FormValues() { }

    public string? Text(string field) => _values.GetValueOrDefault(field) as string;

    public DateOnly? Date(string field) => _values.GetValueOrDefault(field) as DateOnly?;

    public int? Number(string field) => _values.GetValueOrDefault(field) as int?;

    public Money? Money(string field) => _values.GetValueOrDefault(field) as Money?;

    public Guid? Id(string field) => _values.GetValueOrDefault(field) as Guid?;

    public ImmutableArray<Guid> Ids(string field) =>
        _values.GetValueOrDefault(field) is ImmutableArray<Guid> ids ? ids : [];

    public ImmutableArray<PartValue> Parts(string field) =>
        _values.GetValueOrDefault(field) is ImmutableArray<PartValue> parts ? parts : [];

    public ImmutableArray<Commitment> Commitments(string field) =>
        _values.GetValueOrDefault(field) is ImmutableArray<Commitment> items ? items : [];

    /// <summary>
    /// Reads the fields that the outcome asks for. Refusals at their fields: <c>form.required</c>, <c>form.too-long</c>,
    /// <c>form.too-short</c>, <c>form.too-many</c>, <c>form.unreadable</c>, <c>form.not-money</c>, <c>form.choice-unknown</c>,
    /// <c>text.control-characters</c>; <c>form.unknown-field</c> for one that the step does not have.
    /// </summary>
    public static Outcome<FormValues> Read(StepSpec step, OutcomeSpec outcome, JsonElement? form)
    {
        var values = new FormValues();
        var found = new List<Refusal>();
        if (form is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined) })
            return Refusal.At("form", "form.unreadable");
        if (form is { ValueKind: JsonValueKind.Object } sent)
            foreach (var property in sent.EnumerateObject().Where(p => step.Field(p.Name) is null))
                found.Add(Refusal.At(property.Name, "form.unknown-field"));
        foreach (var name in outcome.Fields)
        {
            var field = step.Field(name)!;
            var value =
                form is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(name, out var v)
                    ? v
                    : default;
            if (values.Take(field, value) is { } refusal)
                found.Add(refusal with { Field = name });
        }
        return Refusal.Of(found) is { } refused ? refused : values;
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => true,
            JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
            JsonValueKind.Array => value.GetArrayLength() == 0,
            _ => false,
        };

    private Refusal? Take(FormField field, JsonElement value)
    {
        try
        {
            if (IsEmpty(value))
                return field.Required ? Refusal.Because("form.required") : null;
            return field.Type switch
            {
                FieldType.Text or FieldType.LongText => TakeText(field, value),
                FieldType.Choice => field.Options.Contains(value.GetString() ?? "")
                    ? Keep(field, value.GetString()!)
                    : Refusal.Because("form.choice-unknown"),
                FieldType.Date => ReadDate(value) is { } date ? Keep(field, date) : Refusal.Because("form.unreadable"),
                FieldType.Number => ReadNumber(value) is { } number
                    ? Keep(field, number)
                    : Refusal.Because("form.unreadable"),
                FieldType.Money => ReadMoney(value) is { } amount
                    ? Keep(field, amount)
                    : Refusal.Because("form.not-money"),
                FieldType.Department
                or FieldType.Motion
                or FieldType.Representative
                or FieldType.Fund
                or FieldType.Attachment => Keep(field, value.GetGuid()),
                FieldType.Departments or FieldType.Members => TakeList(field, value, e => e.GetGuid()),
                FieldType.Parts => TakeList(field, value, ReadPart),
                FieldType.Commitments => TakeCommitments(field, value),
                _ => throw new InvalidOperationException($"Field type {field.Type} is not read."),
            };
        }
        // What GetGuid, GetString and GetProperty throw on a value of another shape.
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return Refusal.Because("form.unreadable");
        }
    }

    /// <summary>A number is fen, as everywhere in the API; a text is yuan, as one types it.</summary>
    private static Money? ReadMoney(JsonElement value) =>
        value.ValueKind != JsonValueKind.Number ? Domain.Money.Parse(value.GetString())
        : value.TryGetInt64(out var fen) && fen >= 0 ? new Money(fen)
        : null;

    private Refusal? TakeText(FormField field, JsonElement value)
    {
        var text = value.GetString()!.Trim().ReplaceLineEndings("\n");
        var length = text.EnumerateRunes().Count();
        if (length > field.MaxLength)
            return Refusal.Because("form.too-long", field.MaxLength, length);
        if (length < field.MinLength)
            return Refusal.Because("form.too-short", field.MinLength, length);
        if (text.Any(c => char.IsControl(c) && (field.Type == FieldType.Text || c is not ('\n' or '\t'))))
            return Refusal.Because("text.control-characters");
        return Keep(field, text);
    }

    private Refusal? TakeList<T>(FormField field, JsonElement value, Func<JsonElement, T> read) =>
        value.GetArrayLength() > field.MaxLength
            ? Refusal.Because("form.too-many", field.MaxLength)
            : Keep(field, value.EnumerateArray().Select(read).ToImmutableArray());

    private Refusal? TakeCommitments(FormField field, JsonElement value)
    {
        var texts = new FormField("item", FieldType.Text) { MaxLength = 200 };
        foreach (var item in value.EnumerateArray())
        foreach (var name in new[] { "item", "owner" })
        {
            var text = item.GetProperty(name).GetString() ?? "";
            if (string.IsNullOrWhiteSpace(text))
                return Refusal.Because("form.commitment-incomplete");
            if (text.Length > texts.MaxLength)
                return Refusal.Because("form.too-long", texts.MaxLength, text.Length);
            if (text.Any(char.IsControl))
                return Refusal.Because("text.control-characters");
        }
        return TakeList(
            field,
            value,
            e => new Commitment(
                e.GetProperty("item").GetString()!.Trim(),
                e.GetProperty("owner").GetString()!.Trim(),
                ReadDate(e.GetProperty("dueOn")) ?? throw new FormatException()
            )
        );
    }

    private static PartValue ReadPart(JsonElement part) =>
        new(
            part.GetProperty("host").GetGuid(),
            part.TryGetProperty("cohandlers", out var list) && list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(e => e.GetGuid()).Distinct()]
                : []
        );

    /// <summary>A date within the years of the calendar, by which a clock can be set.</summary>
    private static DateOnly? ReadDate(JsonElement value) =>
        DateOnly.TryParseExact(
            value.GetString(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
        && date >= WorkingCalendar.Earliest
        && date <= WorkingCalendar.Latest
            ? date
            : null;

    private static int? ReadNumber(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt32(out var number) => number,
            JsonValueKind.String
                when int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                number,
            _ => null,
        };

    private Refusal? Keep(FormField field, object value)
    {
        _values[field.Name] = value;
        return null;
    }
}

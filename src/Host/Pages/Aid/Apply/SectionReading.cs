using System.Globalization;
using EduUnion.Domain;
using EduUnion.Host.Drafts;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>Reads what was typed into a section, and remembers at which field something cannot be read.</summary>
public sealed class SectionReading(Typed typed)
{
    private readonly List<Refusal> _found = [];

    public Refusal? Refusal => Domain.Refusal.Of(_found);

    /// <summary>Browsers send lines with two characters at their end; one of them is none that people type.</summary>
    public string Text(string field) => (typed.One(field) ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    public string? Said(string field) => Text(field) is { Length: > 0 } text ? text : null;

    /// <summary>A value that is never shown again: left empty, it stays as it is.</summary>
    public string Kept(string field, string saved) => Said(field) ?? saved;

    public T? Choice<T>(string field)
        where T : struct, Enum =>
        Said(field) is not { } text ? null
        : Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value
        : Wrong<T>(field, "form.choice-unknown");

    public bool? YesNo(string field) =>
        Said(field) switch
        {
            "yes" => true,
            "no" => false,
            _ => null,
        };

    public Money? Amount(string field) =>
        Said(field) is not { } text ? null : Money.Parse(text) ?? Wrong<Money>(field, "form.not-money");

    public DateOnly? Date(string field) =>
        Said(field) is not { } text ? null
        : DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day) ? day
        : Wrong<DateOnly>(field, "form.unreadable");

    public int? Number(string field) =>
        Said(field) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Wrong<int>(field, "form.unreadable");

    public IReadOnlyList<string> All(string field) => [.. typed.All(field).Where(v => v.Length > 0)];

    private T? Wrong<T>(string field, string code)
        where T : struct
    {
        _found.Add(Domain.Refusal.At(field, code));
        return null;
    }
}

using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Documents.Aid;

/// <summary>
/// What the forms of aid say beside the aggregates: names, and whether the reader is shown values that are masked
/// otherwise (domain §3.9). Documents are Chinese.
/// </summary>
public sealed record AidFacts
{
    public required string School { get; init; }
    public required IReadOnlyDictionary<Guid, string> Names { get; init; }
    public required Texts Texts { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>Shown in clear: to the person himself, or to whoever gave a reason that is on record.</summary>
    public bool Clear { get; init; }

    public string Name(Guid? id) => id is { } known ? Names.GetValueOrDefault(known, "") : "";

    public string List(IEnumerable<Guid> ids) => string.Join('、', ids.Select(id => Name(id)));

    public string Person(string name) => Clear ? name : Masking.Name(name);

    public string Identity(string number) => Clear ? number : Masking.Identity(number);

    public string Phone(string? number) =>
        string.IsNullOrEmpty(number) ? ""
        : Clear ? number
        : Masking.Phone(number);

    public string Account(string number) =>
        number.Length == 0 ? ""
        : Clear ? number
        : Masking.Account(number);

    /// <summary>A text that is not shown at all where it is masked.</summary>
    public string Hidden(string? text) =>
        string.IsNullOrEmpty(text) ? ""
        : Clear ? text
        : "（不显示）";

    public string Term<T>(T value)
        where T : struct, Enum => Texts.In(Texts.Chinese, AidTerms.Key(value));

    public string Term<T>(T? value)
        where T : struct, Enum => value is { } said ? Term(said) : "";

    public static string Yuan(Money? amount) => amount is { } sum ? $"{sum} 元" : "";
}

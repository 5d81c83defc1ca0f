using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EduUnion.Domain;
using EduUnion.Host.Seeds;

namespace EduUnion.Host.Parameters;

public enum ParameterType
{
    /// <summary>A whole number from <see cref="ParameterKey.Min"/> to <see cref="ParameterKey.Max"/>.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>One of <see cref="ParameterKey.Options"/>.</summary>
    Choice,

    /// <summary>A part of a whole, such as <c>1/3</c>.</summary>
    Fraction,

    /// <summary>Whole numbers within the bounds, separated by commas, such as <c>7,3,1</c>; empty = none.</summary>
    Numbers,

    /// <summary>An amount in yuan, such as <c>5000.00</c>.</summary>
    Money,

    /// <summary>How many times as much, with at most two decimals, such as <c>1.5</c>.</summary>
    Factor,
}

/// <summary>A parameter that the program knows (domain §8.1): what it means and which values it may have.</summary>
/// <param name="Default">The shipped value; it stands in the table as a row of the system level. Null = the district must say.</param>
/// <param name="Unit">Key of the unit: <c>workdays</c>, <c>days</c>, <c>years</c>, <c>people</c>, <c>times</c>; null = none.</param>
public sealed record ParameterKey(string Key, ParameterType Type, string? Default, string? Unit, string Zh, string En)
{
    public const int LongestList = 10;

    public int Min { get; init; }
    public int Max { get; init; } = 366;
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>
    /// Null for a value that the rules can read. Refusals at <c>value</c>: <c>parameter.not-number</c>,
    /// <c>parameter.not-numbers</c>, <c>parameter.not-fraction</c>, <c>parameter.not-money</c>,
    /// <c>parameter.not-factor</c>, <c>parameter.not-offered</c>.
    /// </summary>
    public Refusal? Refuse(string value) =>
        Accepts(value)
            ? null
            : Type switch
            {
                ParameterType.Number => Refusal.At("value", "parameter.not-number", Min, Max),
                ParameterType.Numbers => Refusal.At("value", "parameter.not-numbers", Min, Max, LongestList),
                ParameterType.Fraction => Refusal.At("value", "parameter.not-fraction"),
                ParameterType.Money => Refusal.At("value", "parameter.not-money"),
                ParameterType.Factor => Refusal.At("value", "parameter.not-factor", Min, Max),
                _ => Refusal.At("value", "parameter.not-offered"),
            };

    /// <summary>
    /// What somebody typed, as it is kept: full-width figures and commas become plain ones, blanks go.
    /// </summary>
    public static string Plain(string? typed) =>
        new([
            .. (typed ?? "")
                .Normalize(NormalizationForm.FormKC)
                .Replace('、', ',')
                .Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)),
        ]);

    private bool Accepts(string value) =>
        Type switch
        {
            ParameterType.Number => Within(value),
            ParameterType.Flag => value is "true" or "false",
            ParameterType.Choice => Options.Contains(value),
            ParameterType.Fraction => value.Split('/') is [var part, var whole]
                && Whole(part) is { } n
                && Whole(whole) is > 0 and var d
                && n <= d,
            ParameterType.Money => value.Length > 0 && !value.Contains(',') && Money.Parse(value) is not null,
            ParameterType.Factor => Factor(value) is { } factor && factor >= Min && factor <= Max,
            _ => value.Length == 0 || value.Split(',') is { Length: <= LongestList } items && items.All(Within),
        };

    private bool Within(string value) => Whole(value) is { } number && number >= Min && number <= Max;

    private static decimal? Factor(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && decimal.Truncate(number * 100) == number * 100
            ? number
            : null;

    private static int? Whole(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>All parameters, from <c>seeds/parameters.json</c>; a value under any other key is refused.</summary>
public sealed class ParameterCatalogue(IReadOnlyCollection<ParameterKey> keys)
{
    private readonly FrozenDictionary<string, ParameterKey> _keys = keys.ToFrozenDictionary(k => k.Key);

    /// <summary>In the order of the file, which is the order of a motion's way.</summary>
    public IReadOnlyList<ParameterKey> All { get; } = [.. keys];

    public ParameterKey? Find(string key) => _keys.GetValueOrDefault(key);

    public static ParameterCatalogue Shipped() => new(SeedFiles.Read<ImmutableArray<ParameterKey>>("parameters.json"));
}

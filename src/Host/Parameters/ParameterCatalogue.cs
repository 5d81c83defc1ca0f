using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
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
}

/// <summary>A parameter that the program knows (domain §8.1): what it means and which values it may have.</summary>
/// <param name="Default">The shipped value; it stands in the table as a row of the system level.</param>
/// <param name="Unit">Key of the unit: <c>workdays</c>, <c>days</c>, <c>years</c>, <c>people</c>, <c>times</c>; null = none.</param>
public sealed record ParameterKey(string Key, ParameterType Type, string Default, string? Unit, string Zh, string En)
{
    private const int LongestList = 10;

    public int Min { get; init; }
    public int Max { get; init; } = 366;
    public ImmutableArray<string> Options { get; init; } = [];

    public bool Accepts(string value) =>
        Type switch
        {
            ParameterType.Number => Within(value),
            ParameterType.Flag => value is "true" or "false",
            ParameterType.Choice => Options.Contains(value),
            ParameterType.Fraction => value.Split('/') is [var part, var whole]
                && Whole(part) is { } n
                && Whole(whole) is > 0 and var d
                && n <= d,
            _ => value.Length == 0 || value.Split(',') is { Length: <= LongestList } items && items.All(Within),
        };

    private bool Within(string value) => Whole(value) is { } number && number >= Min && number <= Max;

    private static int? Whole(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>All parameters, from <c>seeds/parameters.json</c>; a value under any other key is refused.</summary>
public sealed class ParameterCatalogue(IEnumerable<ParameterKey> keys)
{
    private readonly FrozenDictionary<string, ParameterKey> _keys = keys.ToFrozenDictionary(k => k.Key);

    public IEnumerable<ParameterKey> All => _keys.Values.OrderBy(k => k.Key, StringComparer.Ordinal);

    public ParameterKey? Find(string key) => _keys.GetValueOrDefault(key);

    public static ParameterCatalogue Shipped() => new(SeedFiles.Read<ImmutableArray<ParameterKey>>("parameters.json"));
}

using System.Collections.Immutable;
using System.Globalization;

namespace EduUnion.Domain.Parameters;

/// <summary>
/// One recorded value of a parameter (domain §8.1). Append-only: a change is a new row. <see cref="OrganisationId"/>
/// null = system default, else a district or a school.
/// </summary>
public sealed class Parameter
{
    public required Guid Id { get; init; }
    public required string Key { get; init; }
    public Guid? OrganisationId { get; init; }
    public required string Value { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
}

/// <summary>
/// The parameters in force for one organisation at one instant: school before district before system, then the latest
/// <c>ValidFrom</c>, then the latest <c>RecordedAt</c>. A case or clock keeps the instant and asks again, so a later
/// change never moves what is running.
/// </summary>
public sealed class Rules
{
    private readonly ImmutableDictionary<string, string> _values;

    private Rules(ImmutableDictionary<string, string> values) => _values = values;

    /// <inheritdoc cref="InForce"/>
    public static Rules Resolve(
        IEnumerable<Parameter> rows,
        IReadOnlyList<Guid> path,
        DateTimeOffset at,
        DateOnly today
    ) => new(InForce(rows, path, at, today).ToImmutableDictionary(r => r.Key, r => r.Value.Value));

    /// <summary>The row that holds for each key, so that one can say where a value comes from.</summary>
    /// <param name="rows">All recorded values that may matter.</param>
    /// <param name="path">The organisation and its parents, most specific first.</param>
    /// <param name="at">The instant whose values hold; rows recorded later are unknown to it.</param>
    /// <param name="today">The legal date of <paramref name="at"/>.</param>
    public static ImmutableDictionary<string, Parameter> InForce(
        IEnumerable<Parameter> rows,
        IReadOnlyList<Guid> path,
        DateTimeOffset at,
        DateOnly today
    ) =>
        rows.Where(r => r.RecordedAt <= at && r.ValidFrom <= today)
            .Select(r => (Row: r, Level: r.OrganisationId is { } id ? path.ToList().IndexOf(id) : path.Count))
            .Where(r => r.Level >= 0)
            .GroupBy(r => r.Row.Key)
            .ToImmutableDictionary(
                g => g.Key,
                g =>
                    g.OrderBy(r => r.Level)
                        .ThenByDescending(r => r.Row.ValidFrom)
                        .ThenByDescending(r => r.Row.RecordedAt)
                        .First()
                        .Row
            );

    public string Text(string key) =>
        _values.TryGetValue(key, out var value)
            ? value
            : throw new InvalidOperationException($"Parameter {key} has no value; seeds/parameters.json ships one.");

    public bool Has(string key) => _values.ContainsKey(key);

    public int Number(string key) => int.Parse(Text(key), CultureInfo.InvariantCulture);

    public bool Flag(string key) => bool.Parse(Text(key));

    /// <summary>Comma-separated whole numbers, e.g. <c>remind.before</c> = 7,3,1.</summary>
    public ImmutableArray<int> Numbers(string key) =>
        [.. Text(key).Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    /// <summary>A fraction such as <c>coanswer.share</c> = 1/3.</summary>
    public (int Numerator, int Denominator) Fraction(string key)
    {
        var parts = Text(key).Split('/');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>An amount, e.g. <c>approve.l1</c> = 1000.00.</summary>
    public Money Amount(string key) =>
        Money.Parse(Text(key)) ?? throw new InvalidOperationException($"Parameter {key} is no amount.");

    /// <summary>How many times as much, e.g. <c>aid.k_rel</c> = 2.0.</summary>
    public decimal Factor(string key) => decimal.Parse(Text(key), CultureInfo.InvariantCulture);

    /// <summary>Length of a clock family in working days: <c>{name}.wd</c> or <c>{name}_wd</c>.</summary>
    public int Workdays(string clock) => Number(Has($"{clock}.wd") ? $"{clock}.wd" : $"{clock}_wd");
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace EduUnion.Domain;

/// <summary>
/// An amount in whole fen (分); never floating point. Arithmetic is checked: an overflow throws instead of wrapping.
/// </summary>
public readonly partial record struct Money(long Fen) : IComparable<Money>
{
    public static Money Zero => default;

    /// <summary>Whole yuan (元).</summary>
    public static Money Yuan(long yuan) => new(checked(yuan * 100));

    /// <summary>
    /// Reads what a person types: <c>5000</c>, <c>5,000.01</c>, with at most two decimals and commas only where thousands
    /// end, for <c>5000,01</c> is no half million; null when it is no amount, is negative or beyond a trillion yuan.
    /// </summary>
    public static Money? Parse(string? typed) =>
        typed?.Trim() is { } text
        && Amount().IsMatch(text)
        && decimal.TryParse(
            text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture,
            out var yuan
        )
        && yuan <= 1_000_000_000_000m
            ? new Money((long)(yuan * 100))
            : null;

    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,2})?$")]
    private static partial Regex Amount();

    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    public static Money operator -(Money amount) => new(checked(-amount.Fen));

    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>Yuan with thousands and two decimals: <c>5,000.01</c>.</summary>
    public override string ToString() => (Fen / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
}

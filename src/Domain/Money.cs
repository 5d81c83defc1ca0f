using System.Globalization;

namespace EduUnion.Domain;

/// <summary>
/// An amount in whole fen (分); never floating point. Arithmetic is checked: an overflow throws instead of wrapping.
/// </summary>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public static Money Zero => default;

    /// <summary>Whole yuan (元).</summary>
    public static Money Yuan(long yuan) => new(checked(yuan * 100));

    /// <summary>
    /// Reads what a person types: <c>5000</c>, <c>5,000.01</c>, with at most two decimals; null when it is no amount, is
    /// negative or beyond a trillion yuan.
    /// </summary>
    public static Money? Parse(string? typed) =>
        decimal.TryParse(
            typed,
            NumberStyles.AllowDecimalPoint
                | NumberStyles.AllowThousands
                | NumberStyles.AllowLeadingWhite
                | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var yuan
        )
        && yuan is >= 0 and <= 1_000_000_000_000m
        && decimal.Truncate(yuan * 100) == yuan * 100
            ? new Money((long)(yuan * 100))
            : null;

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

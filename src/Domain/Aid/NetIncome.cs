using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

/// <summary>One line of the arithmetic, to be shown: what it is, how it is reckoned, and the result.</summary>
/// <param name="Code"><c>income</c>, <c>spending</c>, <c>remainder</c> or <c>net</c>; names are in the Host's resources.</param>
/// <param name="Expression">Yuan and signs only, e.g. <c>(96,000.00 − 61,200.00) ÷ 12 ÷ 3</c>.</param>
public sealed record ArithmeticLine(string Code, string Expression, Money Result);

/// <summary>
/// The net per-capita monthly income (domain §3.1): (annual disposable household income − hardship-related necessary
/// spending) / 12 / household members. One division, rounded half up to the fen, away from zero below it; the rounded
/// figure is the one compared, so that what is printed decides. It may be negative.
/// </summary>
public sealed record NetIncome(ImmutableArray<Money> Incomes, ImmutableArray<Money> Spending, int Members)
{
    public Money Income => Incomes.Aggregate(Money.Zero, (sum, m) => sum + m);

    public Money Spent => Spending.Aggregate(Money.Zero, (sum, m) => sum + m);

    /// <summary>Fen a month and head.</summary>
    public Money Monthly => new(Divide((Income - Spent).Fen, 12L * Members));

    public ImmutableArray<ArithmeticLine> Lines =>
        [
            new("income", Sum(Incomes), Income),
            new("spending", Sum(Spending), Spent),
            new("remainder", $"{Income} − {Spent}", Income - Spent),
            new("net", $"({Income} − {Spent}) ÷ 12 ÷ {Members}", Monthly),
        ];

    /// <summary>Of what the applicant says; null as long as an income is not said.</summary>
    public static NetIncome? Of(AidContent content) =>
        content.Incomes.IsEmpty || content.Members.Any(m => m.YearlyIncome is null)
            ? null
            : new(
                [
                    .. content.Incomes.Select(i => i.Yearly),
                    .. content.Members.Select(m => m.YearlyIncome!.Value).Where(m => m != Money.Zero),
                ],
                [.. content.Spending.Select(s => s.Yearly)],
                content.Members.Length + 1
            );

    private static string Sum(ImmutableArray<Money> amounts) =>
        amounts.IsEmpty ? Money.Zero.ToString() : string.Join(" + ", amounts);

    private static long Divide(long dividend, long divisor)
    {
        var doubled = checked(2 * Math.Abs(dividend)) + divisor;
        return Math.Sign(dividend) * (doubled / (2 * divisor));
    }
}

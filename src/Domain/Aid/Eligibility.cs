namespace EduUnion.Domain.Aid;

/// <summary>Which rule gave a suggestion, or why there is none.</summary>
public enum SuggestionRule
{
    /// <summary>Net income at or below k_deep × 低保: 深度困难.</summary>
    DeepLine,

    /// <summary>Net income at or below k_rel × 低保: 相对困难.</summary>
    RelLine,

    /// <summary>Above both lines after a sudden event: 意外致困.</summary>
    SuddenEvent,

    /// <summary>Above both lines, without a sudden event: 一般困难.</summary>
    AboveLines,

    /// <summary>No suggestion: the district has entered no 低保 line for that day.</summary>
    LineUnknown,

    /// <summary>No suggestion: an income is not said yet.</summary>
    IncomeUnknown,
}

/// <summary>
/// What the system suggests; people decide, and say why when they depart from it.
/// </summary>
/// <param name="Category">Null = no suggestion; <paramref name="Rule"/> says why.</param>
/// <param name="Net">Fen a month and head.</param>
/// <param name="Line">The line it was held against: the deep one, else the rel one; null where none is known.</param>
public sealed record Suggestion(AidCategory? Category, SuggestionRule Rule, Money? Net = null, Money? Line = null);

/// <summary>Category by income (domain §3.1).</summary>
public static class Eligibility
{
    /// <summary>
    /// A line is a multiple of the 低保 of the household's own region on the day of application, rounded half up to the
    /// fen; a net income equal to it is below it.
    /// </summary>
    /// <param name="dibao">Fen a month and head; null = not entered, and then nothing is suggested.</param>
    public static Suggestion Suggest(Money? net, Money? dibao, decimal kDeep, decimal kRel, Cause? cause)
    {
        if (net is not { } income)
            return new(null, SuggestionRule.IncomeUnknown);
        if (dibao is not { } basis)
            return new(null, SuggestionRule.LineUnknown, income);
        var (deep, rel) = (Times(basis, kDeep), Times(basis, kRel));
        if (income <= deep)
            return new(AidCategory.Deep, SuggestionRule.DeepLine, income, deep);
        if (income <= rel)
            return new(AidCategory.Rel, SuggestionRule.RelLine, income, rel);
        return cause is { } c && Causes.Sudden.Contains(c)
            ? new(AidCategory.Acc, SuggestionRule.SuddenEvent, income, rel)
            : new(AidCategory.Loc, SuggestionRule.AboveLines, income, rel);
    }

    /// <summary>
    /// A reason is needed to depart from a suggestion. Without a suggestion there is nothing to depart from. Refusal:
    /// <c>aid.departure-reason-missing</c> at <c>reason</c>.
    /// </summary>
    public static Refusal? CheckDeparture(AidCategory? suggested, AidCategory chosen, string? reason) =>
        suggested is { } category && category != chosen && string.IsNullOrWhiteSpace(reason)
            ? Refusal.At("reason", "aid.departure-reason-missing", category)
            : null;

    private static Money Times(Money basis, decimal factor) =>
        new((long)decimal.Round(basis.Fen * factor, 0, MidpointRounding.AwayFromZero));
}

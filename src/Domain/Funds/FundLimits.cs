namespace EduUnion.Domain.Funds;

/// <summary>Where the money of a fund comes from (资金来源, domain §3.8).</summary>
public enum FundKind
{
    /// <summary>工会经费.</summary>
    UnionMoney,

    /// <summary>上级帮扶资金.</summary>
    UpperUnion,

    /// <summary>互助金.</summary>
    MutualAid,

    /// <summary>捐款.</summary>
    Donation,

    /// <summary>行政福利费.</summary>
    Welfare,
}

/// <summary>What a fund allows; null = no limit of its own. Counted over paid, held and waiting claims on this fund.</summary>
/// <param name="PerPayment">One approved amount.</param>
/// <param name="PerPerson">One person in one calendar year.</param>
/// <param name="PerCause">One person for one main cause in one calendar year.</param>
/// <param name="SchoolLevel">Up to this cumulative sum the school's chair approves alone; null = parameter <c>approve.l1</c>.</param>
/// <param name="OfficerLevel">Up to this sum the district's officer is enough; null = parameter <c>approve.l2</c>.</param>
public sealed record FundLimits(
    Money? PerPayment = null,
    Money? PerPerson = null,
    Money? PerCause = null,
    Money? SchoolLevel = null,
    Money? OfficerLevel = null
)
{
    /// <summary>
    /// Whether one more amount is within the limits. Refusals: <c>fund.ceiling-payment</c> (limit, amount),
    /// <c>fund.ceiling-person</c> and <c>fund.ceiling-cause</c> (limit, so far, amount).
    /// </summary>
    /// <param name="others">The person's other live claims on this fund in the year.</param>
    public Refusal? Check(Claim wanted, IEnumerable<Claim> others)
    {
        var amount = wanted.Amount;
        if (PerPayment is { } payment && amount > payment)
            return Refusal.At("amount", "fund.ceiling-payment", payment, amount);
        var live = others.Where(c => c.FundId == wanted.FundId && c.Year == wanted.Year && c.IsLive).ToList();
        var person = Sum(live);
        if (PerPerson is { } most && person + amount > most)
            return Refusal.At("amount", "fund.ceiling-person", most, person, amount);
        var cause = Sum(live.Where(c => c.Cause == wanted.Cause));
        return PerCause is { } limit && cause + amount > limit
            ? Refusal.At("amount", "fund.ceiling-cause", limit, cause, amount)
            : null;
    }

    /// <summary>
    /// Limits as typed: none below zero, the officer's level not below the school's. Refusals: <c>fund.level-order</c>.
    /// </summary>
    public Refusal? Check() =>
        SchoolLevel is { } school && OfficerLevel is { } officer && officer < school
            ? Refusal.At("officerLevel", "fund.level-order")
            : null;

    private static Money Sum(IEnumerable<Claim> claims) =>
        claims.Aggregate(Money.Zero, (sum, claim) => sum + claim.Amount);
}

using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

/// <summary>
/// One application as others are compared with it (domain §3.4). People and account are keyed hashes: equality is all that
/// is asked of them.
/// </summary>
/// <param name="People">The applicant's and his spouse's identity numbers.</param>
/// <param name="FundId">Null until it is accepted: then it may yet be the same.</param>
public sealed record AidClaim(
    Guid CaseId,
    Guid ApplicantId,
    ImmutableHashSet<string> People,
    string? Account,
    CauseGroup Group,
    string EventText,
    DateOnly EventOn,
    int Year,
    Guid? FundId
);

public enum DuplicateKind
{
    /// <summary>Same people, fund, event and year: blocked.</summary>
    Blocked,

    /// <summary>The same people have another application this year: the committee decides.</summary>
    SamePeople,

    /// <summary>The same account under another name: somebody looks.</summary>
    SameAccount,
}

public sealed record Duplicate(DuplicateKind Kind, Guid CaseId);

/// <summary>
/// Finds second applications (domain §3.4): same person, same fund, same cause event, same year is blocked, and so is the
/// spouse's for the same event, for a household has one applicant. Withdrawn, refused and cancelled ones are not given.
/// </summary>
public static class Duplicates
{
    /// <summary>Blocked ones first.</summary>
    public static ImmutableArray<Duplicate> Of(AidClaim mine, IEnumerable<AidClaim> others) =>
        [
            .. others
                .Where(o => o.CaseId != mine.CaseId)
                .Select(o => Compare(mine, o))
                .OfType<Duplicate>()
                .OrderBy(d => d.Kind)
                .ThenBy(d => d.CaseId),
        ];

    /// <summary>Neutral: it tells neither whose nor which the other application is. Refusal: <c>aid.duplicate</c>.</summary>
    public static Refusal? Check(AidClaim mine, IEnumerable<AidClaim> others) =>
        Of(mine, others).Any(d => d.Kind == DuplicateKind.Blocked) ? Refusal.Because("aid.duplicate") : null;

    private static Duplicate? Compare(AidClaim mine, AidClaim other)
    {
        var people = mine.ApplicantId == other.ApplicantId || mine.People.Overlaps(other.People);
        if (people && mine.Year == other.Year)
            return new(
                IsSameEvent(mine, other) && IsSameFund(mine, other) ? DuplicateKind.Blocked : DuplicateKind.SamePeople,
                other.CaseId
            );
        return !people && mine.Account is not null && mine.Account == other.Account
            ? new(DuplicateKind.SameAccount, other.CaseId)
            : null;
    }

    private static bool IsSameEvent(AidClaim mine, AidClaim other) =>
        mine.Group == other.Group && (mine.EventOn == other.EventOn || Plain(mine.EventText) == Plain(other.EventText));

    // Applications of two people of one household may not both be paid for one event, from whatever fund.
    private static bool IsSameFund(AidClaim mine, AidClaim other) =>
        mine.FundId is null
        || other.FundId is null
        || mine.FundId == other.FundId
        || mine.ApplicantId != other.ApplicantId;

    private static string Plain(string text) =>
        new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}

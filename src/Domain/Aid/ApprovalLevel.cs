using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

/// <summary>Who has to agree.</summary>
public enum Approver
{
    /// <summary>学校工会主席.</summary>
    School,

    /// <summary>区工会经办.</summary>
    Officer,

    /// <summary>区工会主席.</summary>
    Chair,

    /// <summary>主席办公会.</summary>
    Joint,
}

/// <summary>
/// Levels of approval by amount (domain §3.3 step 7). The amount is the person's cumulative one of the calendar year:
/// paid + reserved + this, so that splitting lowers nothing.
/// </summary>
public static class ApprovalLevel
{
    /// <summary>
    /// In the order of asking: up to <paramref name="l1"/> the school's chair; above it the district's officer too; above
    /// <paramref name="l2"/>, or for a deep hardship of any amount, the district's chair too, or all chairs together.
    /// </summary>
    public static ImmutableArray<Approver> Required(
        Money cumulative,
        Money l1,
        Money l2,
        AidCategory? category,
        bool joint
    )
    {
        var top = cumulative > l2 || category == AidCategory.Deep;
        var required = ImmutableArray.Create(Approver.School);
        if (cumulative > l1 || top)
            required = required.Add(Approver.Officer);
        if (top)
            required = required.Add(joint ? Approver.Joint : Approver.Chair);
        return required;
    }

    /// <summary>The first who has not agreed; null = enough. What agreed above that is needed counts for nothing below.</summary>
    public static Approver? Next(ImmutableArray<Approver> required, IReadOnlyCollection<Approver> given) =>
        required.Where(r => !given.Contains(r)).Select(r => (Approver?)r).FirstOrDefault();
}

/// <summary>One agreement in one round of approval; a return begins a new round, in which nothing counts yet.</summary>
public sealed record Approval(
    int Round,
    Approver Level,
    Guid By,
    Guid? ActingFor,
    Money Amount,
    string? Text,
    DateTimeOffset At
);

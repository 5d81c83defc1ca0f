using System.Collections.Immutable;
using EduUnion.Domain.Motions;

namespace EduUnion.Domain.Statistics;

/// <summary>
/// What statistics know of one formally submitted motion (domain §2.10): legal dates (Asia/Shanghai), ids and scores, no
/// text and no names. Every fact has its date, so that the figures of an earlier day can be told later. Made by
/// <see cref="Of"/>; drafts and motions that found too few co-signers have no facts.
/// </summary>
public sealed partial record MotionFacts(
    Guid Id,
    Guid SchoolId,
    Guid SessionId,
    string Category,
    Guid ProposerId,
    DateOnly SubmittedOn
)
{
    /// <summary>Everybody who leads or has led it, and its confirmed co-signers.</summary>
    public ImmutableArray<Guid> People { get; init; } = [];

    /// <summary>Filed (立案), also when it was merged into another (并案).</summary>
    public DateOnly? FiledOn { get; init; }

    /// <summary>The main motion that it follows.</summary>
    public Guid? MainId { get; init; }

    /// <summary>Withdrawn, before filing or after it: <see cref="FiledOn"/> tells.</summary>
    public DateOnly? WithdrawnOn { get; init; }

    /// <summary>Goes on as an opinion (转为意见建议).</summary>
    public DateOnly? OpinionOn { get; init; }

    public DateOnly? RejectedOn { get; init; }

    public ImmutableArray<PartFacts> Parts { get; init; } = [];

    public ImmutableArray<FormFacts> Forms { get; init; } = [];

    public ImmutableArray<CommitmentFacts> Commitments { get; init; } = [];

    public DateOnly? ClosedOn { get; init; }

    /// <summary>Closed with the dissent kept (保留意见办结).</summary>
    public bool IsDissent { get; init; }

    /// <summary>The school's parameter <c>feedback.lapse</c> is COUNTED_SATISFIED: a lapsed form counts as 满意.</summary>
    public bool LapseSatisfies { get; init; }
}

/// <summary>
/// One host's part in one round of handling. A motion that follows another has copies of the main's parts, with the same
/// ids, from the main's answer on.
/// </summary>
/// <param name="Round">1, and one more with each re-handling (重新办理).</param>
public sealed record PartFacts(Guid Id, int Round, Guid HostId, DateOnly AssignedOn)
{
    /// <summary>Null = nobody knows it (no clock, or the period stands still).</summary>
    public AnswerDue? Due { get; init; }

    public DateOnly? DeliveredOn { get; init; }

    /// <summary>Of the delivered answer; null before.</summary>
    public AnswerClass? Class { get; init; }

    /// <summary>How many commitments the delivered answer makes.</summary>
    public int Promised { get; init; }

    /// <summary>How the proposer was talked to before the answer went out: <c>meeting</c>, <c>visit</c>, <c>phone</c>.</summary>
    public ImmutableArray<string> Contacts { get; init; } = [];

    internal bool IsDelivered(DateOnly asOf) => DeliveredOn <= asOf;
}

/// <summary>
/// The last day of the answer's period: without the extension, and with it from the day on which it was granted.
/// </summary>
public sealed record AnswerDue(DateOnly OriginalOn, DateOnly On, DateOnly? ExtendedOn = null)
{
    /// <summary>What is due as it was known on that day.</summary>
    public DateOnly Effective(DateOnly asOf) => ExtendedOn <= asOf ? On : OriginalOn;
}

/// <summary>A feedback form (征询意见表) to the lead proposer of one motion, the first being round 1.</summary>
public sealed record FormFacts(int Round, DateOnly SentOn)
{
    public RatingFacts? Returned { get; init; }

    /// <summary>The one correction (M-32); it stands for the rating from its day on.</summary>
    public RatingFacts? Corrected { get; init; }

    public DateOnly? LapsedOn { get; init; }

    internal RatingFacts? Rating(DateOnly asOf) =>
        Corrected?.On <= asOf ? Corrected
        : Returned?.On <= asOf ? Returned
        : null;
}

/// <summary>The two scores of a form: of the manner (办理态度) and of the result (办理结果), which decides.</summary>
public sealed record RatingFacts(DateOnly On, Satisfaction Manner, Satisfaction Result);

/// <summary>A promise that is followed (落实事项); null = not verified. Explained and given up is not verified.</summary>
public sealed record CommitmentFacts(Guid PartId, DateOnly? VerifiedOn);

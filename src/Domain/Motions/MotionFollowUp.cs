using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EduUnion.Domain.Motions;

/// <summary>满意 / 基本满意(理解) / 不满意, of the manner and of the result (征询意见, domain §2.8).</summary>
public enum Satisfaction
{
    /// <summary>满意.</summary>
    Satisfied,

    /// <summary>基本满意(理解).</summary>
    Basic,

    /// <summary>不满意: the reason is compulsory.</summary>
    Dissatisfied,
}

/// <summary>The two scores of a feedback form: for the manner (办理态度) and for the result (办理结果), which decides.</summary>
public sealed record Rating(Satisfaction Manner, Satisfaction Result, string? Reason, Guid By, DateTimeOffset At);

/// <summary>
/// One feedback form (征询意见表) sent to the lead proposer: one after the answer, another after each re-handling or
/// explanation. Never returned = lapsed (未反馈), which is no satisfaction.
/// </summary>
public sealed record FeedbackForm(int Round, Guid To, DateTimeOffset SentAt)
{
    public Rating? Returned { get; init; }

    /// <summary>The one correction within the period (M-32).</summary>
    public Rating? Corrected { get; init; }
    public DateTimeOffset? LapsedAt { get; init; }

    /// <summary>What counts: the correction, else what was returned; null = not returned.</summary>
    [JsonIgnore]
    public Rating? Rating => Corrected ?? Returned;

    [JsonIgnore]
    public bool IsOpen => Returned is null && LapsedAt is null;
}

/// <summary>What the committee made of a dissatisfied feedback (M-30); <see cref="Rehandle"/> false = the answer is explained.</summary>
public sealed record DiscontentReview(int Round, bool Rehandle, string? Reason, Guid By, DateTimeOffset At);

/// <summary>A meeting about a dissatisfied feedback: an explanation (M-30 b) or the union chair's table (当面协商, M-31).</summary>
public sealed record FollowUpMeeting(
    int Round,
    DateOnly MetOn,
    string? Place,
    string People,
    string Minutes,
    Guid By,
    DateTimeOffset At
);

public enum CommitmentState
{
    /// <summary>Promised, not yet reported as kept.</summary>
    Open,

    /// <summary>The host says that it is kept; the committee has not looked yet.</summary>
    Reported,

    /// <summary>落实: the committee has found it kept.</summary>
    Verified,

    /// <summary>Not kept, and the committee accepts the explanation; it does not count as 落实.</summary>
    Explained,
}

/// <summary>A report on a commitment: <see cref="Done"/> says that it is kept, else how far it is (每季度自报).</summary>
public sealed record CommitmentReport(bool Done, string Text, Guid By, DateTimeOffset At);

/// <summary>A supervision notice (督办单), signed by the committee's chair, with a new deadline.</summary>
public sealed record SupervisionNotice(DateOnly DueBefore, DateOnly DueOn, string Text, Guid By, DateTimeOffset At);

/// <summary>A promise of a class B answer as it is followed (落实事项, domain §2.9) until it is verified or explained.</summary>
public sealed record FollowedCommitment(Guid Id, Guid Part, string Item, string Owner, DateOnly DueOn)
{
    public CommitmentState State { get; init; } = CommitmentState.Open;
    public ImmutableArray<CommitmentReport> Reports { get; init; } = [];
    public ImmutableArray<SupervisionNotice> Notices { get; init; } = [];
    public DateTimeOffset? SettledAt { get; init; }
    public Guid? SettledBy { get; init; }
    public string? Finding { get; init; }

    /// <summary>What the proposer says to the verification.</summary>
    public string? Remark { get; init; }

    /// <summary>The day on which a quarterly report was last asked for.</summary>
    public DateOnly? AskedOn { get; init; }

    [JsonIgnore]
    public bool IsSettled => State is CommitmentState.Verified or CommitmentState.Explained;
}

/// <summary>The proposer asks to withdraw a filed motion; a co-signer may take it over instead (domain §2.9).</summary>
public sealed record WithdrawalRequest(Guid By, string Reason, DateTimeOffset At)
{
    public ImmutableArray<Guid> Declined { get; init; } = [];

    /// <summary><c>withdrawn</c>, <c>taken-over</c>, <c>refused</c> or <c>answered</c>; null = open.</summary>
    public string? Ended { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>The motion changed its lead proposer: <see cref="Why"/> is <c>takeover</c> or <c>left</c>.</summary>
public sealed record LeadChange(Guid From, Guid To, string Why, DateTimeOffset At);

/// <summary>The one appeal (复议) against not filing; null <see cref="DecidedAt"/> = open.</summary>
public sealed record Appeal(Guid By, string Reason, DateTimeOffset At)
{
    public bool? Reopened { get; init; }
    public string? Ruling { get; init; }
    public Guid? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>What the proposer's delegation says before the review (代表团预审).</summary>
public sealed record DelegationOpinion(bool Supports, string? Text, Guid By, DateTimeOffset At);

/// <summary>The committee's vote as it was counted at a meeting, for an outcome decided there (会议表决).</summary>
public sealed record CountedVote(string Outcome, int For, int Against, int Abstained, DateOnly MetOn, Guid By);

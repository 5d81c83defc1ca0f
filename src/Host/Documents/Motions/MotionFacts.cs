using EduUnion.Domain.Motions;

namespace EduUnion.Host.Documents.Motions;

/// <summary>
/// What the forms say of a motion beside its own text: names and dates, with nothing left to look up. What its reader may
/// not read of the work inside it is not there.
/// </summary>
public sealed record MotionFacts
{
    public required Motion Motion { get; init; }
    public required string School { get; init; }

    /// <summary>第三届第二次教代会.</summary>
    public required string Congress { get; init; }

    /// <summary>0302-012; the receipt number while it has none, and for opinions.</summary>
    public required string Number { get; init; }

    /// <summary>第012号提案, as letters call it.</summary>
    public required string Called { get; init; }

    /// <summary>The number in 文号: 12 of 0302-012.</summary>
    public required int Ordinal { get; init; }
    public required string Category { get; init; }
    public required Signatory Proposer { get; init; }
    public required IReadOnlyList<Signatory> Cosigners { get; init; }

    /// <summary>All hosts of the round that counts.</summary>
    public required string Hosts { get; init; }
    public required int FeedbackWorkdays { get; init; }
    public required IReadOnlyList<FeedbackFacts> Feedbacks { get; init; }

    /// <summary>The Chinese words of a key: documents speak the words of the pages.</summary>
    public required Func<string, string> Words { get; init; }

    /// <summary>Null before the secretary's check.</summary>
    public ReviewFacts? Review { get; init; }

    /// <summary>The host's part that the document is about; null before the assignment.</summary>
    public PartFacts? Part { get; init; }
}

/// <summary>Somebody who signed personally.</summary>
public sealed record Signatory(string Name, string? Delegation, DateTimeOffset? On);

/// <summary>The filing review in words.</summary>
public sealed record ReviewFacts
{
    public required string Recommended { get; init; }
    public required string? RecommendedHost { get; init; }
    public required string RecommendedCohandlers { get; init; }
    public required string? RecommendationReason { get; init; }
    public required IReadOnlyList<CommitteeVote> Votes { get; init; }

    /// <summary>Who was asked to sign in addition (加签).</summary>
    public IReadOnlyList<CommitteeVote> Signers { get; init; } = [];

    /// <summary>Where it was voted by hand at a meeting.</summary>
    public string? CountedVote { get; init; }

    /// <summary>Code of the outcome (<c>file</c> …); null while the committee has not decided.</summary>
    public string? Outcome { get; init; }
    public string? ReasonCode { get; init; }

    /// <summary>The reason as told to the proposer, with the word of its code.</summary>
    public string? Reason { get; init; }
}

public sealed record CommitteeVote(string Name, string Outcome, string? Comment, DateTimeOffset At);

/// <summary>One host's part in words.</summary>
public sealed record PartFacts
{
    public required Handling Handling { get; init; }

    /// <summary>1 of several hosts; 0 when there is one.</summary>
    public required int Ordinal { get; init; }
    public required string Host { get; init; }
    public required string Cohandlers { get; init; }

    /// <summary>分管领导 today.</summary>
    public required string Leaders { get; init; }

    /// <summary>Of the host, else of the school; blank when none is known.</summary>
    public required string Phone { get; init; }
    public required string Contact { get; init; }
    public required string SignedBy { get; init; }

    /// <summary>By which it is to be received, said to be another's, and answered.</summary>
    public DateOnly? ReceiptDue { get; init; }
    public DateOnly? ReturnUntil { get; init; }
    public DateOnly? AnswerDue { get; init; }

    /// <summary>Before an extension.</summary>
    public DateOnly? OriginalDue { get; init; }
    public bool Provisional { get; init; }

    /// <summary>None for a reader who may not read them.</summary>
    public required IReadOnlyList<OpinionFacts> Opinions { get; init; }
    public required IReadOnlyList<MeetingFacts> Meetings { get; init; }
    public required IReadOnlyList<ReturnFacts> Returns { get; init; }
    public required IReadOnlyList<ExtensionFacts> Extensions { get; init; }
    public required IReadOnlyList<SupervisionFacts> Supervisions { get; init; }
}

public sealed record OpinionFacts(string Department, DateTimeOffset At, string Text);

public sealed record MeetingFacts(DateOnly On, string Mode, string? Place, string People, string Gist, string Recorder);

public sealed record ReturnFacts(string Department, string By, DateTimeOffset At, string Reason);

/// <summary>A feedback form as it was returned; what counts after a correction.</summary>
public sealed record FeedbackFacts(
    int Round,
    Satisfaction Manner,
    Satisfaction Result,
    string? Reason,
    string By,
    DateTimeOffset At
);

/// <summary>A supervision notice on a promise of this part.</summary>
public sealed record SupervisionFacts(
    string Item,
    string Owner,
    DateOnly DueBefore,
    int DaysLate,
    DateOnly DueOn,
    string Text,
    string By,
    DateTimeOffset At
);

/// <param name="Granted">Null with <paramref name="DecidedAt"/> = refused; both null = open.</param>
public sealed record ExtensionFacts(
    string By,
    DateTimeOffset At,
    int Workdays,
    string Reason,
    DateTimeOffset? DecidedAt,
    string DecidedBy,
    int? Granted
);

using EduUnion.Domain.Motions;

namespace EduUnion.Host.Documents.Motions;

/// <summary>
/// What the forms say of a motion: names and dates, with nothing left to look up and nothing that its reader may not read.
/// </summary>
public sealed record MotionFacts
{
    public required string School { get; init; }

    /// <summary>第三届第二次教代会.</summary>
    public required string Congress { get; init; }

    /// <summary>0302-012; the receipt number while it has none, and for opinions.</summary>
    public required string Number { get; init; }

    /// <summary>第012号提案, as letters call it.</summary>
    public required string Called { get; init; }

    /// <summary>The number in 文号: 12 of 0302-012.</summary>
    public required int Ordinal { get; init; }
    public string? Receipt { get; init; }
    public required bool IsOpinion { get; init; }
    public required MotionContent Content { get; init; }
    public required string Category { get; init; }
    public required Signatory Proposer { get; init; }
    public required IReadOnlyList<Signatory> Cosigners { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }

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
    public required int FeedbackWorkdays { get; init; }

    /// <summary>Null = not for this reader.</summary>
    public IReadOnlyList<OpinionFacts>? Opinions { get; init; }
    public required IReadOnlyList<MeetingFacts> Meetings { get; init; }
    public required IReadOnlyList<ReturnFacts> Returns { get; init; }
    public required IReadOnlyList<ExtensionFacts> Extensions { get; init; }
}

public sealed record OpinionFacts(string Department, DateTimeOffset At, string Text);

public sealed record MeetingFacts(DateOnly On, string Mode, string? Place, string People, string Gist, string Recorder);

public sealed record ReturnFacts(string Department, string By, DateTimeOffset At, string Reason);

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

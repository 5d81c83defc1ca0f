using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EduUnion.Domain.Motions;

/// <summary>A host's "not ours" (退回改派, M-11).</summary>
public sealed record HandlingReturn(Guid HostId, Guid By, DateTimeOffset At, string Reason);

/// <summary>A co-handler's opinion to the host (协办意见, M-12).</summary>
public sealed record CohandlerOpinion(Guid DepartmentId, Guid By, DateTimeOffset At, string Text);

/// <summary>A meeting with the proposer (面商, M-22); <see cref="Mode"/> is <c>meeting</c>, <c>phone</c> or <c>visit</c>.</summary>
public sealed record ProposerMeeting(
    Guid By,
    DateTimeOffset At,
    DateOnly MetOn,
    string Mode,
    string? Place,
    string People,
    string Gist
);

/// <summary>What a class B answer promises: a matter (落实事项) with an owner and a legal date.</summary>
public sealed record Commitment(string Item, string Owner, DateOnly DueOn);

/// <summary>One revision of the answer (答复稿). A returned answer is drafted anew with the next revision number.</summary>
public sealed record AnswerDraft(
    int Revision,
    AnswerClass Class,
    string Text,
    DateOnly? ReconsiderOn,
    ImmutableArray<Commitment> Commitments,
    Guid By,
    DateTimeOffset At
);

/// <summary>A signature (签发、审阅、核对) under the current revision.</summary>
/// <param name="Revision">An earlier revision, where the answer was sent back and came straight back (改后直送).</param>
public sealed record Signature(Guid By, DateTimeOffset At, Guid? InsteadOf = null, int? Revision = null);

/// <summary>What had been signed when an answer was sent back with the wish to have it straight back.</summary>
public sealed record KeptSignatures(AnswerDraft Draft, Signature? SignedBy, Signature? ReviewedBy);

/// <summary>One request for a later answer (延期, M-21); null <see cref="GrantedWorkdays"/> and <see cref="DecidedAt"/> = open.</summary>
public sealed record ExtensionRequest(
    Guid By,
    DateTimeOffset At,
    int Workdays,
    string Reason,
    DateTimeOffset? DecidedAt = null,
    Guid? DecidedBy = null,
    int? GrantedWorkdays = null
);

/// <summary>
/// One host's part of a motion (主办 or one of several, 分办): from assignment through receipt, opinions and meeting to the
/// delivered answer. Changed only through <see cref="Motion"/>.
/// </summary>
public sealed record Handling(Guid Id, Guid HostId, ImmutableArray<Guid> CohandlerIds, DateTimeOffset AssignedAt)
{
    /// <summary>1 for the first handling, one more with each re-handling (重新办理).</summary>
    public int Round { get; init; } = 1;
    public HandlingState State { get; init; } = HandlingState.Assigned;
    public DateTimeOffset? AcceptedAt { get; init; }
    public Guid? ContactId { get; init; }
    public ImmutableArray<HandlingReturn> Returns { get; init; } = [];

    /// <summary>The committee chair has ruled finally (裁定): no further return.</summary>
    public bool Ruled { get; init; }
    public ImmutableArray<CohandlerOpinion> Opinions { get; init; } = [];
    public ImmutableArray<ProposerMeeting> Meetings { get; init; } = [];
    public AnswerDraft? Answer { get; init; }
    public Signature? SignedBy { get; init; }
    public Signature? ReviewedBy { get; init; }
    public Signature? CheckedBy { get; init; }
    public KeptSignatures? Kept { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public ImmutableArray<ExtensionRequest> Extensions { get; init; } = [];

    /// <summary>Requests of the present host that were granted or are open; a new host has his own right.</summary>
    [JsonIgnore]
    public int ExtensionsUsed =>
        Extensions.Count(e => e.At >= AssignedAt && (e.GrantedWorkdays is not null || e.DecidedAt is null));

    /// <summary>An open request ends without an answer when what it asks for is gone.</summary>
    internal Handling WithoutOpenRequest(DateTimeOffset now) =>
        this with
        {
            Extensions = [.. Extensions.Select(e => e.DecidedAt is null ? e with { DecidedAt = now } : e)],
        };
}

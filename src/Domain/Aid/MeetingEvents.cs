using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

public enum MeetingState
{
    /// <summary>已召集.</summary>
    Convened,

    /// <summary>进行中.</summary>
    Open,

    /// <summary>已结束.</summary>
    Closed,

    /// <summary>已取消.</summary>
    Cancelled,
}

public abstract record MeetingEvent;

public sealed record MeetingConvened(DateTimeOffset MeetsAt, string Place, ImmutableArray<Guid> Members) : MeetingEvent;

public sealed record MeetingMoved(DateTimeOffset MeetsAt, string Place) : MeetingEvent;

public sealed record MeetingOpened(ImmutableArray<Guid> Attendees) : MeetingEvent;

public sealed record AttendanceTaken(ImmutableArray<Guid> Attendees) : MeetingEvent;

public sealed record LineAdded(Guid LineId, Guid CaseId) : MeetingEvent;

public sealed record LineRemoved(Guid LineId, Guid CaseId) : MeetingEvent;

public sealed record LineRecused(Guid LineId, LineRecusal Recusal) : MeetingEvent;

public sealed record LineProposed(Guid LineId, AssessmentProposal Proposal) : MeetingEvent;

/// <summary>
/// What has changed around the list since: lines of cases that wait no longer are gone, and who stands too near now is
/// recused.
/// </summary>
public sealed record LinesChecked(ImmutableArray<Guid> Removed, ImmutableArray<Guid> Changed) : MeetingEvent;

/// <summary><paramref name="Presides"/>: more than half have named him.</summary>
public sealed record DeputyNamed(Guid DeputyId, Guid By, bool Presides) : MeetingEvent;

/// <summary>That somebody has voted; how stands in the line.</summary>
public sealed record LineVoted(Guid LineId, Guid MemberId, bool FromPaper) : MeetingEvent;

/// <summary><paramref name="Undecided"/>: lines without quorum or proposal; they wait for the next meeting.</summary>
public sealed record MeetingClosed(ImmutableArray<AssessmentResult> Results, ImmutableArray<Guid> Undecided)
    : MeetingEvent;

public sealed record MeetingCancelled(string Reason) : MeetingEvent;

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Motions.MotionState;

namespace EduUnion.Domain.Motions;

// After the answer: feedback, re-handling, the meeting after the second dissatisfaction, closing (domain §2.8, §2.9).
public sealed partial class Motion
{
    /// <summary>Every feedback form sent, the latest last.</summary>
    [JsonInclude]
    public ImmutableArray<FeedbackForm> Forms { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<DiscontentReview> DiscontentReviews { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<FollowUpMeeting> FollowUpMeetings { get; private set; } = [];

    /// <summary>The proposer stayed dissatisfied through the meeting (保留意见).</summary>
    [JsonInclude]
    public bool IsDissent { get; private set; }

    [JsonInclude]
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>How it was closed (Closed or ClosedDissent), also when it is archived.</summary>
    [JsonInclude]
    public MotionState? ClosedAs { get; private set; }

    [JsonInclude]
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>The round of handling that counts: 1, and one more with each re-handling (重新办理).</summary>
    public int Round => Parts.IsEmpty ? 0 : Parts.Max(p => p.Round);

    [JsonIgnore]
    public IEnumerable<Handling> CurrentParts => Parts.Where(p => p.Round == Round);

    private int Dissatisfactions => Forms.Count(f => f.Rating?.Result == Satisfaction.Dissatisfied);

    /// <summary>
    /// Every part of the round is answered. A motion's lead proposer is sent a feedback form; an opinion needs none.
    /// </summary>
    public MotionReplied Reply(DateTimeOffset now)
    {
        State = Replied;
        EndWithdrawal("answered", now);
        if (Appeal is { DecidedAt: null } open)
            Appeal = open with { DecidedAt = now, Reopened = false };
        if (!IsOpinion)
            SendForm(now);
        return new MotionReplied(Round);
    }

    /// <summary>
    /// The lead proposer returns the open feedback form. Refusals: <c>feedback.not-asked</c>, <c>feedback.not-lead</c>,
    /// <c>form.reason-missing</c> where a score is 不满意.
    /// </summary>
    public Outcome<MotionRated> Rate(
        Satisfaction manner,
        Satisfaction result,
        string? reason,
        Guid by,
        DateTimeOffset now
    )
    {
        if (State != Replied || Forms.IsEmpty || !Forms[^1].IsOpen)
            return Refusal.Because("feedback.not-asked");
        if (by != ProposerId || LeadLeftAt is not null)
            return Refusal.Forbidden("feedback.not-lead");
        if (CheckRating(manner, result, reason) is { } refusal)
            return refusal;
        var rating = new Rating(manner, result, Trimmed(reason), by, now);
        Forms = Forms.SetItem(Forms.Length - 1, Forms[^1] with { Returned = rating });
        return new MotionRated(Forms[^1].Round, rating, false);
    }

    /// <summary>Nobody returned the form in time (未反馈).</summary>
    public FeedbackLapsed LapseFeedback(DateTimeOffset now)
    {
        Forms = Forms.SetItem(Forms.Length - 1, Forms[^1] with { LapsedAt = now });
        return new FeedbackLapsed(Forms[^1].Round);
    }

    /// <summary>
    /// Corrects the latest feedback once (M-32), until the last day and as long as nobody has acted on it. Refusals:
    /// <c>feedback.not-given</c>, <c>feedback.not-lead</c>, <c>feedback.corrected-before</c>,
    /// <c>feedback.too-late-to-correct</c> (with the last day), <c>feedback.acted-on</c>, <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<MotionRated> CorrectRating(
        Satisfaction manner,
        Satisfaction result,
        string? reason,
        Guid by,
        DateOnly lastDay,
        DateOnly today,
        DateTimeOffset now
    )
    {
        if (Forms.IsEmpty || Forms[^1].Returned is not { } returned)
            return Refusal.Because("feedback.not-given");
        if (by != ProposerId || by != returned.By || LeadLeftAt is not null)
            return Refusal.Forbidden("feedback.not-lead");
        if (Forms[^1].Corrected is not null)
            return Refusal.Because("feedback.corrected-before");
        if (today > lastDay)
            return Refusal.Because("feedback.too-late-to-correct", lastDay);
        if (
            State is not (Replied or Tracking or Closed or DisputeMeeting)
            || FollowUpMeetings.Any(m => m.Round == Forms[^1].Round)
            || DiscontentReviews.Any(r => r.Round == Forms[^1].Round)
            || Commitments.Any(c => !c.Reports.IsEmpty || !c.Notices.IsEmpty || c.IsSettled)
        )
            return Refusal.Because("feedback.acted-on");
        if (CheckRating(manner, result, reason) is { } refusal)
            return refusal;
        var rating = new Rating(manner, result, Trimmed(reason), by, now);
        Forms = Forms.SetItem(Forms.Length - 1, Forms[^1] with { Corrected = rating });
        Commitments = [];
        ClosedAt = null;
        ClosedAs = null;
        State = Replied;
        return new MotionRated(Forms[^1].Round, rating, true);
    }

    /// <summary>
    /// Where the latest feedback leads: <c>content</c> (also when it lapsed), <c>review</c> while there are re-handlings
    /// left (M-30), <c>meeting</c> after that (M-31: no third cycle).
    /// </summary>
    public string WhereFeedbackLeads(int maximumRehandlings) =>
        Forms[^1].Rating?.Result != Satisfaction.Dissatisfied ? "content"
        : Dissatisfactions <= maximumRehandlings ? "review"
        : "meeting";

    /// <summary>
    /// The committee's chair on a dissatisfied feedback: handle again, or have the answer explained. Refusals:
    /// <c>motion.wrong-state</c>, <c>form.reason-missing</c> (explaining needs one).
    /// </summary>
    public Outcome<DiscontentReviewed> ReviewDiscontent(bool rehandle, string? reason, Guid by, DateTimeOffset now)
    {
        if (State != Replied)
            return Refusal.Because("motion.wrong-state");
        if (!rehandle && Blank(reason))
            return Refusal.At("comment", "form.reason-missing");
        var review = new DiscontentReview(Forms[^1].Round, rehandle, Trimmed(reason), by, now);
        DiscontentReviews = DiscontentReviews.Add(review);
        return new DiscontentReviewed(review);
    }

    /// <summary>
    /// Every host of the round handles his part again (重新办理): new parts with a period of their own; the first answers
    /// stay as history.
    /// </summary>
    public MotionRehandled Rehandle(Func<int, Guid> newPart, DateTimeOffset now)
    {
        ImmutableArray<Handling> again =
        [
            .. CurrentParts.Select(
                (p, i) =>
                    new Handling(newPart(i), p.HostId, p.CohandlerIds, now)
                    {
                        Round = Round + 1,
                        // Whose matter it is has been settled in the first round.
                        Ruled = true,
                    }
            ),
        ];
        Parts = Parts.AddRange(again);
        State = Rehandling;
        return new MotionRehandled(again);
    }

    /// <summary>
    /// The meeting in which the answer was explained; a new feedback form goes out. Refusals:
    /// <c>handling.meeting-in-future</c>, <c>motion.wrong-state</c>.
    /// </summary>
    public Outcome<AnswerExplained> Explain(FollowUpMeeting meeting, DateOnly today, DateTimeOffset now)
    {
        if (State != Replied)
            return Refusal.Because("motion.wrong-state");
        if (meeting.MetOn > today)
            return Refusal.At("metOn", "handling.meeting-in-future");
        FollowUpMeetings = FollowUpMeetings.Add(meeting);
        SendForm(now);
        return new AnswerExplained(meeting);
    }

    /// <summary>Dissatisfied again: the union's chair calls everybody to one table (当面协商).</summary>
    public DisputeCalled CallMeeting()
    {
        State = DisputeMeeting;
        return new DisputeCalled(Forms[^1].Round);
    }

    /// <summary>
    /// The minutes of that meeting; the motion will be closed with the dissent kept (保留意见办结). Refusals:
    /// <c>motion.wrong-state</c>, <c>handling.meeting-in-future</c>.
    /// </summary>
    public Outcome<DisputeMinuted> MinuteDispute(FollowUpMeeting meeting, DateOnly today)
    {
        if (State != DisputeMeeting)
            return Refusal.Because("motion.wrong-state");
        if (meeting.MetOn > today)
            return Refusal.At("metOn", "handling.meeting-in-future");
        FollowUpMeetings = FollowUpMeetings.Add(meeting);
        IsDissent = true;
        return new DisputeMinuted(meeting);
    }

    /// <summary>办结: feedback is in or lapsed, and every promise is verified or explained.</summary>
    public MotionClosed Close(DateTimeOffset now)
    {
        State = IsDissent ? ClosedDissent : Closed;
        ClosedAt = now;
        ClosedAs = State;
        return new MotionClosed(State);
    }

    /// <summary>Into the archive of its session: read-only from here.</summary>
    public Outcome<MotionArchived> Archive(DateTimeOffset now)
    {
        if (State is not (Closed or ClosedDissent))
            return Refusal.Because("motion.not-closed");
        State = Archived;
        ArchivedAt = now;
        return new MotionArchived();
    }

    private void SendForm(DateTimeOffset now) => Forms = Forms.Add(new FeedbackForm(Forms.Length + 1, ProposerId, now));

    private static Refusal? CheckRating(Satisfaction manner, Satisfaction result, string? reason) =>
        !Enum.IsDefined(manner) ? Refusal.At("manner", "form.choice-unknown")
        : !Enum.IsDefined(result) ? Refusal.At("result", "form.choice-unknown")
        : Blank(reason) && (manner == Satisfaction.Dissatisfied || result == Satisfaction.Dissatisfied)
            ? Refusal.At("comment", "form.reason-missing")
        : null;

    private static string? Trimmed(string? text) => Blank(text) ? null : text!.Trim();
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Motions.MotionState;

namespace EduUnion.Domain.Motions;

// Promises of class B answers, followed until they are kept (落实, 督办, domain §2.9).
public sealed partial class Motion
{
    [JsonInclude]
    public ImmutableArray<FollowedCommitment> Commitments { get; private set; } = [];

    public FollowedCommitment Commitment(Guid id) =>
        Commitments.FirstOrDefault(c => c.Id == id)
        ?? throw new InvalidOperationException($"Motion {Id} has no commitment {id}.");

    /// <summary>The promises of the answers that count become items to be followed; none at all is possible.</summary>
    public CommitmentsFollowed Follow(Func<int, Guid> newId, DateOnly today)
    {
        // What the main motion promised is followed there, once for the whole group.
        var own = MainId is null || Round > 1 ? CurrentParts : [];
        Commitments =
        [
            .. own.Where(p => p.Answer?.Class is AnswerClass.A or AnswerClass.B)
                .SelectMany(p => p.Answer!.Commitments.Select(c => (Part: p.Id, Promise: c)))
                .Select(
                    (c, i) =>
                        new FollowedCommitment(newId(i), c.Part, c.Promise.Item, c.Promise.Owner, c.Promise.DueOn)
                        {
                            AskedOn = today,
                        }
                ),
        ];
        if (!Commitments.IsEmpty)
            State = Tracking;
        return new CommitmentsFollowed([.. Commitments.Select(c => c.Id)]);
    }

    /// <summary>
    /// The host reports: kept, or how far it is (a quarterly report changes nothing else). Refusals:
    /// <c>commitment.not-followed</c>, <c>form.required</c>.
    /// </summary>
    public Outcome<CommitmentReported> Report(Guid id, bool done, string? text, Guid by, DateTimeOffset now)
    {
        if (State != Tracking || Commitment(id).State != CommitmentState.Open)
            return Refusal.Because("commitment.not-followed");
        if (Blank(text))
            return Refusal.At("text", "form.required");
        var report = new CommitmentReport(done, text!.Trim(), by, now);
        Change(id, c => c with { Reports = c.Reports.Add(report), State = done ? CommitmentState.Reported : c.State });
        return new CommitmentReported(id, report);
    }

    /// <summary>
    /// The committee looks: kept (落实), or not kept and explained, or back to the host. Refusals:
    /// <c>motion.wrong-state</c>, <c>form.reason-missing</c> unless it is found kept.
    /// </summary>
    public Outcome<CommitmentSettled> Settle(
        Guid id,
        CommitmentState finding,
        string? reason,
        Guid by,
        DateTimeOffset now
    )
    {
        if (State != Tracking || Commitment(id).State != CommitmentState.Reported)
            return Refusal.Because("motion.wrong-state");
        if (finding != CommitmentState.Verified && Blank(reason))
            return Refusal.At("comment", "form.reason-missing");
        var open = finding == CommitmentState.Open;
        Change(
            id,
            c =>
                c with
                {
                    State = finding,
                    Finding = Trimmed(reason),
                    SettledAt = open ? null : now,
                    SettledBy = open ? null : by,
                }
        );
        return new CommitmentSettled(id, finding, Trimmed(reason));
    }

    /// <summary>
    /// The chair signs a supervision notice (督办单) for an overdue promise and sets a new deadline. Refusals:
    /// <c>commitment.not-followed</c>, <c>commitment.not-overdue</c>, <c>commitment.due-in-past</c>,
    /// <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<SupervisionIssued> Supervise(
        Guid id,
        DateOnly dueOn,
        string? text,
        Guid by,
        DateOnly today,
        DateTimeOffset now
    )
    {
        var current = Commitment(id);
        if (State != Tracking || current.State != CommitmentState.Open)
            return Refusal.Because("commitment.not-followed");
        if (current.DueOn >= today)
            return Refusal.Because("commitment.not-overdue", current.DueOn);
        if (dueOn <= today)
            return Refusal.At("dueOn", "commitment.due-in-past");
        if (Blank(text))
            return Refusal.At("text", "form.reason-missing");
        var notice = new SupervisionNotice(current.DueOn, dueOn, text!.Trim(), by, now);
        Change(id, c => c with { Notices = c.Notices.Add(notice), DueOn = dueOn });
        return new SupervisionIssued(id, notice);
    }

    /// <summary>What the proposer says to a promise. Refusals: <c>feedback.not-lead</c>, <c>motion.archived</c>.</summary>
    public Outcome<CommitmentRemarked> Remark(Guid id, string? text, Guid by)
    {
        if (State == Archived)
            return Refusal.Because("motion.archived");
        if (by != ProposerId || LeadLeftAt is not null)
            return Refusal.Forbidden("feedback.not-lead");
        if (Blank(text))
            return Refusal.At("text", "form.required");
        Change(id, c => c with { Remark = text!.Trim() });
        return new CommitmentRemarked(id, text!.Trim());
    }

    /// <summary>Open promises are asked about once a quarter (每季度自报); null when this one was asked since.</summary>
    public ProgressAsked? AskProgress(Guid id, DateOnly quarter, DateOnly today)
    {
        var current = Commitment(id);
        if (State != Tracking || current.State != CommitmentState.Open || current.AskedOn >= quarter)
            return null;
        Change(id, c => c with { AskedOn = today });
        return new ProgressAsked(id);
    }

    public bool IsProgressDue(DateOnly quarter) =>
        Commitments.Any(c => c.State == CommitmentState.Open && c.AskedOn < quarter);

    private void Change(Guid id, Func<FollowedCommitment, FollowedCommitment> change) =>
        Commitments = [.. Commitments.Select(c => c.Id == id ? change(c) : c)];
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Motions.MotionState;

namespace EduUnion.Domain.Motions;

// Ways that the chart does not draw: sent back (退回), taken back (拿回), and what an administrator does with a reason.
public sealed partial class Motion
{
    /// <summary>From the draft of an answer to its delivery, in this order.</summary>
    private static readonly ImmutableArray<string> AnswerSteps =
    [
        "handling.draft",
        "handling.sign",
        "handling.leader",
        "handling.formcheck",
    ];

    /// <summary>How an administrator ended it (终止); null = he did not, or it was woken again.</summary>
    [JsonInclude]
    public MotionTermination? Termination { get; private set; }

    /// <summary>Steps before this one to which it may be sent back, the earliest first; none where there is no way back.</summary>
    public ImmutableArray<string> StepsBack(string from, Guid? part)
    {
        if (from == "motion.check")
            return State is Submitted or UnderReview && Returns == 0 ? ["motion.revise"] : [];
        return AnswerSteps.IndexOf(from) is var at and > 0 && part is { } id && Part(id).State == HandlingState.Signing
            ? AnswerSteps[..at]
            : [];
    }

    /// <summary>
    /// Sends it back to an earlier step (退回): what the steps in between wrote is gone. To its proposer it is the one
    /// return that a motion has. Refusals: <c>form.reason-missing</c>, <c>task.return-not-here</c>.
    /// </summary>
    /// <param name="straight">What was signed in between is kept for whoever returns it, see <see cref="GoStraight"/>.</param>
    public Outcome<SentBack> SendBack(Guid? part, string from, string to, string? reason, bool straight)
    {
        if (Blank(reason))
            return Refusal.At("reason", "form.reason-missing");
        if (!StepsBack(from, part).Contains(to))
            return Refusal.Because("task.return-not-here");
        var kept =
            straight && part is { } id && Part(id) is var p
                ? new KeptSignatures(p.Answer!, p.SignedBy, p.ReviewedBy)
                : null;
        var sent = new SentBack(part, from, to, reason!.Trim(), straight);
        StandAt(part, to, sent.Reason);
        if (part is { } at)
            Change(at, h => h with { Kept = kept });
        return sent;
    }

    /// <summary>
    /// Whoever decided a step takes it back (拿回) while the next has not acted, which the caller knows. Refusal:
    /// <c>task.went-on</c> (409).
    /// </summary>
    /// <param name="from">The step that is open now.</param>
    public Outcome<TakenBack> TakeBack(Guid? part, string from, string to)
    {
        var possible = part is { } id
            ? Part(id).State == HandlingState.Signing
                && AnswerSteps.IndexOf(from) is var at and > 0
                && AnswerSteps[at - 1] == to
            : (from, to, State) is ("motion.review", "motion.check", UnderReview);
        if (!possible)
            return new Refusal("task.went-on", RefusalKind.Conflict);
        StandAt(part, to, null);
        return new TakenBack(part, from, to);
    }

    /// <summary>
    /// What was sent back comes straight back to whoever returned it (改后直送): signatures given in between to the earlier
    /// revision stand, and say so. Refusal: <c>task.straight-changed</c> (the answer's class, promises or date are others
    /// now: whoever signed has to sign again).
    /// </summary>
    public Outcome<SentStraight> GoStraight(Guid? part, string from, string to)
    {
        if (part is not { } id)
            return (from, to, State) is ("motion.revise", "motion.check", Submitted)
                ? new SentStraight(part, from, to, null)
                : Refusal.Because("task.straight-changed");
        var p = Part(id);
        var kept = p.Kept;
        var signed = p.SignedBy ?? Under(kept, kept?.SignedBy, p);
        var reviewed = p.ReviewedBy ?? Under(kept, kept?.ReviewedBy, p);
        var missing = to switch
        {
            "handling.leader" => signed is null,
            "handling.formcheck" => signed is null || reviewed is null,
            _ => false,
        };
        if (p.State != HandlingState.Signing || missing)
            return Refusal.Because("task.straight-changed");
        int? revision =
            kept is not null && (signed != p.SignedBy || reviewed != p.ReviewedBy) ? kept.Draft.Revision : null;
        Change(
            id,
            h =>
                h with
                {
                    SignedBy = to == "handling.sign" ? null : signed,
                    ReviewedBy = to == "handling.formcheck" ? reviewed : null,
                    CheckedBy = null,
                    Kept = null,
                }
        );
        return new SentStraight(part, from, to, revision);
    }

    /// <summary>Steps at which an administrator may let it go on (跳转): of one host's part, or of the motion as a whole.</summary>
    public ImmutableArray<string> StepsOpen(Guid? part) => part is { } id ? OpenTo(Part(id)) : OpenTo(State);

    /// <summary>
    /// An administrator lets it go on at another step. Refusals: <c>form.reason-missing</c>, <c>case.jump-impossible</c>.
    /// </summary>
    public Outcome<MotionJumped> Jump(Guid? part, string to, string? reason, DateTimeOffset now)
    {
        if (Blank(reason))
            return Refusal.At("reason", "form.reason-missing");
        if (!StepsOpen(part).Contains(to))
            return Refusal.Because("case.jump-impossible");
        var jumped = new MotionJumped(part, to, reason!.Trim());
        if (to == "motion.gather")
            EndInvitations(_ => true, now);
        StandAt(part, to, jumped.Reason);
        return jumped;
    }

    /// <summary>Whether an administrator may end it.</summary>
    [JsonIgnore]
    public bool MayBeTerminated => !OpenTo(State).IsEmpty;

    /// <summary>
    /// An administrator ends it (终止) before it is answered; it counts as withdrawn. Refusals: <c>form.reason-missing</c>,
    /// <c>case.terminate-too-late</c> (answered, merged or over).
    /// </summary>
    public Outcome<MotionTerminated> Terminate(string? reason, DateTimeOffset now)
    {
        if (Blank(reason))
            return Refusal.At("reason", "form.reason-missing");
        if (!MayBeTerminated)
            return Refusal.Because("case.terminate-too-late");
        var terminated = new MotionTerminated(State, reason!.Trim());
        Termination = new MotionTermination(State, terminated.Reason, now);
        EndInvitations(_ => true, now);
        EndWithdrawal("superseded", now);
        if (Appeal is { DecidedAt: null } open)
            Appeal = open with { DecidedAt = now, Reopened = false };
        Parts = [.. Parts.Select(p => p.WithoutOpenRequest(now))];
        State = Terminated;
        return terminated;
    }

    /// <summary>Steps at which it may go on when it is woken; none while it was not terminated.</summary>
    [JsonIgnore]
    public ImmutableArray<string> StepsToWake => Termination is { } ended ? OpenTo(ended.From) : [];

    /// <summary>
    /// An administrator wakes what was terminated (唤醒). Refusals: <c>form.reason-missing</c>, <c>case.not-terminated</c>,
    /// <c>case.jump-impossible</c>.
    /// </summary>
    public Outcome<MotionWoken> Wake(string to, string? reason)
    {
        if (Blank(reason))
            return Refusal.At("reason", "form.reason-missing");
        if (Termination is not { } ended)
            return Refusal.Because("case.not-terminated");
        if (!StepsToWake.Contains(to))
            return Refusal.Because("case.jump-impossible");
        var woken = new MotionWoken(ended.From, to, reason!.Trim());
        Termination = null;
        State = ended.From;
        StandAt(null, to, woken.Reason);
        return woken;
    }

    private ImmutableArray<string> OpenTo(MotionState state)
    {
        string[] steps = state switch
        {
            Draft or Cosigning => ["motion.gather"],
            CosignFailed => ["motion.lapsed"],
            Submitted => ["motion.revise", "motion.check"],
            UnderReview => ["motion.revise", "motion.check", "motion.review"],
            Returned => ["motion.revise", "motion.check"],
            Disputed => ["motion.check", "motion.review", "motion.presidium"],
            Filed or Opinion => ["motion.assign"],
            // With an answer out, the others still owe theirs: nothing is assigned anew.
            Assigned or MotionState.Handling when Parts.All(p => p.State != HandlingState.Delivered) =>
            [
                "motion.assign",
            ],
            _ => [],
        };
        return
        [
            .. steps.Where(s =>
                s switch
                {
                    "motion.revise" => Returns == 0 || state == Returned,
                    "motion.review" => Recommendation is not null,
                    _ => true,
                }
            ),
        ];
    }

    // A signature is never jumped over, and no answer is drafted before anybody has met the proposer (M-22).
    private ImmutableArray<string> OpenTo(Handling part)
    {
        if (State is not (Assigned or MotionState.Handling or Rehandling))
            return [];
        return part.State switch
        {
            HandlingState.Assigned => ["handling.accept"],
            HandlingState.Handling when part.Meetings.IsEmpty => ["handling.accept"],
            HandlingState.Handling => ["handling.accept", "handling.draft"],
            HandlingState.Signing =>
            [
                "handling.accept",
                .. AnswerSteps[
                    ..(
                        part.SignedBy is null ? 2
                        : part.ReviewedBy is null ? 3
                        : 4
                    )
                ],
            ],
            _ => [],
        };
    }

    private void StandAt(Guid? part, string step, string? reason)
    {
        if (part is { } id)
        {
            Change(id, p => At(p, step));
            return;
        }
        VotedReasonCode = null;
        VotedReason = null;
        CountedVote = null;
        switch (step)
        {
            case "motion.check":
                Recommendation = null;
                State = Submitted;
                break;
            case "motion.revise":
                Returns += State == Returned ? 0 : 1;
                Recommendation = null;
                Review = new MotionReviewed("return", null, reason);
                State = Returned;
                break;
            case "motion.review":
                State = UnderReview;
                break;
            case "motion.assign":
                Parts = [];
                State = IsOpinion ? Opinion : Filed;
                break;
        }
    }

    private static Handling At(Handling part, string step)
    {
        var signatures = AnswerSteps.IndexOf(step);
        var at = part with
        {
            State = step switch
            {
                "handling.accept" => HandlingState.Assigned,
                "handling.draft" => HandlingState.Handling,
                _ => HandlingState.Signing,
            },
            SignedBy = signatures > 1 ? part.SignedBy : null,
            ReviewedBy = signatures > 2 ? part.ReviewedBy : null,
            CheckedBy = null,
            Kept = null,
        };
        return step == "handling.accept" ? at with { AcceptedAt = null, ContactId = null } : at;
    }

    // Under another text it is worth what the text still is: the same class, the same promises, the same date.
    private static Signature? Under(KeptSignatures? kept, Signature? signature, Handling part)
    {
        if (kept is null || signature is null || part.Answer is not { } now)
            return null;
        var same =
            now.Class == kept.Draft.Class
            && now.ReconsiderOn == kept.Draft.ReconsiderOn
            && now.Commitments.SequenceEqual(kept.Draft.Commitments);
        return !same ? null
            : now.Revision == kept.Draft.Revision ? signature
            : signature with { Revision = signature.Revision ?? kept.Draft.Revision };
    }
}

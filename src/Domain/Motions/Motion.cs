using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Motions.MotionState;

namespace EduUnion.Domain.Motions;

/// <summary>
/// A motion (教代会提案). Every method checks, makes the event, then applies it, and applying cannot fail; a refusal
/// changes nothing. Instants are given by the caller; working-day bounds are computed by the caller from parameters and
/// the calendar. Stored as one JSON document on the case row.
/// </summary>
public sealed partial class Motion
{
    /// <summary>
    /// Every legal move of the motion as a whole (domain §2.9). What is not here is refused; who sends back, takes back or
    /// jumps moves by what <see cref="StepsBack"/> and <see cref="StepsOpen"/> list.
    /// </summary>
    private static readonly ImmutableDictionary<MotionState, MotionState[]> Moves = new Dictionary<
        MotionState,
        MotionState[]
    >
    {
        [Draft] = [Cosigning, Submitted, CosignFailed, Withdrawn],
        [Cosigning] = [Submitted, CosignFailed, Withdrawn],
        [CosignFailed] = [Opinion, Withdrawn],
        [Submitted] = [UnderReview, Withdrawn],
        [UnderReview] = [Filed, Merged, Opinion, Rejected, Returned, Disputed, Withdrawn],
        [Returned] = [Submitted, Withdrawn],
        [Disputed] = [Filed, Opinion, Rejected, Withdrawn],
        [Rejected] = [UnderReview],
        [Filed] = [Assigned, Withdrawn],
        [Merged] = [Filed, Replied, Withdrawn],
        [Opinion] = [Assigned, UnderReview, Withdrawn],
        [Assigned] = [MotionState.Handling, UnderReview, Withdrawn],
        [MotionState.Handling] = [Replied, UnderReview, Withdrawn],
        [Replied] = [Rehandling, DisputeMeeting, Tracking, Closed],
        [Rehandling] = [Replied],
        [DisputeMeeting] = [Tracking, ClosedDissent, Replied],
        [Tracking] = [Closed, ClosedDissent, Replied],
        [Closed] = [Archived, Replied],
        [ClosedDissent] = [Archived],
    }.ToImmutableDictionary();

    [JsonConstructor]
    private Motion() { }

    [JsonInclude]
    public Guid Id { get; private set; }

    [JsonInclude]
    public Guid SchoolId { get; private set; }

    [JsonInclude]
    public Guid SessionId { get; private set; }

    [JsonInclude]
    public Guid ProposerId { get; private set; }

    /// <summary>Filed collectively by this delegation (代表团集体提案), without co-signers (M-01); its head leads.</summary>
    [JsonInclude]
    public Guid? DelegationId { get; private set; }

    [JsonInclude]
    public MotionState State { get; private set; }

    [JsonInclude]
    public MotionContent Content { get; private set; } = MotionContent.Of(null, null, null, null);

    [JsonInclude]
    public ImmutableArray<Cosigner> Cosigners { get; private set; } = [];

    [JsonInclude]
    public string? ReceiptNumber { get; private set; }

    [JsonInclude]
    public string? Number { get; private set; }

    [JsonInclude]
    public DateTimeOffset? SubmittedAt { get; private set; }

    [JsonInclude]
    public DateTimeOffset? FiledAt { get; private set; }

    [JsonInclude]
    public Recommendation? Recommendation { get; private set; }

    /// <summary>The latest outcome of the filing review with its reason.</summary>
    [JsonInclude]
    public MotionReviewed? Review { get; private set; }

    /// <summary>When the filing review was decided; an appeal's period runs from that day.</summary>
    [JsonInclude]
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Reason code of the counted vote, else of the first who voted to reject, until the committee has decided.</summary>
    [JsonInclude]
    public string? VotedReasonCode { get; private set; }

    /// <summary>Reason entered with the counted vote, until the committee has decided.</summary>
    [JsonInclude]
    public string? VotedReason { get; private set; }

    /// <summary>How often it was returned for completion; once at most (domain §2.5).</summary>
    [JsonInclude]
    public int Returns { get; private set; }

    /// <summary>It goes on as an opinion (意见建议) and counts in no motion rate.</summary>
    [JsonInclude]
    public bool IsOpinion { get; private set; }

    [JsonInclude]
    public ImmutableArray<Handling> Parts { get; private set; } = [];

    /// <summary>What the proposer's delegation said before the review, where the school asks for that.</summary>
    [JsonInclude]
    public DelegationOpinion? DelegationOpinion { get; private set; }

    /// <summary>The member of the committee who looks after this motion (责任委员).</summary>
    [JsonInclude]
    public Guid? SponsorId { get; private set; }

    /// <summary>The vote as it was counted at a meeting of the committee, where it was taken there.</summary>
    [JsonInclude]
    public CountedVote? CountedVote { get; private set; }

    [JsonIgnore]
    public IEnumerable<Guid> ConfirmedCosigners =>
        Cosigners.Where(c => c.State == CosignState.Confirmed).Select(c => c.MemberId);

    public int Confirmed => Cosigners.Count(c => c.State == CosignState.Confirmed);

    /// <summary>Starts a draft. Refusals: those of <see cref="MotionContent.Check"/> for an unfinished text.</summary>
    public static Outcome<(Motion Motion, MotionDrafted Event)> Create(
        Guid id,
        Guid schoolId,
        Guid sessionId,
        Guid proposerId,
        MotionContent content,
        Guid? delegationId = null
    )
    {
        if (content.Check(complete: false) is { } refusal)
            return refusal;
        var drafted = new MotionDrafted(content);
        var motion = new Motion
        {
            Id = id,
            SchoolId = schoolId,
            SessionId = sessionId,
            ProposerId = proposerId,
            DelegationId = delegationId,
            State = Draft,
            Content = content,
        };
        return (motion, drafted);
    }

    /// <summary>
    /// Changes the text before submission or while it is returned. Refusals: <c>motion.not-editable</c>,
    /// <c>motion.already-cosigned</c>, and those of the text, which must stay complete while it is returned: after the
    /// period it goes back to the committee as it stands.
    /// </summary>
    public Outcome<MotionRevised> Revise(MotionContent content)
    {
        if (State is not (Draft or Cosigning or Returned))
            return Refusal.Because("motion.not-editable");
        // Who has signed has signed this text: changing it afterwards would put words under a signature.
        if (State == Cosigning && Confirmed > 0)
            return Refusal.Because("motion.already-cosigned");
        if (content.Check(complete: State == Returned) is { } refusal)
            return refusal;
        Content = content;
        return new MotionRevised(content);
    }

    /// <summary>
    /// Invites representatives to co-sign. Somebody invited before is passed over unless he declined. Refusals:
    /// <c>motion.not-collecting</c>, <c>motion.proposer-cannot-cosign</c> (M-02), <c>motion.invite-nobody</c>, and the
    /// text must be complete, for nobody should be asked to sign half a motion.
    /// </summary>
    public Outcome<CosignersInvited> Invite(IReadOnlyCollection<Guid> memberIds, DateTimeOffset now)
    {
        // A returned motion may look for a substitute when its co-signers have become too few (M-02).
        if (State is not (Draft or Cosigning or Returned))
            return Refusal.Because("motion.not-collecting");
        if (memberIds.Contains(ProposerId))
            return Refusal.At("memberIds", "motion.proposer-cannot-cosign");
        if (Content.Check(complete: true) is { } refusal)
            return refusal;
        var standing = Cosigners
            .Where(c => c.State is CosignState.Invited or CosignState.Confirmed)
            .Select(c => c.MemberId);
        ImmutableArray<Guid> invited = [.. memberIds.Distinct().Except(standing)];
        if (invited.IsEmpty)
            return Refusal.At("memberIds", "motion.invite-nobody");
        Cosigners =
        [
            .. Cosigners.Where(c => !invited.Contains(c.MemberId)),
            .. invited.Select(m => new Cosigner(m, now, CosignState.Invited, null)),
        ];
        if (State == Draft)
            State = Cosigning;
        return new CosignersInvited(invited);
    }

    /// <summary>
    /// An invitee confirms (亲自签名), declines, or withdraws a confirmation, which is possible until the filing decision.
    /// Refusals: <c>motion.not-invited</c>, <c>motion.cosign-closed</c>.
    /// </summary>
    public Outcome<MotionCosigned> Cosign(Guid by, CosignState answer, int minimum, DateTimeOffset now)
    {
        var current = Cosigners.FirstOrDefault(c => c.MemberId == by);
        if (current is null)
            return Refusal.Because("motion.not-invited");
        var legal = answer switch
        {
            CosignState.Confirmed or CosignState.Declined => State is Cosigning or Returned
                && current.State == CosignState.Invited,
            CosignState.Withdrawn => State is Cosigning or Submitted or UnderReview or Returned or Disputed
                && current.State == CosignState.Confirmed,
            _ => false,
        };
        if (!legal)
            return Refusal.Because("motion.cosign-closed");
        Cosigners = Cosigners.Replace(current, current with { State = answer, AnsweredAt = now });
        return new MotionCosigned(by, answer, Confirmed, minimum);
    }

    /// <summary>An invitation ran out unanswered (M-03); the representative may be invited again.</summary>
    public MotionCosigned LapseInvitation(Guid memberId, int minimum, DateTimeOffset now)
    {
        EndInvitations(c => c.MemberId == memberId, now);
        return new MotionCosigned(memberId, CosignState.Lapsed, Confirmed, minimum);
    }

    /// <summary>
    /// Submits formally; invitations that are still open end with it. Refusals: <c>motion.cosigners-missing</c> (M-02: how
    /// many are missing, how many it takes), <c>motion.collection-closed</c>, and those of
    /// <see cref="MotionContent.Check"/>.
    /// </summary>
    public Outcome<MotionSubmitted> Submit(int minimumCosigners, bool collecting, DateTimeOffset now)
    {
        // A returned motion goes back with Resubmit, whether or not motions are still collected.
        if (State is not (Draft or Cosigning))
            return Refusal.Because("motion.wrong-state");
        if (!collecting)
            return Refusal.Because("motion.collection-closed");
        if (Content.Check(complete: true) is { } refusal)
            return refusal;
        if (Confirmed < minimumCosigners)
            return Refusal.Because("motion.cosigners-missing", minimumCosigners - Confirmed, minimumCosigners);
        EndInvitations(_ => true, now);
        State = Submitted;
        SubmittedAt = now;
        return new MotionSubmitted();
    }

    /// <summary>
    /// The collection closed before it was submitted (M-03): too few co-signers, or nobody pressed submit. Invitations
    /// that are still open end with it.
    /// </summary>
    public Outcome<CollectionLapsed> Lapse(int minimumCosigners, DateTimeOffset now)
    {
        if (Illegal(CosignFailed) is { } illegal)
            return illegal;
        EndInvitations(_ => true, now);
        State = CosignFailed;
        return new CollectionLapsed(Confirmed, minimumCosigners);
    }

    /// <summary>The proposer accepts that it goes on as an opinion (转为意见建议, M-03).</summary>
    public Outcome<ConversionAccepted> AcceptConversion() =>
        State == CosignFailed ? new ConversionAccepted() : Refusal.Because("motion.wrong-state");

    public MotionAbandoned Abandon()
    {
        State = Withdrawn;
        return new MotionAbandoned();
    }

    public MotionReceived Receive(string receiptNumber)
    {
        ReceiptNumber = receiptNumber;
        return new MotionReceived(receiptNumber);
    }

    /// <summary>
    /// The secretary's proposal to the committee. Refusals: <c>motion.reason-missing</c> when it is not to file,
    /// <c>motion.returned-before</c>, <c>merge.main-missing</c>, <c>merge.with-itself</c>.
    /// </summary>
    public Outcome<OutcomeRecommended> Recommend(Recommendation recommendation)
    {
        if (State is not (Submitted or UnderReview))
            return Refusal.Because("motion.wrong-state");
        if (recommendation is { Outcome: "merge", MainId: null })
            return Refusal.At("main", "merge.main-missing");
        if (recommendation.MainId == Id)
            return Refusal.At("main", "merge.with-itself");
        if (CheckReview(recommendation.Outcome, recommendation.ReasonCode, recommendation.Reason) is { } refusal)
            return refusal with
            {
                Field = refusal.Code == "motion.reason-missing" ? "recommendationReason" : refusal.Field,
            };
        Recommendation = recommendation;
        CountedVote = null;
        State = UnderReview;
        return new OutcomeRecommended(recommendation);
    }

    /// <summary>
    /// May the committee take this outcome now? A reason is needed unless it is to file; the recommendation's own reason
    /// serves where the outcome is the recommended one. Refusals: <c>motion.returned-before</c>,
    /// <c>motion.reason-missing</c>, <c>motion.cosigners-missing</c> (the number may have fallen during review, M-02),
    /// <c>merge.main-missing</c> (only a recommendation names the main motion).
    /// </summary>
    public Refusal? CheckVote(string outcome, string? reasonCode, string? reason, int minimumCosigners)
    {
        if (outcome == "merge" && Recommendation?.MainId is null)
            return Refusal.Because("merge.main-missing");
        // Whoever took the lead over had signed: a motion stays valid when its lead changes (scenario 7).
        if (outcome is "file" or "merge" && Confirmed + LeadChanges.Length < minimumCosigners)
            return Refusal.Because("motion.cosigners-missing", minimumCosigners - Confirmed, minimumCosigners);
        var recommended = Recommendation?.Outcome == outcome ? Recommendation : null;
        return CheckReview(
            outcome,
            reasonCode ?? recommended?.ReasonCode,
            Blank(reason) ? recommended?.Reason : reason
        );
    }

    /// <summary>The proposer's delegation says what it thinks; it cannot hold a motion up (代表团预审).</summary>
    public Outcome<DelegationSpoke> SpeakForDelegation(DelegationOpinion opinion)
    {
        if (State != Submitted)
            return Refusal.Because("motion.wrong-state");
        if (!opinion.Supports && Blank(opinion.Text))
            return Refusal.At("comment", "form.reason-missing");
        DelegationOpinion = opinion;
        return new DelegationSpoke(opinion);
    }

    /// <summary>Who of the committee looks after it; null takes it back. Refusal: <c>motion.archived</c>.</summary>
    public Outcome<SponsorNamed> NameSponsor(Guid? memberId)
    {
        if (State == Archived)
            return Refusal.Because("motion.archived");
        SponsorId = memberId;
        return new SponsorNamed(memberId);
    }

    /// <summary>
    /// The committee voted by hand at a meeting and the count is entered. Refusals: <c>vote.impossible</c> (more votes than
    /// voters), <c>vote.not-carried</c> (how many it takes), <c>handling.meeting-in-future</c>, and those of
    /// <see cref="CheckVote"/>.
    /// </summary>
    public Outcome<VoteCounted> CountVote(
        CountedVote vote,
        int voters,
        string? reasonCode,
        string? reason,
        int minimumCosigners,
        DateOnly today
    )
    {
        if (State != UnderReview)
            return Refusal.Because("motion.wrong-state");
        if (vote.MetOn > today)
            return Refusal.At("metOn", "handling.meeting-in-future");
        // As long: three votes typed in at their limit must not wrap around to a possible sum.
        var cast = (long)vote.For + vote.Against + vote.Abstained;
        if (cast > voters || vote.For < 0 || vote.Against < 0 || vote.Abstained < 0)
            return Refusal.At("for", "vote.impossible", voters);
        if (vote.For * 2 <= voters)
            return Refusal.At("for", "vote.not-carried", voters / 2 + 1, voters);
        if (CheckVote(vote.Outcome, reasonCode, reason, minimumCosigners) is { } refusal)
            return refusal;
        CountedVote = vote;
        VotedReasonCode = reasonCode ?? VotedReasonCode;
        VotedReason = Trimmed(reason);
        return new VoteCounted(vote);
    }

    /// <summary>
    /// One member of the committee votes. Refusals: <c>motion.wrong-state</c>, and those of <see cref="CheckVote"/>.
    /// </summary>
    public Outcome<ReviewVoted> Vote(string outcome, string? reasonCode, string? reason, int minimumCosigners)
    {
        if (State != UnderReview)
            return Refusal.Because("motion.wrong-state");
        if (CheckVote(outcome, reasonCode, reason, minimumCosigners) is { } refusal)
            return refusal;
        if (outcome == "reject")
            VotedReasonCode ??= reasonCode;
        return new ReviewVoted(outcome);
    }

    /// <summary>
    /// The committee's or presidium's decision (立案审查). Checked vote by vote before; refusals as there. A rejection
    /// without a reason code of its own has that of the first who voted so; a counted vote gives its own reason and code.
    /// </summary>
    public Outcome<MotionReviewed> Decide(string outcome, string? reasonCode, string? reason, int minimumCosigners)
    {
        var to = outcome switch
        {
            "file" => Filed,
            "merge" => Merged,
            "return" => Returned,
            "opinion" => Opinion,
            "reject" => Rejected,
            _ => Disputed,
        };
        // Unmerging and converting make some of these moves too, but without a decision.
        if (State is not (UnderReview or Disputed) || Illegal(to) is not null)
            return Refusal.Because("motion.wrong-state");
        reason = VotedReason ?? reason;
        reasonCode ??= outcome == "reject" ? VotedReasonCode : null;
        if (to != Disputed && CheckVote(outcome, reasonCode, reason, minimumCosigners) is { } refusal)
            return refusal;
        var recommended = Recommendation?.Outcome == outcome ? Recommendation : null;
        var reviewed = new MotionReviewed(
            outcome,
            reasonCode ?? recommended?.ReasonCode,
            Blank(reason) ? recommended?.Reason : reason
        );
        // Filing, conversion and rejection take effect with their number or letter, in the automatic step that follows.
        if (to is Returned or Disputed)
            State = to;
        Returns += to == Returned ? 1 : 0;
        VotedReasonCode = null;
        VotedReason = null;
        Review = reviewed;
        return reviewed;
    }

    /// <summary>Back from completion (退回补充修改), changed or, after the period, as it was.</summary>
    public Outcome<MotionResubmitted> Resubmit(MotionContent? content, DateTimeOffset now)
    {
        if (State != Returned)
            return Refusal.Because("motion.wrong-state");
        if ((content ?? Content).Check(complete: true) is { } refusal)
            return refusal;
        EndInvitations(_ => true, now);
        Content = content ?? Content;
        State = Submitted;
        return new MotionResubmitted(content);
    }

    public MotionFiled File(string number, DateTimeOffset now)
    {
        Number = number;
        FiledAt = now;
        State = Filed;
        return new MotionFiled(number);
    }

    /// <summary>
    /// It goes on as an opinion. One that was never submitted has no receipt number yet, and without a number nobody
    /// could name it in a letter: <paramref name="receiptNumber"/> is for that case, else null.
    /// </summary>
    public MotionBecameOpinion BecomeOpinion(string? receiptNumber, DateTimeOffset now)
    {
        DecidedAt = now;
        ReceiptNumber ??= receiptNumber;
        IsOpinion = true;
        State = Opinion;
        return new MotionBecameOpinion(receiptNumber);
    }

    public MotionRejected Reject(DateTimeOffset now)
    {
        DecidedAt = now;
        State = Rejected;
        return new MotionRejected();
    }

    private void EndInvitations(Func<Cosigner, bool> which, DateTimeOffset now) =>
        Cosigners = [
            .. Cosigners.Select(c =>
                c.State == CosignState.Invited && which(c) ? c with { State = CosignState.Lapsed, AnsweredAt = now } : c
            ),
        ];

    private Refusal? CheckReview(string outcome, string? reasonCode, string? reason) =>
        outcome switch
        {
            "return" when Returns > 0 => Refusal.Because("motion.returned-before"),
            "reject" when Blank(reasonCode) => Refusal.At("reasonCode", "motion.reason-code-missing"),
            "return" or "opinion" or "reject" when Blank(reason) => Refusal.At("comment", "motion.reason-missing"),
            _ => null,
        };

    private Refusal? Illegal(MotionState to) =>
        Moves.TryGetValue(State, out var next) && next.Contains(to) ? null : Refusal.Because("motion.wrong-state");

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);
}

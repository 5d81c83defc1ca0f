using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;

namespace EduUnion.Host.Api;

/// <param name="Category">One of the categories of motions, e.g. <c>welfare</c>; a draft may leave it empty.</param>
/// <param name="Collective">For POST: filed by the caller's delegation, of which he is the head; without co-signers.</param>
/// <param name="Version">For PUT: the version of the motion that was seen; <c>If-Match</c> may say it instead.</param>
public sealed record MotionRequest(
    Guid? SessionId,
    string? Title,
    string? Category,
    string? Grounds,
    IReadOnlyList<string?>? Proposals,
    long? Version,
    bool? Collective = null
)
{
    internal MotionContent Content => MotionContent.Of(Title, Category, Grounds, Proposals);
}

public sealed record InvitationsRequest(IReadOnlyList<Guid>? MemberIds);

public sealed record ExtensionAskedRequest(int? Workdays, string? Reason);

/// <summary>A motion was changed; <c>version</c> is the one to give with the next PUT.</summary>
public sealed record MotionDone(Guid Id, string State, string? Number, long Version, DateTimeOffset At)
{
    internal static MotionDone Of(StepDone done) => new(done.CaseId, done.State, done.Number, done.Version, done.At);
}

public sealed record Named(Guid Id, string Name);

public sealed record SessionName(Guid Id, int Term, int Number);

public sealed record CosignerAnswer(
    Guid MemberId,
    string Name,
    string State,
    DateTimeOffset InvitedAt,
    DateTimeOffset? AnsweredAt
);

public sealed record ReviewAnswer(string Outcome, string? ReasonCode, string? Reason);

/// <summary>A feedback form (征询意见表) as it stands; the reason is for the proposer and those who work on the motion.</summary>
public sealed record FormAnswer(
    int Round,
    DateTimeOffset SentAt,
    string? Manner,
    string? Result,
    string? Reason,
    DateTimeOffset? ReturnedAt,
    bool Corrected,
    DateTimeOffset? LapsedAt
);

public sealed record CommitmentAnswer(
    Guid Id,
    Guid Part,
    string Item,
    string Owner,
    DateOnly DueOn,
    string State,
    IReadOnlyList<CommitmentReport> Reports,
    IReadOnlyList<SupervisionNotice> Notices,
    string? Finding,
    DateTimeOffset? SettledAt,
    string? Remark
);

/// <summary>One host's part. Draft answer and opinions are filled for those who work on them only.</summary>
public sealed record PartAnswer(
    Guid Id,
    Named Host,
    IReadOnlyList<Named> Cohandlers,
    string State,
    int Round,
    DateTimeOffset AssignedAt,
    DateTimeOffset? AcceptedAt,
    Named? Contact,
    DateTimeOffset? DeliveredAt,
    AnswerDraft? Answer,
    IReadOnlyList<ProposerMeeting> Meetings,
    IReadOnlyList<CohandlerOpinion> Opinions,
    IReadOnlyList<ExtensionRequest> Extensions
);

public sealed record OpenTask(
    Guid Id,
    string Name,
    string Who,
    bool Mine,
    IReadOnlyList<string> Outcomes,
    Guid? Part,
    DateOnly? DueDate,
    int Version
);

/// <summary>What the caller may do with the motion now beside deciding his tasks.</summary>
/// <param name="AskExtension">Parts for which he may ask for a later answer.</param>
public sealed record MotionMay(bool Revise, bool Invite, bool WithdrawCosignature, IReadOnlyList<Guid> AskExtension);

public sealed record MotionAnswer(
    Guid Id,
    string? Number,
    string? Receipt,
    string State,
    long Version,
    Guid SessionId,
    SessionName Session,
    string Title,
    string Category,
    string Grounds,
    IReadOnlyList<string> Proposals,
    Named Proposer,
    IReadOnlyList<CosignerAnswer> Cosigners,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? FiledAt,
    bool IsOpinion,
    Guid? MainId,
    string? MainNumber,
    Guid? DelegationId,
    Named? Sponsor,
    DateTimeOffset? ClosedAt,
    bool IsDissent,
    IReadOnlyList<FormAnswer> Forms,
    IReadOnlyList<CommitmentAnswer> Commitments,
    ReviewAnswer? Recommendation,
    ReviewAnswer? Review,
    IReadOnlyList<PartAnswer> Parts,
    IReadOnlyList<OpenTask> Tasks,
    IReadOnlyList<ClockAnswer> Clocks,
    MotionMay May
)
{
    internal static MotionAnswer Of(MotionView view, Insight insight)
    {
        var motion = view.Motion;
        return new MotionAnswer(
            motion.Id,
            motion.Number,
            motion.ReceiptNumber,
            motion.State.ToString(),
            view.Row.Version,
            motion.SessionId,
            new SessionName(view.Session.Id, view.Session.TermNumber, view.Session.Number),
            motion.Content.Title,
            motion.Content.Category,
            motion.Content.Grounds,
            motion.Content.Proposals,
            Member(motion.ProposerId),
            [
                .. motion
                    .Cosigners.Where(insight.Sees)
                    .Select(c => new CosignerAnswer(
                        c.MemberId,
                        Member(c.MemberId).Name,
                        c.State.ToString(),
                        c.InvitedAt,
                        c.AnsweredAt
                    )),
            ],
            view.Row.OpenedAt,
            view.Row.ChangedAt,
            motion.SubmittedAt,
            motion.FiledAt,
            motion.IsOpinion,
            motion.MainId,
            motion.MainNumber,
            motion.DelegationId,
            insight.HoldsOffice && motion.SponsorId is { } sponsor ? Member(sponsor) : null,
            motion.ClosedAt,
            motion.IsDissent,
            [.. motion.Forms.Select(f => Form(f, insight))],
            [
                .. motion.Commitments.Select(c => new CommitmentAnswer(
                    c.Id,
                    c.Part,
                    c.Item,
                    c.Owner,
                    c.DueOn,
                    c.State.ToString(),
                    c.Reports,
                    c.Notices,
                    c.Finding,
                    c.SettledAt,
                    c.Remark
                )),
            ],
            insight.ReadsRecommendation && motion.Recommendation is { } r
                ? new ReviewAnswer(r.Outcome, r.ReasonCode, r.Reason)
                : null,
            motion.Review is { } review ? new ReviewAnswer(review.Outcome, review.ReasonCode, review.Reason) : null,
            [.. motion.Parts.Select(Part)],
            [
                .. view
                    .Tasks.Where(t => t.Mine || insight.IsProposer || t.Row.Name != "motion.cosign")
                    .Select(t => new OpenTask(
                        t.Row.Id,
                        t.Row.Name,
                        t.Who,
                        t.Mine,
                        t.Row.OfferedOutcomes,
                        t.Row.Part,
                        t.Clock?.Row.DueOn,
                        t.Row.Version
                    )),
            ],
            [.. view.Clocks.Select(TaskDetails.Of)],
            new MotionMay(view.MayRevise, view.MayInvite, view.MayWithdrawCosignature, view.MayAskExtension)
        );

        static FormAnswer Form(FeedbackForm form, Insight insight) =>
            new(
                form.Round,
                form.SentAt,
                insight.ReadsFeedback ? form.Rating?.Manner.ToString() : null,
                insight.ReadsFeedback ? form.Rating?.Result.ToString() : null,
                insight.ReadsFeedback ? form.Rating?.Reason : null,
                form.Returned?.At,
                form.Corrected is not null,
                form.LapsedAt
            );
        Named Member(Guid id) => new(id, view.Names.GetValueOrDefault(id, ""));
        Named Department(Guid id) => new(id, view.Departments.GetValueOrDefault(id, ""));
        PartAnswer Part(Handling part) =>
            new(
                part.Id,
                Department(part.HostId),
                [.. part.CohandlerIds.Select(Department)],
                part.State.ToString(),
                part.Round,
                part.AssignedAt,
                part.AcceptedAt,
                part.ContactId is { } contact ? Member(contact) : null,
                part.DeliveredAt,
                insight.ReadsAnswer(part) ? part.Answer : null,
                insight.ReadsMeetings(part) ? part.Meetings : [],
                insight.ReadsOpinions(part) ? part.Opinions : [],
                insight.ReadsMeetings(part) ? part.Extensions : []
            );
    }
}

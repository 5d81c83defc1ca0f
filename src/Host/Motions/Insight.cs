using System.Collections.Frozen;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Motions;

/// <summary>
/// What a viewer reads of the work inside a motion (domain §5). Votes and the secretary's recommendation are the offices'
/// own; a draft answer is its department's and the offices' until it is delivered. The proposer is never inside his own
/// motion, whatever office he holds.
/// </summary>
public sealed class Insight
{
    /// <summary>Events that only those inside read; what came of them is told to everybody by another event.</summary>
    private static readonly FrozenSet<string> Inside = FrozenSet.Create(
        nameof(OutcomeRecommended),
        nameof(ReviewVoted),
        nameof(CohandlerOpinionGiven),
        nameof(AnswerDrafted),
        nameof(AnswerSigned),
        nameof(AnswerReviewed),
        nameof(AnswerChecked),
        nameof(AnswerReturned),
        nameof(TakenBack),
        nameof(SentStraight),
        nameof(VoteCounted),
        nameof(SponsorNamed),
        nameof(DelegationSpoke),
        nameof(TaskClaimed),
        nameof(TaskReleased),
        nameof(TaskHandedOver),
        nameof(AdviceAsked),
        nameof(SignersAdded),
        nameof(SignerRemoved),
        nameof(AnswerWaits),
        nameof(SignerAnswered),
        nameof(AdviceGiven),
        nameof(AnswerTookEffect),
        nameof(AnswerTakenBack),
        nameof(DecidedOnce),
        nameof(CaseCopied),
        nameof(CopyRead),
        nameof(QuestionAsked),
        nameof(QuestionAnswered)
    );

    private readonly Motion _motion;
    private readonly Guid _viewerId;
    private readonly IReadOnlyList<Guid> _departments;
    private readonly IReadOnlyList<GivenWork> _given;

    private Insight(Motion motion, Viewer viewer, IReadOnlyList<GivenWork> given)
    {
        _motion = motion;
        _given = given;
        _viewerId = viewer.MemberId;
        IsProposer = motion.ProposerId == viewer.MemberId;
        HoldsOffice =
            !IsProposer
            && (
                viewer
                    .At(
                        Office.MotionSecretary,
                        Office.MotionCommittee,
                        Office.MotionCommitteeChair,
                        Office.Presidium,
                        Office.SchoolUnionChair
                    )
                    .Contains(motion.SchoolId)
                // 经审 reads everything and operates nothing.
                || viewer.At(Office.Auditor).Count > 0
            );
        _departments = IsProposer ? [] : Access.Departments(viewer);
    }

    /// <summary>By his offices alone, for what lists many motions.</summary>
    public static Insight Of(Motion motion, Viewer viewer) => new(motion, viewer, []);

    /// <summary>With what he needs for the work that was given to him (转办、委派、加签).</summary>
    public static Insight Of(Motion motion, Viewer viewer, IReadOnlyList<GivenWork> given) =>
        new(motion, viewer, given);

    /// <summary>
    /// With what he needs for the work that was given to him (转办、委派、加签), and, while he has work of somebody for whom
    /// he acts (代理), as that one reads it.
    /// </summary>
    public static Insight Of(MotionView view, Viewer viewer) =>
        new(
            view.Motion,
            view.Tasks.Where(t => t.Mine)
                .Select(t => Access.PrincipalOf(t.Row, viewer))
                .OfType<Principal>()
                .DistinctBy(p => p.MemberId)
                .ToList()
                .Aggregate(viewer, (seen, principal) => seen.For(principal)),
            view.Given
        );

    public bool IsProposer { get; }

    /// <summary>Of the offices that work on motions at the motion's school.</summary>
    public bool HoldsOffice { get; }

    /// <summary>Who did not sign is between him and the proposer; the offices count the signatures.</summary>
    public bool Sees(Cosigner cosigner) =>
        IsProposer || HoldsOffice || cosigner.State == CosignState.Confirmed || cosigner.MemberId == _viewerId;

    /// <summary>What the secretary proposes: for those who decide on it.</summary>
    public bool ReadsRecommendation => HoldsOffice || IsGiven("motion.review", "motion.presidium");

    /// <summary>What the proposer wrote to his scores: for him and for those who have to act on it.</summary>
    public bool ReadsFeedback =>
        IsProposer
        || HoldsOffice
        || _motion.Parts.Any(WorksOn)
        || IsGiven("motion.discontent", "motion.explain", "motion.dispute");

    public bool ReadsAnswer(Handling part) => part.State == HandlingState.Delivered || WorksOn(part);

    public bool ReadsOpinions(Handling part) =>
        WorksOn(part) || part.CohandlerIds.Any(_departments.Contains) || _given.Any(g => g.Part == part.Id);

    public bool ReadsMeetings(Handling part) => IsProposer || ReadsOpinions(part);

    public bool ReadsMeetings(Guid? part) => _motion.Parts.Any(p => p.Id == part && ReadsMeetings(p));

    /// <summary>The record without what is not for this viewer; a line of which nothing is left goes.</summary>
    public IEnumerable<CaseEntry> Of(IEnumerable<CaseEntry> record)
    {
        foreach (var entry in record)
        {
            if (HoldsOffice || entry.Events.All(e => Reads(e, entry.Part)))
                yield return entry;
            else if (entry.Events.Where(e => Reads(e, entry.Part)).ToList() is { Count: > 0 } told)
                yield return entry with
                {
                    Events = told,
                    Actor = null,
                    ActingFor = null,
                    Outcome = null,
                    Comment = null,
                };
        }
    }

    private bool Reads(CaseEvent happened, Guid? part) =>
        happened.Code switch
        {
            nameof(ProposerMet) or nameof(ExtensionAsked) or nameof(ExtensionDecided) => ReadsMeetings(part),
            nameof(MotionRated) or nameof(DiscontentReviewed) or nameof(AnswerExplained) or nameof(DisputeMinuted) =>
                ReadsFeedback,
            nameof(WithdrawalAsked) or nameof(WithdrawalDecided) or nameof(AppealLodged) or nameof(AppealDecided) =>
                IsProposer,
            // To the proposer himself it is his to read; between draft and delivery it is not.
            nameof(SentBack) => part is null || WorksOn(part),
            nameof(MotionCosigned) => IsProposer
                || happened.Data.GetProperty("state").GetString() == nameof(CosignState.Confirmed),
            nameof(AttachmentAdded) or nameof(AttachmentRemoved) => happened.Data.GetProperty("proof").GetString()
                == MotionDocuments.Grounds
                || _motion.Parts.Any(ReadsOpinions),
            var code => !Inside.Contains(code) || WorksOn(part),
        };

    public bool WorksOn(Guid? part) => _motion.Parts.Any(p => p.Id == part && WorksOn(p));

    // Of those to whom a task was given only the ones read a draft who write, sign or check it.
    private bool WorksOn(Handling part) =>
        HoldsOffice
        || _departments.Contains(part.HostId)
        || _given.Any(g =>
            g.Part == part.Id
            && g.Step is "handling.draft" or "handling.sign" or "handling.leader" or "handling.formcheck"
        );

    private bool IsGiven(params IReadOnlyList<string> steps) => !IsProposer && _given.Any(g => steps.Contains(g.Step));
}

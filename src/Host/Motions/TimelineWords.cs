using System.Text.Json;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Definitions;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Kind = EduUnion.Host.Web.Components.EntryKind;

namespace EduUnion.Host.Motions;

/// <summary>
/// The record of a motion in plain words. How single members voted is for the committee, what passed between draft and
/// delivery for those who work on the answer: everybody sees that it was done, not what was said.
/// </summary>
public sealed class TimelineWords(Texts texts, StepWords steps)
{
    private static readonly string[] Votes = ["motion.check", "motion.review"];
    private static readonly string[] Drafting =
    [
        "handling.opinion",
        "handling.draft",
        "handling.sign",
        "handling.leader",
        "handling.formcheck",
    ];
    private static readonly string[] Shared = ["handling.meeting", "extension.ask", "extension.decide"];

    private static readonly string[] Asides = ["task.copy", "copy.read", "task.ask", "question.answer"];

    public IReadOnlyList<TimelineEntry> Of(IEnumerable<CaseEntry> entries, MotionView view, Viewer viewer)
    {
        var insight = Insight.Of(view, viewer);
        return [.. entries.Where(e => !IsAside(e, insight)).Select(e => Entry(e, view, Hides(e, insight)))];
    }

    /// <summary>What a mail is called; that a day moved is said the same of every deadline.</summary>
    public static string MailKey(string kind) =>
        kind.StartsWith("moved.", StringComparison.Ordinal) ? "mail.moved" : "mail." + kind;

    /// <summary>乙代甲: who did it, and for whom.</summary>
    public static string? Who(CaseEntry entry, Texts texts) =>
        entry.ActingFor is { } principal ? texts["timeline.actingFor", entry.Actor, principal] : entry.Actor;

    /// <summary>Who was asked and told beside the work is for those who work on it.</summary>
    private static bool IsAside(CaseEntry entry, Insight insight) =>
        Asides.Contains(entry.Act) && !insight.HoldsOffice && !insight.WorksOn(entry.Part);

    private static bool Hides(CaseEntry entry, Insight insight) =>
        (Votes.Contains(entry.Act) && !insight.HoldsOffice)
        || (Drafting.Contains(entry.Act) && !insight.WorksOn(entry.Part))
        || (IsOfDesk(entry.Act) && !insight.HoldsOffice && !insight.WorksOn(entry.Part))
        || (Shared.Contains(entry.Act) && !insight.ReadsMeetings(entry.Part));

    /// <summary>How offices pass their work round among themselves.</summary>
    private static bool IsOfDesk(string act) => act.StartsWith("office.", StringComparison.Ordinal);

    private TimelineEntry Entry(CaseEntry entry, MotionView view, bool hidden)
    {
        return new TimelineEntry(entry.At, KindOf(entry.Kind), Text(entry, hidden))
        {
            Detail = Detail(entry, view, hidden),
        };
    }

    private static Kind KindOf(Cases.EntryKind kind) =>
        kind switch
        {
            Cases.EntryKind.Decision => Kind.Decide,
            Cases.EntryKind.Mail => Kind.Mail,
            Cases.EntryKind.Clock => Kind.Clock,
            _ => Kind.Note,
        };

    private string Text(CaseEntry entry, bool hidden) =>
        entry.Kind switch
        {
            Cases.EntryKind.Mail => texts[MailKey(entry.Act)],
            Cases.EntryKind.Clock => texts["timeline.expired", texts["clock.name." + entry.Act["clock.".Length..]]],
            Cases.EntryKind.Command when entry.Act.StartsWith("signal.", StringComparison.Ordinal) => texts[
                "act." + entry.Act
            ],
            Cases.EntryKind.Command => texts["act." + entry.Act, Who(entry, texts)],
            _ when hidden || entry.Outcome is null => texts["timeline.did", Who(entry, texts), steps.Step(entry.Act)],
            _ => texts[
                "timeline.decided",
                Who(entry, texts),
                steps.Step(entry.Act),
                steps.Outcome(entry.Act, entry.Outcome)
            ],
        };

    private string? Detail(CaseEntry entry, MotionView view, bool hidden)
    {
        List<string?> said = [.. entry.Events.Select(e => Said(e, view, hidden) ?? OfDesk(entry, e, hidden))];
        if (!hidden)
            said.Add(entry.Comment);
        var text = string.Join(texts["timeline.separator"], said.Where(s => !string.IsNullOrWhiteSpace(s)).Distinct());
        return text.Length == 0 ? null : text;
    }

    // That nobody decided in time is said to everybody.
    private string? OfDesk(CaseEntry entry, CaseEvent happened, bool hidden) =>
        hidden && happened.Code is not (nameof(HandedOnOverdue) or nameof(EscalatedOverdue))
            ? null
            : new DeskWords(texts, steps).Said(entry, happened);

    private string? Said(CaseEvent happened, MotionView view, bool hidden)
    {
        switch (happened.Code)
        {
            case nameof(CosignersInvited):
                return Names(Read<CosignersInvited>(happened).MemberIds, view);
            case nameof(TaskUrged):
                return texts["timeline.urged", steps.Step(Read<TaskUrged>(happened).Step)];
            case nameof(CaseCopied):
                return texts["timeline.aside", steps.Step(Read<CaseCopied>(happened).Step)];
            case nameof(QuestionAsked):
                return texts["timeline.aside", steps.Step(Read<QuestionAsked>(happened).Step)];
            case nameof(MotionCosigned):
                var cosigned = Read<MotionCosigned>(happened);
                return texts["timeline.cosigned", cosigned.Confirmed, cosigned.Minimum];
            case nameof(MotionReceived):
                return texts["timeline.received", Read<MotionReceived>(happened).ReceiptNumber];
            case nameof(MotionFiled):
                return texts["timeline.filed", Read<MotionFiled>(happened).Number];
            case nameof(OutcomeRecommended) when !hidden:
                var advice = Read<OutcomeRecommended>(happened).Recommendation;
                return texts["timeline.recommended", steps.Option("recommendation", advice.Outcome), advice.Reason];
            case nameof(MotionReviewed):
                var reviewed = Read<MotionReviewed>(happened);
                return texts["timeline.reviewed", steps.Outcome("motion.review", reviewed.Outcome)];
            case nameof(MotionAssigned):
                var parts = Read<MotionAssigned>(happened).Parts;
                return string.Join(
                    texts["timeline.separator"],
                    parts.Select(p => Assigned(p.HostId, p.CohandlerIds, view))
                );
            case nameof(HandlingReassigned):
                var reassigned = Read<HandlingReassigned>(happened);
                return Assigned(reassigned.HostId, reassigned.CohandlerIds, view);
            case nameof(ProposerMet) when !hidden:
                var meeting = Read<ProposerMet>(happened).Meeting;
                return texts["timeline.met", meeting.MetOn, steps.Option("mode", meeting.Mode), meeting.Place];
            case nameof(AnswerDrafted):
                return texts["timeline.drafted", Read<AnswerDrafted>(happened).Draft.Revision];
            case nameof(AnswerDelivered):
                return texts[
                    "timeline.delivered",
                    steps.Option("class", Read<AnswerDelivered>(happened).Class.ToString())
                ];
            case nameof(ExtensionAsked) when !hidden:
                var asked = Read<ExtensionAsked>(happened);
                return texts["timeline.extensionAsked", asked.Workdays, asked.Reason];
            case nameof(AnswerExtended):
                return texts["timeline.extended", Read<AnswerExtended>(happened).Workdays];
            case nameof(ExtensionNotGranted):
                return texts["timeline.notExtended"];
            case nameof(DefinitionMoved):
                return DefinitionWords.Told(texts, Read<DefinitionMoved>(happened));
            case nameof(DefinitionMoveUndone):
                return DefinitionWords.Told(texts, Read<DefinitionMoveUndone>(happened));
            case nameof(DeadlineMoved):
                var moved = Read<DeadlineMoved>(happened);
                return texts["timeline.deadlineMoved", texts["clock.name." + moved.Clock], moved.From, moved.To];
            default:
                return FollowUp(happened, view, hidden);
        }
    }

    private string? FollowUp(CaseEvent happened, MotionView view, bool hidden)
    {
        switch (happened.Code)
        {
            case nameof(MotionMerged):
                var merged = Read<MotionMerged>(happened);
                return texts["timeline.merged", merged.Number, merged.MainNumber];
            case nameof(MotionUnmerged):
                return texts["timeline.unmerged", Read<MotionUnmerged>(happened).MainNumber];
            case nameof(MotionRated):
                var rating = Read<MotionRated>(happened).Rating;
                return texts["timeline.rated", Score("manner", rating.Manner), Score("result", rating.Result)];
            case nameof(FeedbackLapsed):
                return texts["timeline.feedbackLapsed"];
            case nameof(MotionRehandled):
                return texts["timeline.rehandled"];
            case nameof(AnswerExplained) when !hidden:
                return Minuted(Read<AnswerExplained>(happened).Meeting);
            case nameof(DisputeMinuted) when !hidden:
                return Minuted(Read<DisputeMinuted>(happened).Meeting);
            case nameof(CommitmentReported):
                return Read<CommitmentReported>(happened).Report.Text;
            case nameof(CommitmentSettled):
                var settled = Read<CommitmentSettled>(happened);
                return texts["timeline.settled." + settled.Finding, Promised(settled.Commitment, view)];
            case nameof(CommitmentRemarked):
                return Read<CommitmentRemarked>(happened).Text;
            case nameof(SupervisionIssued):
                var notice = Read<SupervisionIssued>(happened).Notice;
                return texts["timeline.supervised", notice.DueBefore, notice.DueOn];
            case nameof(MotionClosed):
                return texts["timeline.closed." + Read<MotionClosed>(happened).As];
            case nameof(MotionWithdrawn):
                return texts["timeline.withdrawn"];
            case nameof(WithdrawalAsked) when !hidden:
                return Read<WithdrawalAsked>(happened).Reason;
            case nameof(AppealLodged) when !hidden:
                return Read<AppealLodged>(happened).Reason;
            case nameof(LeadLeft):
                return texts["timeline.leadLeft", Names([Read<LeadLeft>(happened).MemberId], view)];
            case nameof(LeadChanged):
                var change = Read<LeadChanged>(happened).Change;
                return texts["timeline.lead", Names([change.From], view), Names([change.To], view)];
            case nameof(VoteCounted) when !hidden:
                var vote = Read<VoteCounted>(happened).Vote;
                return texts["timeline.counted", vote.For, vote.Against, vote.Abstained];
            case nameof(SponsorNamed) when Read<SponsorNamed>(happened).MemberId is { } sponsor:
                return texts["timeline.sponsor", Names([sponsor], view)];
            case nameof(MotionReopened):
                return texts["timeline.reopened"];
            default:
                return ReturnWords.Said(happened, texts, steps, mayRead: true);
        }
    }

    private string Score(string field, Satisfaction score) => steps.Option(field, score.ToString());

    private string Minuted(FollowUpMeeting meeting) => texts["timeline.minuted", meeting.MetOn, meeting.Minutes];

    private static string Promised(Guid id, MotionView view) =>
        view.Motion.Commitments.FirstOrDefault(c => c.Id == id)?.Item ?? "";

    private string Assigned(Guid host, IReadOnlyCollection<Guid> cohandlers, MotionView view) =>
        cohandlers.Count == 0
            ? texts["timeline.assigned", view.Departments.GetValueOrDefault(host)]
            : texts[
                "timeline.assignedWith",
                view.Departments.GetValueOrDefault(host),
                string.Join(texts["clock.separator"], cohandlers.Select(c => view.Departments.GetValueOrDefault(c)))
            ];

    private string Names(IEnumerable<Guid> members, MotionView view) =>
        string.Join(texts["clock.separator"], members.Select(m => view.Names.GetValueOrDefault(m)));

    private static T Read<T>(CaseEvent happened) => happened.Data.Deserialize<T>(CaseJson.Options)!;
}

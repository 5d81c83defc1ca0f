using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Mail;

namespace EduUnion.Host.Cases;

// What is told to whom after the answer, and of the rights beside the main process (domain §7, N6, N13–N17).
public sealed partial class MotionCase
{
    private NoticeRecipients Cosigned => NoticeRecipients.ToMembers([.. motion.ConfirmedCosigners]);

    private IEnumerable<Notice> TellFollowUp(object happened, RunningClock clock, CaseMoment moment)
    {
        (string, string) number = ("number", Number);
        switch (happened)
        {
            case MotionMerged merged:
                yield return Of(NoticeKind.MotionMerged, Signatories, moment, ("main", merged.MainNumber));
                break;
            case MotionUnmerged:
                yield return Of(NoticeKind.MotionUnmerged, Signatories, moment, number);
                break;
            case MotionReplied { Round: 1 } or MainAnswered:
                if (motion.IsOpinion)
                    yield return Of(NoticeKind.OpinionAnswered, Signatories, moment, number);
                else if (motion.Confirmed > 0)
                    yield return Of(NoticeKind.AnswerDeliveredCopy, Cosigned, moment, number);
                break;
            case MotionReplied when motion.Confirmed > 0:
                yield return Of(NoticeKind.AnswerDeliveredCopy, Cosigned, moment, number);
                break;
            case FeedbackLapsed:
                yield return Of(NoticeKind.FeedbackHasLapsed, Proposer, moment, number);
                break;
            case ProgressAsked asked:
                yield return Of(NoticeKind.ProgressAsked, Host(asked.Commitment), moment, number);
                break;
            case SupervisionIssued issued:
                yield return Of(
                    NoticeKind.Supervised,
                    Part(issued.Commitment, Office.DepartmentHead).And(Part(issued.Commitment, Office.SchoolLeader)),
                    moment,
                    issued.Notice.DueOn,
                    number
                );
                break;
            case MotionWithdrawn:
                yield return Of(NoticeKind.MotionWithdrawn, Signatories.And(Hosts()), moment);
                break;
            case WithdrawalDecided { Agreed: false }:
                yield return Of(NoticeKind.WithdrawalRefused, Signatories, moment, number);
                break;
            case LeadChanged:
                yield return Of(NoticeKind.LeadIsNew, Signatories, moment);
                break;
            case AppealDecided decided:
                yield return Of(
                    decided.Reopened ? NoticeKind.AppealReopened : NoticeKind.AppealRefused,
                    Signatories,
                    moment
                );
                break;
        }
    }

    private IEnumerable<Notice> TellFollowUpOpened(
        OpenedStep step,
        string task,
        NoticeRecipients to,
        RunningClock clock,
        CaseMoment moment
    )
    {
        (string, string) number = ("number", Number);
        var chair = School(Office.MotionCommitteeChair);
        (NoticeKind Kind, NoticeRecipients To, string Clock)? told = task switch
        {
            "motion.delegation" => (NoticeKind.DelegationAsked, to, "delegation"),
            "motion.feedback" => (NoticeKind.AnswerDelivered, to, "feedback"),
            "motion.discontent" => (NoticeKind.Discontent, to.And(Hosts(Office.DepartmentHead)), "rehandle.review"),
            "motion.dispute" => (
                NoticeKind.DisputeMeeting,
                to.And(chair).And(Hosts(Office.DepartmentHead, Office.SchoolLeader)),
                "meeting"
            ),
            "withdrawal.takeover" => (NoticeKind.TakeOverOffered, to, "takeover"),
            "withdrawal.consent" => (NoticeKind.WithdrawalAsked, to, "withdrawal.decide"),
            "lead.offer" => (NoticeKind.LeadOffered, to, "lead_offer"),
            "lead.name" => (NoticeKind.LeadMissing, to, "reassign"),
            "appeal.decide" => (NoticeKind.AppealAsked, to, "appeal.decide"),
            _ => null,
        };
        if (told is var (kind, people, name))
            yield return Of(kind, people, moment, clock(name, step.Part)?.DueOn, number);
    }

    /// <summary>These offices of every host of the round that counts; clerk and head if none is named.</summary>
    private NoticeRecipients Hosts(params IReadOnlyCollection<Office> offices)
    {
        IReadOnlyCollection<Office> all =
            offices.Count == 0 ? [Office.DepartmentClerk, Office.DepartmentHead] : offices;
        return motion
            .CurrentParts.Select(p => p.HostId)
            .Distinct()
            .SelectMany(host => all.Select(office => NoticeRecipients.ToOffice(office.ToString(), host)))
            .Aggregate(NoticeRecipients.ToMembers(), (sum, one) => sum.And(one));
    }
}

using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Motions;

/// <summary>
/// What a viewer may do with a motion beside his tasks, as buttons show it. The use cases check again; a button that is not
/// here only spares a refusal.
/// </summary>
public static class MotionActs
{
    public const string Withdraw = "withdraw-motion";
    public const string Appeal = "appeal";
    public const string Correct = "correct";
    public const string Unmerge = "unmerge";
    public const string Progress = "progress";
    public const string Remark = "remark";
    public const string Supervise = "supervise";

    public static IEnumerable<(string Act, Guid? Item)> Of(
        Motion motion,
        Viewer viewer,
        WorkingCalendar calendar,
        Rules rules
    )
    {
        if (motion.ProposerId == viewer.MemberId)
            return motion.LeadLeftAt is null ? OfLead(motion, viewer.Today, calendar, rules) : [];
        return OfOffices(motion, viewer);
    }

    private static IEnumerable<(string Act, Guid? Item)> OfOffices(Motion motion, Viewer viewer)
    {
        if (
            motion.State == MotionState.Merged
            && viewer.At(Office.MotionSecretary, Office.MotionCommitteeChair).Contains(motion.SchoolId)
        )
            yield return (Unmerge, null);
        if (motion.State != MotionState.Tracking)
            yield break;
        var departments = viewer.At(Office.DepartmentClerk, Office.DepartmentHead);
        foreach (var item in motion.Commitments.Where(c => c.State == CommitmentState.Open))
        {
            if (departments.Contains(motion.Part(item.Part).HostId))
                yield return (Progress, item.Id);
            if (item.DueOn < viewer.Today && viewer.At(Office.MotionCommitteeChair).Contains(motion.SchoolId))
                yield return (Supervise, item.Id);
        }
    }

    private static IEnumerable<(string Act, Guid? Item)> OfLead(
        Motion motion,
        DateOnly today,
        WorkingCalendar calendar,
        Rules rules
    )
    {
        if (
            motion.OpenWithdrawal is null
            && motion.State
                is MotionState.Submitted
                    or MotionState.UnderReview
                    or MotionState.Returned
                    or MotionState.Disputed
                    or MotionState.Filed
                    or MotionState.Merged
                    or MotionState.Opinion
                    or MotionState.Assigned
                    or MotionState.Handling
        )
            yield return (Withdraw, null);
        if (
            motion is { Appeal: null, Review.Outcome: "reject" or "opinion", DecidedAt: { } decided }
            && motion.IsAppealable
            && today <= calendar.AddWorkdays(ChinaTime.DateOf(decided), rules.Workdays("appeal"))
        )
            yield return (Appeal, null);
        if (
            motion.Forms.LastOrDefault() is { Returned: { } returned, Corrected: null }
            && motion.State
                is MotionState.Replied
                    or MotionState.Tracking
                    or MotionState.Closed
                    or MotionState.DisputeMeeting
            && today <= calendar.AddWorkdays(ChinaTime.DateOf(returned.At), rules.Workdays("feedback.correct"))
        )
            yield return (Correct, null);
        foreach (var item in motion.Commitments.Where(_ => motion.State != MotionState.Archived))
            yield return (Remark, item.Id);
    }
}

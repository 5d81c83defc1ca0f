using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Pages.Aid;

/// <summary>What may be done beside the tasks of an application, by name: the pages <c>/aid/{id}/do/{act}</c>.</summary>
public static class CaseActs
{
    public const string Withdraw = "withdraw";
    public const string Consent = "consent";
    public const string WithdrawConsent = "withdraw-consent";
    public const string Cancel = "cancel";
    public const string Replace = "replace";

    /// <summary>What the viewer may do now; the aggregate has the last word.</summary>
    public static IEnumerable<string> Of(AidView view, Viewer viewer)
    {
        var aid = view.Application;
        if (aid.ApplicantId == viewer.MemberId)
        {
            if (MayWithdraw(aid))
                yield return Withdraw;
            if (!aid.IsEnded && Enum.GetValues<ConsentKind>().Any(k => !aid.Has(k)))
                yield return Consent;
            if (aid.Consents.Any(c => c.IsGiven))
                yield return WithdrawConsent;
        }
        else
        {
            var chairs = viewer.At(Office.SchoolUnionChair).Contains(aid.SchoolId);
            if (aid.State == AidState.Surveying && (chairs || (view.AtDistrict && aid.DistrictAskedFor is not null)))
                yield return Replace;
            if (MayCancel(aid) && (view.AtDistrict || (chairs && !IsApproved(aid))))
                yield return Cancel;
        }
    }

    // A draft is given up in the wizard; what is approved is paid.
    private static bool MayWithdraw(AidApplication aid) =>
        !aid.IsAfterReview
        && aid.State
            is AidState.Submitted
                or AidState.Accepted
                or AidState.Surveying
                or AidState.Surveyed
                or AidState.Reviewed
                or AidState.Notice
                or AidState.ApprovalSchool
                or AidState.ApprovalDistrict
                or AidState.Waiting
                or AidState.Urgent;

    /// <summary>From here on the district alone ends it (<see cref="Host.Aid.AidLifeCommands.CancelAsync"/>).</summary>
    private static bool IsApproved(AidApplication aid) =>
        aid.State is AidState.Waiting or AidState.Approved or AidState.Listed or AidState.Bounced;

    private static bool MayCancel(AidApplication aid) =>
        !aid.IsEnded
        && aid.State
            is not (
                AidState.Draft
                or AidState.Sent
                or AidState.Paid
                or AidState.Missing
                or AidState.Confirmed
                or AidState.Reported
            );
}

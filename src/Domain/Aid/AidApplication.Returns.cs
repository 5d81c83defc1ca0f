using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.AidState;

namespace EduUnion.Domain.Aid;

// Ways that the chart does not draw: sent back (退回), taken back (拿回), and what an administrator does with a reason.
public sealed partial class AidApplication
{
    /// <summary>How an administrator ended it (终止); null = he did not, or it was woken again.</summary>
    [JsonInclude]
    public AidTermination? Termination { get; private set; }

    /// <summary>
    /// Steps before this one to which it may be sent back, the earliest first: before anything is public and before any
    /// money. Approvals have their own way back.
    /// </summary>
    public ImmutableArray<string> StepsBack(string from) =>
        (from, State) switch
        {
            _ when Route == AidRoute.Emergency || !Notices.IsEmpty => [],
            ("aid.appoint", Accepted) when Surveys.IsEmpty => ["aid.formcheck"],
            ("aid.publish", Reviewed) => ["aid.appoint", "aid.assess"],
            _ => [],
        };

    /// <summary>
    /// Sends it back to an earlier step: what the steps in between wrote counts no more. Refusals: <c>aid.held</c> (409),
    /// <c>aid.recused</c>, <c>task.return-not-here</c>, <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<AidSentBack> SendBack(Actor actor, string from, string to, string? reason)
    {
        if (IsHeld)
            return Held;
        // It takes no consent to transfer: nothing is taken up.
        if ((CheckActor(actor with { AtDistrict = false }, Duty.Handle) ?? CheckReason(reason)) is { } refusal)
            return refusal;
        if (!StepsBack(from).Contains(to))
            return Refusal.Because("task.return-not-here");
        var sent = new AidSentBack(from, to, reason!.Trim());
        StandAt(to, actor.Id, sent.Reason);
        return sent;
    }

    /// <summary>
    /// Whoever appointed the surveyors takes that back while none of them has acted, which the caller knows. Refusals:
    /// <c>aid.recused</c>, <c>task.went-on</c> (409).
    /// </summary>
    /// <param name="from">The step that is open now.</param>
    public Outcome<AidTakenBack> TakeBack(Actor actor, string from, string to)
    {
        if (CheckActor(actor with { AtDistrict = false }, Duty.Handle) is { } recused)
            return recused;
        if ((from, to, State) is not ("aid.survey", "aid.appoint", Surveying) || IsHeld || Survey is not null)
            return new Refusal("task.went-on", RefusalKind.Conflict);
        StandAt(to, actor.Id, "");
        return new AidTakenBack(from, to);
    }

    /// <summary>Steps at which an administrator may let it go on (跳转); none while money or a notice is under way.</summary>
    [JsonIgnore]
    public ImmutableArray<string> StepsOpen =>
        IsHeld || State is AidState.Notice or Waiting or Approved or Listed or Bounced ? [] : OpenTo(State);

    /// <summary>
    /// An administrator lets it go on at another step. Refusals: <c>form.reason-missing</c>, <c>case.jump-impossible</c>.
    /// </summary>
    public Outcome<AidJumped> Jump(string to, string? reason, Guid by)
    {
        if (CheckReason(reason) is { } missing)
            return missing;
        if (!StepsOpen.Contains(to))
            return Refusal.Because("case.jump-impossible");
        var jumped = new AidJumped(to, reason!.Trim());
        StandAt(to, by, jumped.Reason);
        return jumped;
    }

    /// <summary>Whether an administrator may end it.</summary>
    [JsonIgnore]
    public bool MayBeTerminated => !IsHeld && IsLegal(Cancelled) && !OpenTo(State).IsEmpty;

    /// <summary>
    /// An administrator ends it (终止); the caller gives back what is reserved. Refusals: <c>form.reason-missing</c>,
    /// <c>aid.held</c> (409), <c>case.terminate-too-late</c> (money was sent, or it is over).
    /// </summary>
    public Outcome<AidTerminated> Terminate(string? reason, DateTimeOffset now)
    {
        if (CheckReason(reason) is { } missing)
            return missing;
        if (IsHeld)
            return Held;
        if (!MayBeTerminated)
            return Refusal.Because("case.terminate-too-late");
        var terminated = new AidTerminated(State, reason!.Trim());
        Termination = new AidTermination(State, terminated.Reason, now);
        CancelledFor = CancelReason.Terminated;
        End(Cancelled, reason, now);
        return terminated;
    }

    /// <summary>Steps at which it may go on when it is woken; none while it was not terminated.</summary>
    [JsonIgnore]
    public ImmutableArray<string> StepsToWake => Termination is { } ended ? OpenTo(ended.From) : [];

    /// <summary>
    /// An administrator wakes what was terminated (唤醒). Refusals: <c>form.reason-missing</c>, <c>case.not-terminated</c>,
    /// <c>case.jump-impossible</c>.
    /// </summary>
    public Outcome<AidWoken> Wake(string to, string? reason, Guid by)
    {
        if (CheckReason(reason) is { } missing)
            return missing;
        if (Termination is not { } ended)
            return Refusal.Because("case.not-terminated");
        if (!StepsToWake.Contains(to))
            return Refusal.Because("case.jump-impossible");
        var woken = new AidWoken(ended.From, to, reason!.Trim());
        Termination = null;
        CancelledFor = null;
        EndReason = null;
        EndedAt = null;
        State = ended.From;
        StandAt(to, by, woken.Reason);
        return woken;
    }

    private ImmutableArray<string> OpenTo(AidState state) =>
        IsAfterReview
            ? []
            : state switch
            {
                Reported => ["aid.hint"],
                Draft => ["aid.draft"],
                Supplement => ["aid.formcheck", "aid.supplement"],
                Submitted => ["aid.formcheck"],
                Accepted or Surveying => Surveys.IsEmpty ? ["aid.formcheck", "aid.appoint"] : ["aid.appoint"],
                // After the first notice people have approved; they must not come to survey it.
                Surveyed => Notices.IsEmpty ? ["aid.appoint", "aid.assess"] : ["aid.assess"],
                Reviewed => Notices.IsEmpty ? ["aid.appoint", "aid.assess", "aid.publish"] : ["aid.publish"],
                AidState.Notice => ["aid.publish"],
                ApprovalSchool or ApprovalDistrict => ["aid.assess"],
                // Only when it is woken, with nothing reserved any more.
                Urgent => ["aid.approve.emergency"],
                Waiting or Approved or Listed or Bounced => Route == AidRoute.Emergency
                    ? ["aid.approve.emergency"]
                    : ["aid.assess"],
                _ => [],
            };

    private void StandAt(string step, Guid by, string reason)
    {
        switch (step)
        {
            case "aid.formcheck":
                State = Submitted;
                FundId = null;
                AcceptedAt = null;
                SurveyAnew(by, reason);
                break;
            case "aid.appoint":
                State = Accepted;
                SurveyAnew(by, reason);
                break;
            case "aid.assess":
                BackToAssessment();
                break;
            case "aid.publish":
                State = Reviewed;
                break;
            case "aid.approve.emergency":
                Round++;
                State = Urgent;
                break;
        }
    }

    // The household is seen anew, and whoever saw it before still does not approve.
    private void SurveyAnew(Guid by, string reason)
    {
        ForgetSurvey(by, reason);
        Category = null;
        Amount = null;
    }

    private void ForgetSurvey(Guid by, string reason)
    {
        Surveyors = [];
        DistrictAskedFor = null;
        if (Survey is { } survey)
            Surveys = Surveys.Replace(survey, survey with { ReturnedBy = by, ReturnReason = reason });
        Assessment = null;
    }
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.AidState;

namespace EduUnion.Domain.Aid;

// What the payment's own ledger tells, receipt, account, papers after an emergency, follow-up (domain §3.3 steps 8 and 9).
public sealed partial class AidApplication
{
    [JsonInclude]
    public DateOnly? PaidOn { get; private set; }

    [JsonInclude]
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>The day of the signed receipt (签收表), where it was confirmed on paper.</summary>
    [JsonInclude]
    public DateOnly? SignedOn { get; private set; }

    /// <summary>Why the last transfer came back.</summary>
    [JsonInclude]
    public string? BounceReason { get; private set; }

    [JsonInclude]
    public string? MissingReason { get; private set; }

    /// <summary>All corrections, in order; the last is the open one until somebody has checked it.</summary>
    [JsonInclude]
    public ImmutableArray<AccountCorrection> Corrections { get; private set; } = [];

    [JsonInclude]
    public FollowUpVisit? FollowUp { get; private set; }

    /// <summary>The correction that waits for its second check.</summary>
    [JsonIgnore]
    public AccountCorrection? OpenCorrection => Corrections.LastOrDefault() is { CheckedAt: null } last ? last : null;

    /// <summary>On a payment list. Refusal: <c>aid.wrong-state</c>.</summary>
    public Outcome<AidListed> List() => Become(Approved, Listed, new AidListed());

    /// <summary>Taken off the list again, under the same approval. Refusal: <c>aid.wrong-state</c>.</summary>
    public Outcome<AidUnlisted> Unlist() => Become(Listed, Approved, new AidUnlisted());

    /// <summary>Released by a second person and sent to the bank. Refusal: <c>aid.wrong-state</c>.</summary>
    public Outcome<AidSent> Send() => Become(Listed, Sent, new AidSent());

    /// <summary>The bank's result: paid. Refusal: <c>aid.wrong-state</c>.</summary>
    public Outcome<AidPaid> Pay(DateOnly on)
    {
        if (State != Sent)
            return WrongState;
        PaidOn = on;
        State = Paid;
        return new AidPaid(on);
    }

    /// <summary>
    /// The transfer came back, also late: after it had been said to be paid, after the applicant confirmed it by mistake, and
    /// while an emergency is reviewed. Refusal: <c>aid.wrong-state</c>.
    /// </summary>
    public Outcome<AidBounced> Bounce(string reason)
    {
        var reviewed = IsAfterReview && State is Accepted or Surveying or Surveyed or Reviewed;
        if (!reviewed && Illegal(Bounced) is { } illegal)
            return illegal;
        PaidOn = null;
        ConfirmedAt = null;
        SignedOn = null;
        MissingReason = null;
        BounceReason = reason;
        State = Bounced;
        return new AidBounced(reason);
    }

    /// <summary>
    /// A corrected account with a new proof. Refusals: <c>aid.wrong-state</c>, <c>aid.not-author</c>,
    /// <c>aid.correction-open</c> (409), <c>aid.proof-missing</c> at <c>proof</c>, those of <see cref="BankAccount.Check"/>.
    /// </summary>
    public Outcome<AccountCorrected> CorrectAccount(BankAccount account, Guid? proofId, Guid by, DateTimeOffset now)
    {
        if (State != Bounced)
            return WrongState;
        if (by != ApplicantId && by != EnteredById)
            return Refusal.Forbidden("aid.not-author");
        if (OpenCorrection is not null)
            return new Refusal("aid.correction-open", RefusalKind.Conflict);
        if (account.Check(Content.Person.Name) is { } wrong)
            return wrong;
        if (proofId is not { } proof)
            return Refusal.At("proof", "aid.proof-missing");
        Corrections = Corrections.Add(new AccountCorrection(account, proof, by, now));
        return new AccountCorrected(account, proof);
    }

    /// <summary>
    /// Another person has compared the account with its proof; it is paid again under the same approval. Refusals:
    /// <c>aid.wrong-state</c>, <c>aid.correction-missing</c>, <c>aid.second-person</c> (403: not who entered it),
    /// <c>aid.recused</c>, <c>aid.transfer-consent-missing</c>.
    /// </summary>
    public Outcome<AccountConfirmed> ConfirmAccount(Actor actor, DateTimeOffset now)
    {
        if (CheckCorrection(actor) is { } refusal)
            return refusal;
        var open = OpenCorrection!;
        Corrections = Corrections.Replace(open, open with { CheckedBy = actor.Id, CheckedAt = now });
        Content = Content with { Account = open.Account };
        State = Approved;
        return new AccountConfirmed();
    }

    /// <summary>Back to be corrected again. Refusals as for <see cref="ConfirmAccount"/>, <c>form.reason-missing</c>.</summary>
    public Outcome<AccountReturned> ReturnAccount(Actor actor, string? reason, DateTimeOffset now)
    {
        if ((CheckCorrection(actor) ?? CheckReason(reason)) is { } refusal)
            return refusal;
        var open = OpenCorrection!;
        Corrections = Corrections.Replace(
            open,
            open with
            {
                CheckedBy = actor.Id,
                CheckedAt = now,
                ReturnReason = reason!.Trim(),
            }
        );
        return new AccountReturned(reason.Trim());
    }

    /// <summary>The applicant has the money. Refusals: <c>aid.wrong-state</c>, <c>aid.not-author</c>.</summary>
    public Outcome<ReceiptConfirmed> Confirm(Guid by, DateTimeOffset now)
    {
        if (Illegal(Confirmed) is { } illegal)
            return illegal;
        if (by != ApplicantId)
            return Refusal.Forbidden("aid.not-author");
        ConfirmedAt = now;
        State = Confirmed;
        return new ReceiptConfirmed(null);
    }

    /// <summary>
    /// The applicant has signed on paper (签收表). Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>, at
    /// <c>signedOn</c>: <c>aid.date-in-future</c>, <c>aid.signed-before-payment</c>.
    /// </summary>
    public Outcome<ReceiptConfirmed> ConfirmOnPaper(Actor actor, DateOnly signedOn, DateTimeOffset now, DateOnly today)
    {
        if (Illegal(Confirmed) is { } illegal)
            return illegal;
        if (CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        if (signedOn > today)
            return Refusal.At("signedOn", "aid.date-in-future");
        if (signedOn < PaidOn)
            return Refusal.At("signedOn", "aid.signed-before-payment", PaidOn.Value);
        SignedOn = signedOn;
        ConfirmedAt = now;
        State = Confirmed;
        return new ReceiptConfirmed(signedOn);
    }

    /// <summary>
    /// Nothing has arrived, says the applicant, or the chair who asked him. Refusals: <c>aid.wrong-state</c>,
    /// <c>aid.recused</c> (somebody else who stands too near), <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<ReceiptMissing> ReportMissing(Actor actor, string? reason)
    {
        if (State != Paid)
            return WrongState;
        if (actor.Id != ApplicantId && CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        if (CheckReason(reason) is { } missing)
            return missing;
        MissingReason = reason!.Trim();
        State = Missing;
        return new ReceiptMissing(MissingReason);
    }

    /// <summary>
    /// Finance asked the bank and it has been paid. Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>,
    /// <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<PaymentTraced> Trace(Actor actor, string? finding)
    {
        if (State != Missing)
            return WrongState;
        if (
            RecusalOf(actor.Id, Duty.Pay, actor.Ties) is not null
            || (actor.ActingFor is { } principal && RecusalOf(principal, Duty.Pay, actor.Ties) is not null)
        )
            return Refusal.Forbidden("aid.recused");
        if (CheckReason(finding) is { } missing)
            return missing;
        MissingReason = null;
        State = Paid;
        return new PaymentTraced(finding!.Trim());
    }

    /// <summary>
    /// Emergency aid: the papers come after the money, and the review begins like any other; after a late bounce it begins
    /// anew, and what was seen in the household before counts no more. Refusals:
    /// <c>aid.wrong-state</c> (not an emergency, or not confirmed), those of <see cref="Submit"/>.
    /// </summary>
    public Outcome<PapersHandedIn> HandInPapers(AidContent content, Guid by, DateTimeOffset now, DateOnly today)
    {
        if (Route != AidRoute.Emergency || State != Confirmed)
            return WrongState;
        if (CheckSubmission(content, by == ApplicantId ? AuthorId : by, today) is { } refusal)
            return refusal;
        Content = content;
        SubmittedAt = now;
        AcceptedAt = now;
        ForgetSurvey(by, BounceReason ?? "");
        State = Accepted;
        return new PapersHandedIn(content);
    }

    /// <summary>
    /// 回访. Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>, <c>aid.date-in-future</c> and
    /// <c>aid.visit-before-payment</c> at <c>visitedOn</c>, <c>aid.field-missing</c> at <c>gist</c>.
    /// </summary>
    public Outcome<AidFollowedUp> Visit(
        Actor actor,
        DateOnly visitedOn,
        FollowUpMode mode,
        string gist,
        DateTimeOffset now,
        DateOnly today
    )
    {
        if (State != Confirmed || Route == AidRoute.Emergency)
            return WrongState;
        if (CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        if (visitedOn > today)
            return Refusal.At("visitedOn", "aid.date-in-future");
        if (visitedOn < PaidOn)
            return Refusal.At("visitedOn", "aid.visit-before-payment", PaidOn.Value);
        if (CheckText("gist", gist, 1000) is { } wrong)
            return wrong;
        FollowUp = new FollowUpVisit(visitedOn, mode, gist.Trim(), actor.Id, now);
        return new AidFollowedUp(FollowUp);
    }

    /// <summary>
    /// 办结, after the follow-up; an emergency is closed by its notice. Closed already changes nothing. Refusals:
    /// <c>aid.wrong-state</c>, <c>aid.followup-missing</c>.
    /// </summary>
    public Outcome<AidClosed> Close(DateTimeOffset now)
    {
        if (State == Closed)
            return new AidClosed();
        if (State != Confirmed || Route == AidRoute.Emergency)
            return WrongState;
        if (FollowUp is null)
            return Refusal.Because("aid.followup-missing");
        End(Closed, null, now);
        return new AidClosed();
    }

    /// <summary>
    /// 办结 of an emergency whose recipient has died before the papers: nobody can hand them in, and the money was his.
    /// Refusal: <c>aid.wrong-state</c> (not an emergency, or not confirmed).
    /// </summary>
    public Outcome<AidClosed> CloseForDeath(DateTimeOffset now)
    {
        if (State != Confirmed || Route != AidRoute.Emergency)
            return WrongState;
        End(Closed, null, now);
        return new AidClosed();
    }

    private Outcome<T> Become<T>(AidState from, AidState to, T @event)
        where T : AidEvent
    {
        if (State != from)
            return WrongState;
        State = to;
        return @event;
    }

    private Refusal? CheckCorrection(Actor actor) =>
        State != Bounced ? WrongState
        : OpenCorrection is not { } open ? Refusal.Because("aid.correction-missing")
        : actor.Id == open.By || actor.ActingFor == open.By ? Refusal.Forbidden("aid.second-person")
        : CheckActor(actor, Duty.Handle);
}

using static EduUnion.Domain.Aid.AidState;

namespace EduUnion.Domain.Aid;

// From the hint to the acceptance, and the ways out (domain §3.3 steps 1 and 2, §3.4).
public sealed partial class AidApplication
{
    /// <summary>
    /// The chair follows a hint: the person is invited to apply, or (<paramref name="onBehalf"/>) the chair writes for him.
    /// Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>.
    /// </summary>
    public Outcome<HintFollowed> FollowHint(Actor actor, bool onBehalf)
    {
        if (Illegal(Draft) is { } illegal)
            return illegal;
        if (CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        EnteredById = onBehalf ? actor.Id : null;
        State = Draft;
        return new HintFollowed(onBehalf);
    }

    /// <summary>Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>, <c>form.reason-missing</c>.</summary>
    public Outcome<HintDismissed> DismissHint(Actor actor, string? reason, DateTimeOffset now)
    {
        if (Illegal(Dismissed) is { } illegal)
            return illegal;
        if (CheckActor(actor with { AtDistrict = false }, Duty.Handle) is { } recused)
            return recused;
        if (CheckReason(reason) is { } missing)
            return missing;
        End(Dismissed, reason, now);
        return new HintDismissed(EndReason!);
    }

    /// <summary>
    /// Saves the draft as far as it is; it may be unfinished but not malformed. After an emergency's payment the applicant
    /// writes what was not asked before. Refusals: <c>aid.not-editable</c>, <c>aid.not-author</c>, those of
    /// <see cref="AidContent.Check"/>.
    /// </summary>
    public Outcome<AidDraftSaved> SaveDraft(AidContent content, Guid by, DateOnly today)
    {
        var papers = Route == AidRoute.Emergency && State == Confirmed;
        if (State is not (Draft or Supplement) && !papers)
            return Refusal.Because("aid.not-editable");
        if (by != (papers ? ApplicantId : AuthorId))
            return Refusal.Forbidden("aid.not-author");
        if (content.Check(Completeness.Draft, today) is { } refusal)
            return refusal;
        Content = content;
        return new AidDraftSaved();
    }

    /// <summary>
    /// Gives one of the three consents; the same version given again changes nothing but is an event. On behalf of the
    /// applicant it takes his signed paper. Refusals: <c>aid.wrong-state</c> (ended), <c>aid.not-author</c>,
    /// <c>aid.consent-paper-missing</c>.
    /// </summary>
    public Outcome<ConsentGiven> GiveConsent(
        ConsentKind kind,
        string version,
        Guid by,
        Guid? paperId,
        DateTimeOffset now
    )
    {
        if (IsEnded)
            return WrongState;
        if (by != ApplicantId && by != EnteredById)
            return Refusal.Forbidden("aid.not-author");
        if (by != ApplicantId && paperId is null)
            return Refusal.At("paper", "aid.consent-paper-missing");
        var consent = new Consent(kind, version, by, now, paperId);
        if (Consents.FirstOrDefault(c => c.Kind == kind && c.IsGiven) is { } standing)
        {
            if (standing.Version == version)
                return new ConsentGiven(standing);
            // A newer text replaces the older consent: both stay on record.
            Consents = Consents.Replace(standing, standing with { WithdrawnAt = now });
        }
        Consents = Consents.Add(consent);
        return new ConsentGiven(consent);
    }

    /// <summary>
    /// Takes a consent back, at any time, also of an ended case; what was done before stays lawful (PIPL art. 15). A notice
    /// that is up goes on as an internal one. Without the consent to collect, the caller withdraws the application too
    /// where that is still possible. Refusals: <c>aid.not-author</c> (only the applicant),
    /// <c>aid.consent-not-given</c>.
    /// </summary>
    public Outcome<ConsentWithdrawn> WithdrawConsent(ConsentKind kind, Guid by, DateTimeOffset now)
    {
        if (by != ApplicantId)
            return Refusal.Forbidden("aid.not-author");
        if (Consents.FirstOrDefault(c => c.Kind == kind && c.IsGiven) is not { } standing)
            return Refusal.Because("aid.consent-not-given");
        Consents = Consents.Replace(standing, standing with { WithdrawnAt = now });
        if (kind == ConsentKind.Publicity && Notice is { Internal: false } notice)
            Notices = Notices.Replace(notice, notice with { Internal = true });
        return new ConsentWithdrawn(kind);
    }

    /// <summary>
    /// Submits formally. Every missing field is named. Refusals: <c>aid.not-author</c>, <c>aid.consent-missing</c> at
    /// <c>consents</c>, those of <see cref="AidContent.Check"/>. Whether somebody of the household has applied already is
    /// asked of <see cref="Duplicates.Check"/> before.
    /// </summary>
    public Outcome<AidSubmitted> Submit(Guid by, DateTimeOffset now, DateOnly today)
    {
        if (State != Draft)
            return WrongState;
        if (CheckSubmission(Content, by, today) is { } refusal)
            return refusal;
        State = Submitted;
        SubmittedAt = now;
        return new AidSubmitted(Content, Again: false);
    }

    /// <summary>Back from completion (补正). Refusals as for <see cref="Submit"/>.</summary>
    public Outcome<AidSubmitted> Resubmit(AidContent? content, Guid by, DateOnly today)
    {
        if (State != Supplement)
            return WrongState;
        if (CheckSubmission(content ?? Content, by, today) is { } refusal)
            return refusal;
        Content = content ?? Content;
        State = Submitted;
        return new AidSubmitted(Content, Again: true);
    }

    /// <summary>The number it keeps; a second call keeps the first.</summary>
    public AidReceived Receive(string number)
    {
        Number ??= number;
        return new AidReceived(Number);
    }

    /// <summary>受理. Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>, <c>aid.transfer-consent-missing</c>.</summary>
    public Outcome<AidAccepted> Accept(Actor actor, Guid fundId, DateTimeOffset now)
    {
        if (State != Submitted)
            return WrongState;
        if (CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        FundId = fundId;
        AcceptedAt = now;
        State = Accepted;
        return new AidAccepted(fundId);
    }

    /// <summary>
    /// 补正, once only; it takes no consent to transfer, for nothing is taken up. Refusals: <c>aid.wrong-state</c>,
    /// <c>aid.recused</c>, <c>aid.supplemented-before</c>, <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<SupplementAsked> AskSupplement(Actor actor, string? reason)
    {
        if (State != Submitted)
            return WrongState;
        if (CheckActor(actor with { AtDistrict = false }, Duty.Handle) is { } recused)
            return recused;
        if (Supplements > 0)
            return Refusal.Because("aid.supplemented-before");
        if (CheckReason(reason) is { } missing)
            return missing;
        Supplements++;
        SupplementReason = reason!.Trim();
        State = Supplement;
        return new SupplementAsked(SupplementReason);
    }

    /// <summary>Not accepted. Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>, <c>form.reason-missing</c>.</summary>
    public Outcome<AidRefused> RefuseForm(Actor actor, string? reason, DateTimeOffset now)
    {
        if (State != Submitted)
            return WrongState;
        if (CheckActor(actor with { AtDistrict = false }, Duty.Handle) is { } recused)
            return recused;
        return CheckReason(reason) is { } missing ? missing : Refuse(reason!, now);
    }

    /// <summary>
    /// The author abandons a draft, or the applicant withdraws, until it is approved. Refusals: <c>aid.wrong-state</c>,
    /// <c>aid.not-author</c>, <c>aid.paid-before</c> (an emergency under review is paid already).
    /// </summary>
    public Outcome<AidWithdrawn> Withdraw(Guid by, string? reason, DateTimeOffset now)
    {
        if (IsAfterReview)
            return Refusal.Because("aid.paid-before");
        if (Illegal(Withdrawn) is { } illegal)
            return illegal;
        if (by != ApplicantId && !(by == EnteredById && State is Draft or Supplement))
            return Refusal.Forbidden("aid.not-author");
        if (!Blank(reason) && CheckReason(reason) is { } wrong)
            return wrong;
        var from = State;
        End(Withdrawn, reason, now);
        return new AidWithdrawn(from, EndReason, Lapsed: false);
    }

    /// <summary>Not supplemented in time is withdrawn (domain §3.2). Refusal: <c>aid.wrong-state</c>.</summary>
    public Outcome<AidWithdrawn> LapseSupplement(DateTimeOffset now)
    {
        if (State != Supplement)
            return WrongState;
        End(Withdrawn, null, now);
        return new AidWithdrawn(Supplement, null, Lapsed: true);
    }

    /// <summary>
    /// Ends it because the person died, left the district or showed false papers (domain §3.4). What is approved and unpaid
    /// is paid to whoever leaves; a district decision alone cancels it for a death. Refusals: <c>aid.wrong-state</c>
    /// (money has gone), <c>aid.approved-is-paid</c>, <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<AidCancelled> Cancel(CancelReason why, string? reason, DateTimeOffset now)
    {
        if (Illegal(Cancelled) is { } illegal)
            return illegal;
        if (why == CancelReason.LeftDistrict && State is Approved or Waiting or Listed or Bounced)
            return Refusal.Because("aid.approved-is-paid");
        if (CheckReason(reason) is { } missing)
            return missing;
        var from = State;
        CancelledFor = why;
        End(Cancelled, reason, now);
        return new AidCancelled(from, why, EndReason!);
    }

    /// <summary>
    /// The applicant goes to another school of the district and the case with him (scenario 12 b). What is approved is paid
    /// from the old fund; what is being approved is approved anew, for the new school confirms it. Refusals:
    /// <c>aid.wrong-state</c>, <c>aid.same-school</c>, <c>aid.held</c> (409).
    /// </summary>
    public Outcome<SchoolMoved> MoveSchool(Guid schoolId, DateTimeOffset now)
    {
        if (IsEnded)
            return WrongState;
        if (schoolId == SchoolId)
            return Refusal.Because("aid.same-school");
        // What is being approved is approved anew, and nothing is decided while an objection is open.
        if (State is ApprovalSchool or ApprovalDistrict && IsHeld)
            return Held;
        var moved = new SchoolMoved(SchoolId, schoolId);
        SchoolMoves = SchoolMoves.Add(new SchoolMove(SchoolId, schoolId, now));
        SchoolId = schoolId;
        if (State is ApprovalSchool or ApprovalDistrict)
        {
            Round++;
            Pending = null;
            State = ApprovalSchool;
        }
        return moved;
    }

    private AidRefused Refuse(string reason, DateTimeOffset now)
    {
        var from = State;
        End(Refused, reason, now);
        return new AidRefused(from, EndReason!);
    }

    private Refusal? CheckSubmission(AidContent content, Guid by, DateOnly today)
    {
        if (by != AuthorId)
            return Refusal.Forbidden("aid.not-author");
        var wrong = content.Check(Completeness.Full, today);
        if (Has(ConsentKind.Collection))
            return wrong;
        var consent = Refusal.At("consents", "aid.consent-missing");
        return wrong is null ? consent
            : wrong.Fields.IsEmpty ? Refusal.Of([consent, wrong])
            : wrong with { Fields = wrong.Fields.Insert(0, consent) };
    }
}

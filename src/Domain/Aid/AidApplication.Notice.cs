using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.AidState;

namespace EduUnion.Domain.Aid;

// Assessment, public notice and objections (domain §3.3 steps 4 to 6).
public sealed partial class AidApplication
{
    /// <summary>The latest result of the committee.</summary>
    [JsonInclude]
    public AssessmentResult? Assessment { get; private set; }

    [JsonInclude]
    public ImmutableArray<PublicNotice> Notices { get; private set; } = [];

    /// <summary>Objections that are open; while there is one, nothing is decided and clocks stand still.</summary>
    [JsonInclude]
    public ImmutableArray<Guid> Holds { get; private set; } = [];

    [JsonIgnore]
    public bool IsHeld => !Holds.IsEmpty;

    /// <summary>The notice that is up; null = none.</summary>
    [JsonIgnore]
    public PublicNotice? Notice => Notices.LastOrDefault() is { IsUp: true } last ? last : null;

    /// <summary>
    /// The committee's result, told by a line of its meeting; not passed = refused. The same line told twice changes
    /// nothing. An emergency's amount is paid already and stays what it was. Refusals: <c>aid.wrong-state</c>,
    /// <c>aid.survey-missing</c> (a record signed by two), <c>aid.amount-invalid</c>.
    /// </summary>
    public Outcome<AidAssessed> Assess(AssessmentResult result, DateTimeOffset now)
    {
        if (Assessment?.LineId == result.LineId)
            return new AidAssessed(Assessment);
        if (State != Surveyed)
            return WrongState;
        if (Survey is null || Survey.Signatures.Length < SurveyRecord.SignaturesMin)
            return Refusal.Because("aid.survey-missing");
        if (result.Passed && result.Amount <= Money.Zero)
            return Refusal.At("amount", "aid.amount-invalid");
        Assessment = result;
        Category = result.Category;
        if (!IsAfterReview)
            Amount = result.Amount;
        if (result.Passed)
            State = Reviewed;
        else
            End(Refused, result.Reason, now);
        return new AidAssessed(result);
    }

    /// <summary>
    /// What a notice would show, field by field, and nothing else. Internal without the consent to publicity or where the
    /// cause is flagged sensitive. Refusal: <c>aid.wrong-state</c>.
    /// </summary>
    public Outcome<PublicNotice> PreviewNotice(
        string school,
        string contact,
        DateOnly from,
        DateOnly through,
        bool sensitive
    ) =>
        State != Reviewed
            ? WrongState
            : new PublicNotice(
                Notices.Length + 1,
                Number ?? "",
                Masking.Name(Content.Person.Name),
                school,
                (Content.MainCause ?? Cause.Other).Group(),
                Amount!.Value,
                from,
                through,
                contact,
                sensitive || !Has(ConsentKind.Publicity),
                Notices.Length > 0
            );

    /// <summary>
    /// Puts the notice up. Refusals: <c>aid.wrong-state</c>, <c>aid.held</c> (409), <c>aid.recused</c>,
    /// <c>aid.transfer-consent-missing</c>, <c>aid.contact-missing</c>.
    /// </summary>
    /// <param name="through">Last day, counted by the caller in working days from <paramref name="from"/>, which is day 0.</param>
    public Outcome<NoticePublished> Publish(
        Actor actor,
        string school,
        string contact,
        DateOnly from,
        DateOnly through,
        bool sensitive
    )
    {
        var preview = PreviewNotice(school, contact, from, through, sensitive);
        if (!preview.IsOk)
            return preview.Refusal;
        if (IsHeld)
            return Held;
        if (CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        if (Blank(contact))
            return Refusal.At("contact", "aid.contact-missing");
        PublisherId = actor.Id;
        Notices = Notices.Add(preview.Value);
        State = AidState.Notice;
        return new NoticePublished(preview.Value);
    }

    /// <summary>Who put the last notice up: he handles no objection to it.</summary>
    [JsonInclude]
    public Guid? PublisherId { get; private set; }

    /// <summary>
    /// The notice could not be seen: it lasts that many working days longer. Refusals: <c>aid.wrong-state</c>,
    /// <c>aid.interruption-invalid</c>.
    /// </summary>
    /// <param name="through">The new last day, counted by the caller.</param>
    public Outcome<NoticeInterrupted> InterruptNotice(int workdays, DateOnly through, string reason, DateTimeOffset now)
    {
        if (Notice is not { } notice || State != AidState.Notice)
            return WrongState;
        if (workdays < 1 || through <= notice.Through || Blank(reason))
            return Refusal.Because("aid.interruption-invalid");
        var interruption = new Interruption(workdays, reason.Trim(), through, now);
        Notices = Notices.Replace(
            notice,
            notice with
            {
                Through = through,
                Interruptions = notice.Interruptions.Add(interruption),
            }
        );
        return new NoticeInterrupted(interruption);
    }

    /// <summary>
    /// The notice stood still while an objection was open, and its last day is later. The same day told twice changes
    /// nothing. Refusals: <c>aid.wrong-state</c>, <c>aid.interruption-invalid</c> (never earlier).
    /// </summary>
    public Outcome<NoticeProlonged> ProlongNotice(DateOnly through)
    {
        if (Notice is not { } notice || State != AidState.Notice)
            return WrongState;
        if (through < notice.Through)
            return Refusal.Because("aid.interruption-invalid");
        Notices = Notices.Replace(notice, notice with { Through = through });
        return new NoticeProlonged(through);
    }

    /// <summary>
    /// The period is over and nobody objects: the notice is taken down and approval begins (an emergency's review is done).
    /// Refusals: <c>aid.wrong-state</c>, <c>aid.held</c> (409), <c>aid.notice-running</c> with its last day.
    /// </summary>
    public Outcome<NoticeEnded> NoticeOver(DateTimeOffset now, DateOnly today)
    {
        if (Notice is not { } notice || State != AidState.Notice)
            return WrongState;
        if (IsHeld)
            return Held;
        if (today <= notice.Through)
            return Refusal.Because("aid.notice-running", notice.Through);
        TakeNoticeDown(now);
        if (IsAfterReview)
            State = Closed;
        else
        {
            Round++;
            State = ApprovalSchool;
        }
        if (State == Closed)
            EndedAt = now;
        return new NoticeEnded(notice.Round);
    }

    /// <summary>
    /// An objection was filed in the period: everything stands still until it is settled. The same one twice changes
    /// nothing. Refusal: <c>aid.wrong-state</c>.
    /// </summary>
    public Outcome<AidHeld> Hold(Guid objectionId)
    {
        if (!IsOpenToObjections)
            return WrongState;
        if (!Holds.Contains(objectionId))
            Holds = Holds.Add(objectionId);
        return new AidHeld(objectionId);
    }

    /// <summary>
    /// An objection was settled: unfounded (it goes on), adjusted (new amount or category, a shorter notice), or upheld (it
    /// is cancelled). The same one twice changes nothing. Refusals: <c>aid.wrong-state</c>, <c>aid.objection-unknown</c>.
    /// </summary>
    public Outcome<AidObjectionSettled> SettleObjection(ObjectionSettled settled, DateTimeOffset now)
    {
        if (!IsOpenToObjections)
            return WrongState;
        if (!Holds.Contains(settled.ObjectionId))
            return Refusal.Because("aid.objection-unknown");
        Holds = Holds.Remove(settled.ObjectionId);
        Investigators = [.. Investigators.Union(settled.Investigators)];
        switch (settled.Outcome)
        {
            case ObjectionOutcome.Adjusted:
                Amount = IsAfterReview ? Amount : settled.Amount ?? Amount;
                Category = settled.Category ?? Category;
                TakeNoticeDown(now);
                Pending = null;
                State = Reviewed;
                break;
            case ObjectionOutcome.Upheld:
                CancelledFor = CancelReason.ObjectionUpheld;
                End(Cancelled, settled.Reason, now);
                break;
        }
        return new AidObjectionSettled(settled.ObjectionId, settled.Outcome, IsHeld);
    }

    // One that was filed on the last evening arrives when the notice is over, and must still stop the approval.
    private bool IsOpenToObjections =>
        !Notices.IsEmpty && State is AidState.Notice or Reviewed or ApprovalSchool or ApprovalDistrict;

    private void TakeNoticeDown(DateTimeOffset now)
    {
        if (Notice is { } notice)
            Notices = Notices.Replace(notice, notice with { EndedAt = now });
    }

    private static Refusal Held => new("aid.held", RefusalKind.Conflict);
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.ObjectionState;

namespace EduUnion.Domain.Aid;

/// <summary>
/// An objection to a public notice (异议, domain §3.3 step 6), a case of its own. Investigated by two at least who did not
/// survey. An anonymous one stores nobody; a named one's objector is shown to its handlers only, never to the applicant.
/// Refused in any other state than the act belongs to: <c>objection.wrong-state</c>.
/// </summary>
public sealed class Objection
{
    /// <summary>Every legal move; a record that is sent back leaves the state as it is, an investigator who leaves does not.</summary>
    private static readonly ImmutableDictionary<ObjectionState, ObjectionState[]> Moves = new Dictionary<
        ObjectionState,
        ObjectionState[]
    >
    {
        [Filed] = [Investigating],
        [Investigating] = [Investigated, Filed],
        [Investigated] = [Settled],
    }.ToImmutableDictionary();

    [JsonConstructor]
    private Objection() { }

    [JsonInclude]
    public Guid Id { get; private set; }

    [JsonInclude]
    public Guid ApplicationId { get; private set; }

    [JsonInclude]
    public ObjectionState State { get; private set; }

    /// <summary>Null = anonymous: nobody is stored.</summary>
    [JsonInclude]
    public Guid? FiledById { get; private set; }

    [JsonInclude]
    public DateTimeOffset FiledAt { get; private set; }

    /// <summary>Of which notice.</summary>
    [JsonInclude]
    public int NoticeRound { get; private set; }

    [JsonInclude]
    public ObjectionGround Ground { get; private set; }

    [JsonInclude]
    public string Text { get; private set; } = "";

    [JsonInclude]
    public ImmutableArray<Guid> Investigators { get; private set; } = [];

    /// <summary>Who stood aside, handed it back or was replaced: not assigned again.</summary>
    [JsonInclude]
    public ImmutableArray<Guid> Released { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<Investigation> Records { get; private set; } = [];

    [JsonInclude]
    public ObjectionSettled? Settlement { get; private set; }

    [JsonInclude]
    public Guid? SettledBy { get; private set; }

    [JsonInclude]
    public DateTimeOffset? SettledAt { get; private set; }

    [JsonIgnore]
    public bool IsAnonymous => FiledById is null;

    /// <summary>The record that is being signed or is signed; null = none, or the last was sent back.</summary>
    [JsonIgnore]
    public Investigation? Record => Records.LastOrDefault() is { IsReturned: false } last ? last : null;

    /// <summary>Investigators who have not signed the present record yet.</summary>
    [JsonIgnore]
    public ImmutableArray<Guid> Coinvestigators =>
        Record is { } record ? [.. Investigators.Where(i => record.Signatures.All(s => s.By != i))] : [];

    /// <summary>
    /// Files an objection within the period of the notice. Refusals: <c>objection.not-in-notice</c>,
    /// <c>objection.own-application</c> (withdraw it instead), at <c>text</c>: <c>aid.field-missing</c>,
    /// <c>aid.field-too-long</c>, <c>text.control-characters</c>.
    /// </summary>
    /// <param name="filedById">Null for an anonymous one; the caller keeps no other trace either.</param>
    /// <param name="notice">The notice that is up; null = none is.</param>
    public static Outcome<(Objection Objection, ObjectionFiled Event)> File(
        Guid id,
        Guid applicationId,
        Guid applicantId,
        PublicNotice? notice,
        Guid? filedById,
        ObjectionGround ground,
        string? text,
        DateTimeOffset now,
        DateOnly today
    )
    {
        if (notice is not { IsUp: true } || today < notice.From || today > notice.Through)
            return Refusal.Because("objection.not-in-notice");
        if (filedById == applicantId)
            return Refusal.Because("objection.own-application");
        var check = new FieldCheck(complete: true);
        check.Text("text", text, 2000);
        if (check.Refusal is { } wrong)
            return wrong;
        var objection = new Objection
        {
            Id = id,
            ApplicationId = applicationId,
            State = Filed,
            FiledById = filedById,
            FiledAt = now,
            NoticeRound = notice.Round,
            Ground = ground,
            Text = text!.Trim(),
        };
        return (objection, new ObjectionFiled(ground, objection.Text, filedById is null));
    }

    /// <summary>
    /// May he handle it? Not the applicant or who stands near him, not who surveyed or published, not who filed it.
    /// Refusals: <c>aid.recused</c> (403), <c>aid.transfer-consent-missing</c>.
    /// </summary>
    public Refusal? CheckHandler(AidApplication application, Actor actor)
    {
        if (application.CheckActor(actor, Duty.Handle) is { } refusal)
            return refusal;
        return IsTooNear(application, actor.Id) || (actor.ActingFor is { } other && IsTooNear(application, other))
            ? Refusal.Forbidden("aid.recused")
            : null;
    }

    /// <summary>
    /// Assigns investigators. Refusals: <c>objection.wrong-state</c>, those of <see cref="CheckHandler"/>, at
    /// <c>investigators</c>: <c>objection.investigators-missing</c> (two at least),
    /// <c>objection.investigator-surveyed</c>, <c>objection.investigator-recused</c>, each with the member's id. Who filed
    /// it is refused as recused, so that nothing is told.
    /// </summary>
    public Outcome<InvestigatorsAssigned> Assign(
        AidApplication application,
        Actor actor,
        IReadOnlyCollection<Guid> investigators
    )
    {
        if (Illegal(Investigating) is { } illegal)
            return illegal;
        if (CheckHandler(application, actor) is { } refusal)
            return refusal;
        ImmutableArray<Guid> distinct = [.. investigators.Distinct()];
        if (distinct.Length < SurveyRecord.SignaturesMin)
            return Refusal.At("investigators", "objection.investigators-missing", SurveyRecord.SignaturesMin);
        foreach (var member in distinct)
        {
            if (application.EverSurveyed.Contains(member))
                return Refusal.At("investigators", "objection.investigator-surveyed", member);
            if (
                application.RecusalOf(member, Duty.Survey, actor.Ties) is not null
                || member == FiledById
                || Released.Contains(member)
            )
                return Refusal.At("investigators", "objection.investigator-recused", member);
        }
        Investigators = distinct;
        State = Investigating;
        return new InvestigatorsAssigned(distinct);
    }

    /// <summary>
    /// An investigator stands aside or cannot go on: an unfinished record is sent back, and investigators are assigned anew.
    /// Refusals: <c>objection.wrong-state</c>, <c>objection.not-investigator</c> (403), <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<InvestigatorReleased> HandBack(Guid by, string? reason) =>
        Illegal(Filed) is { } illegal ? illegal
        : !Investigators.Contains(by) ? Refusal.Forbidden("objection.not-investigator")
        : string.IsNullOrWhiteSpace(reason) ? Refusal.At("reason", "form.reason-missing")
        : Release(by, by, reason.Trim());

    /// <summary>
    /// Who handles it takes an investigator off. Refusals: <c>objection.wrong-state</c>, those of
    /// <see cref="CheckHandler"/>, at <c>member</c>: <c>objection.not-investigator</c>; <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<InvestigatorReleased> Replace(AidApplication application, Actor actor, Guid member, string? reason)
    {
        if (Illegal(Filed) is { } illegal)
            return illegal;
        if (CheckHandler(application, actor) is { } refusal)
            return refusal;
        if (!Investigators.Contains(member))
            return Refusal.At("member", "objection.not-investigator");
        return string.IsNullOrWhiteSpace(reason)
            ? Refusal.At("reason", "form.reason-missing")
            : Release(member, actor.Id, reason.Trim());
    }

    /// <summary>
    /// Writes the record and signs it. Refusals: <c>objection.wrong-state</c>, <c>objection.not-investigator</c> (403),
    /// <c>objection.recorded-before</c> (409), at <c>visitedOn</c>: <c>objection.in-future</c>,
    /// <c>objection.before-filing</c>; <c>aid.field-missing</c>, <c>aid.field-too-long</c>.
    /// </summary>
    public Outcome<InvestigationRecorded> Investigate(
        Guid by,
        DateOnly visitedOn,
        string people,
        string finding,
        DateOnly filedOn,
        DateTimeOffset now,
        DateOnly today
    )
    {
        if (Illegal(Investigated) is { } illegal)
            return illegal;
        if (!Investigators.Contains(by))
            return Refusal.Forbidden("objection.not-investigator");
        if (Record is not null)
            return new Refusal("objection.recorded-before", RefusalKind.Conflict);
        var check = new FieldCheck(complete: true);
        if (visitedOn > today)
            check.Add(Refusal.At("visitedOn", "objection.in-future"));
        else if (visitedOn < filedOn)
            check.Add(Refusal.At("visitedOn", "objection.before-filing", filedOn));
        check.Text("people", people, 500);
        check.Text("finding", finding, 3000);
        if (check.Refusal is { } wrong)
            return wrong;
        var record = new Investigation(Records.Length + 1, visitedOn, people.Trim(), finding.Trim(), by, now)
        {
            Signatures = [new RecordSignature(by, now)],
        };
        Records = Records.Add(record);
        return new InvestigationRecorded(record);
    }

    /// <summary>
    /// Another investigator signs. Refusals: <c>objection.wrong-state</c>, <c>objection.not-investigator</c> (403),
    /// <c>objection.not-recorded</c>, <c>objection.signed-before</c> (409).
    /// </summary>
    public Outcome<InvestigationSigned> Sign(Guid by, DateTimeOffset now)
    {
        if (CheckSigning(by) is { } refusal)
            return refusal;
        var record = Record!;
        Records = Records.Replace(
            record,
            record with
            {
                Signatures = record.Signatures.Add(new RecordSignature(by, now)),
            }
        );
        var complete = Coinvestigators.IsEmpty;
        if (complete)
            State = Investigated;
        return new InvestigationSigned(record.Revision, complete);
    }

    /// <summary>Sends the record back to be written anew. Refusals as for <see cref="Sign"/>, <c>form.reason-missing</c>.</summary>
    public Outcome<InvestigationReturned> Return(Guid by, string? reason)
    {
        if (CheckSigning(by) is { } refusal)
            return refusal;
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        var record = Record!;
        Records = Records.Replace(record, record with { ReturnedBy = by, ReturnReason = reason.Trim() });
        return new InvestigationReturned(record.Revision, reason.Trim());
    }

    /// <summary>
    /// Decides. Adjusted takes a smaller amount or another category. Refusals:
    /// <c>objection.wrong-state</c>, those of <see cref="CheckHandler"/>, <c>aid.recused</c> (an investigator does not
    /// decide), <c>form.reason-missing</c>, at <c>amount</c>:
    /// <c>aid.amount-invalid</c>, <c>objection.amount-raised</c>, <c>objection.nothing-adjusted</c>.
    /// </summary>
    public Outcome<ObjectionSettled> Settle(
        AidApplication application,
        Actor actor,
        ObjectionOutcome outcome,
        Money? amount,
        AidCategory? category,
        string? reason,
        DateTimeOffset now
    )
    {
        if (Illegal(Settled) is { } illegal)
            return illegal;
        if (CheckHandler(application, actor) is { } refusal)
            return refusal;
        if (Investigators.Contains(actor.Id) || (actor.ActingFor is { } other && Investigators.Contains(other)))
            return Refusal.Forbidden("aid.recused");
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        if (outcome == ObjectionOutcome.Adjusted)
        {
            if (amount <= Money.Zero)
                return Refusal.At("amount", "aid.amount-invalid");
            // The committee alone gives more.
            if (amount > application.Amount)
                return Refusal.At("amount", "objection.amount-raised", application.Amount.Value);
            if (
                (amount ?? application.Amount) == application.Amount
                && (category ?? application.Category) == application.Category
            )
                return Refusal.At("amount", "objection.nothing-adjusted");
        }
        var adjusted = outcome == ObjectionOutcome.Adjusted;
        Settlement = new ObjectionSettled(
            Id,
            outcome,
            adjusted ? amount : null,
            adjusted ? category : null,
            reason.Trim(),
            Investigators
        );
        SettledBy = actor.Id;
        SettledAt = now;
        State = Settled;
        return Settlement;
    }

    private InvestigatorReleased Release(Guid member, Guid by, string reason)
    {
        Investigators = Investigators.Remove(member);
        Released = Released.Add(member);
        if (Record is { } record)
            Records = Records.Replace(record, record with { ReturnedBy = by, ReturnReason = reason });
        State = Filed;
        return new InvestigatorReleased(member, by, reason);
    }

    private bool IsTooNear(AidApplication application, Guid member) =>
        application.EverSurveyed.Contains(member) || application.PublisherId == member || FiledById == member;

    private Refusal? CheckSigning(Guid by) =>
        Illegal(Investigated) is { } illegal ? illegal
        : !Investigators.Contains(by) ? Refusal.Forbidden("objection.not-investigator")
        : Record is not { } record ? Refusal.Because("objection.not-recorded")
        : record.Signatures.Any(s => s.By == by) ? new Refusal("objection.signed-before", RefusalKind.Conflict)
        : null;

    private Refusal? Illegal(ObjectionState to) =>
        Moves.TryGetValue(State, out var next) && next.Contains(to) ? null : Refusal.Because("objection.wrong-state");
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.AidState;

namespace EduUnion.Domain.Aid;

// The home survey (入户调查) and who must stand aside (回避; domain §3.3 step 3, §3.8).
public sealed partial class AidApplication
{
    /// <summary>Two at least, each another person.</summary>
    [JsonInclude]
    public ImmutableArray<Guid> Surveyors { get; private set; } = [];

    /// <summary>All that were ever written, in order; the last is the one that counts.</summary>
    [JsonInclude]
    public ImmutableArray<SurveyRecord> Surveys { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<Recusal> Recusals { get; private set; } = [];

    /// <summary>Who investigated an objection to it.</summary>
    [JsonInclude]
    public ImmutableArray<Guid> Investigators { get; private set; } = [];

    /// <summary>The school could not find surveyors and asked the district, and why.</summary>
    [JsonInclude]
    public string? DistrictAskedFor { get; private set; }

    /// <summary>The record that is being signed or is signed; null = none, or the last was sent back.</summary>
    [JsonIgnore]
    public SurveyRecord? Survey => Surveys.LastOrDefault() is { IsReturned: false } last ? last : null;

    /// <summary>Surveyors who have not signed the present record yet.</summary>
    [JsonIgnore]
    public ImmutableArray<Guid> Cosurveyors =>
        Survey is { } survey ? [.. Surveyors.Where(s => survey.Signatures.All(g => g.By != s))] : [];

    /// <summary>Surveyors of whom the case cannot get rid: those appointed, and those who signed a record.</summary>
    [JsonIgnore]
    public ImmutableHashSet<Guid> EverSurveyed =>
        [.. Surveyors, .. Surveys.SelectMany(s => s.Signatures).Select(s => s.By)];

    /// <summary>Why this member may not do this; null = he may. What the office gives him does not matter here.</summary>
    public RecusalGround? RecusalOf(Guid member, Duty duty, Ties ties)
    {
        if (member == ApplicantId)
            return RecusalGround.Self;
        if (ties.Related.Contains(member))
            return RecusalGround.Relation;
        if (Content.Members.Any(m => m.MemberId == member))
            return RecusalGround.Household;
        if (Recusals.Any(r => r.MemberId == member))
            return RecusalGround.Declared;
        if (duty == Duty.Approve && EverSurveyed.Contains(member))
            return RecusalGround.Surveyed;
        if (duty == Duty.Approve && Investigators.Contains(member))
            return RecusalGround.Investigated;
        // An emergency is the chair's to release at once (domain §3.3); its review is after.
        if (duty == Duty.Approve && State != AidState.Urgent && (member == EnteredById || member == ReporterId))
            return RecusalGround.Entered;
        return null;
    }

    /// <summary>
    /// May he act, and whoever he acts for? Refusals: <c>aid.recused</c> (403), <c>aid.transfer-consent-missing</c>.
    /// </summary>
    public Refusal? CheckActor(Actor actor, Duty duty)
    {
        if (
            RecusalOf(actor.Id, duty, actor.Ties) is not null
            || (actor.ActingFor is { } principal && RecusalOf(principal, duty, actor.Ties) is not null)
        )
            return Refusal.Forbidden("aid.recused");
        return actor.AtDistrict && !Has(ConsentKind.Transfer) ? Refusal.Because("aid.transfer-consent-missing") : null;
    }

    /// <summary>
    /// Appoints surveyors. Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>, <c>aid.transfer-consent-missing</c>, at
    /// <c>surveyors</c>: <c>survey.surveyors-missing</c> (two at least), <c>survey.surveyor-recused</c> (with the member's
    /// id).
    /// </summary>
    public Outcome<SurveyorsAppointed> Appoint(Actor actor, IReadOnlyCollection<Guid> surveyors)
    {
        if (State != Accepted)
            return WrongState;
        if (CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        ImmutableArray<Guid> distinct = [.. surveyors.Distinct()];
        if (distinct.Length < SurveyRecord.SignaturesMin)
            return Refusal.At("surveyors", "survey.surveyors-missing", SurveyRecord.SignaturesMin);
        foreach (var surveyor in distinct)
            if (RecusalOf(surveyor, Duty.Survey, actor.Ties) is not null)
                return Refusal.At("surveyors", "survey.surveyor-recused", surveyor);
        Surveyors = distinct;
        State = Surveying;
        return new SurveyorsAppointed(distinct, actor.AtDistrict);
    }

    /// <summary>
    /// The school asks the district to appoint. Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>,
    /// <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<DistrictAsked> AskDistrict(Actor actor, string? reason)
    {
        if (State != Accepted)
            return WrongState;
        if (CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        if (CheckReason(reason) is { } missing)
            return missing;
        DistrictAskedFor = reason!.Trim();
        return new DistrictAsked(DistrictAskedFor);
    }

    /// <summary>
    /// The district sends the appointment back to the school. Refusals: <c>aid.wrong-state</c>, <c>aid.recused</c>,
    /// <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<AppointmentReturned> ReturnAppointment(Actor actor, string? reason)
    {
        if (State != Accepted || DistrictAskedFor is null)
            return WrongState;
        if (CheckActor(actor with { AtDistrict = false }, Duty.Handle) is { } recused)
            return recused;
        if (CheckReason(reason) is { } missing)
            return missing;
        DistrictAskedFor = null;
        return new AppointmentReturned(reason!.Trim());
    }

    /// <summary>
    /// A surveyor cannot go on (ill, away) and hands his task back: as with a recusal surveyors are appointed anew, but he may
    /// be appointed again. Refusals: <c>aid.wrong-state</c>, <c>survey.not-surveyor</c> (403), <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<SurveyorReleased> HandBack(Guid by, string? reason) =>
        State != Surveying ? WrongState
        : !Surveyors.Contains(by) ? Refusal.Forbidden("survey.not-surveyor")
        : CheckReason(reason) is { } missing ? missing
        : Release(by, by, reason!.Trim());

    /// <summary>
    /// Whoever appointed takes a surveyor off who cannot go on and does not say so himself. Refusals: <c>aid.wrong-state</c>,
    /// <c>aid.recused</c>, <c>aid.transfer-consent-missing</c>, at <c>member</c>: <c>survey.not-surveyor</c>;
    /// <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<SurveyorReleased> ReplaceSurveyor(Actor actor, Guid member, string? reason)
    {
        if (State != Surveying)
            return WrongState;
        if (CheckActor(actor, Duty.Handle) is { } recused)
            return recused;
        if (!Surveyors.Contains(member))
            return Refusal.At("member", "survey.not-surveyor");
        return CheckReason(reason) is { } missing ? missing : Release(member, actor.Id, reason!.Trim());
    }

    private SurveyorReleased Release(Guid member, Guid by, string reason)
    {
        Surveyors = Surveyors.Remove(member);
        if (Survey is { } survey)
            Surveys = Surveys.Replace(survey, survey with { ReturnedBy = by, ReturnReason = reason });
        State = Accepted;
        return new SurveyorReleased(member, by, reason);
    }

    /// <summary>
    /// A surveyor declares a relation: he is out, an unfinished record is sent back, and surveyors are appointed anew, for
    /// two must have seen the same household. Refusals: <c>aid.wrong-state</c>, <c>survey.not-surveyor</c> (403),
    /// <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<SomebodyRecused> Recuse(Guid by, Relation relation, string? reason, DateTimeOffset now)
    {
        if (State != Surveying)
            return WrongState;
        if (!Surveyors.Contains(by))
            return Refusal.Forbidden("survey.not-surveyor");
        if (CheckReason(reason) is { } missing)
            return missing;
        var recusal = new Recusal(by, relation, reason!.Trim(), now);
        Recusals = Recusals.Add(recusal);
        Surveyors = Surveyors.Remove(by);
        if (Survey is { } survey)
            Surveys = Surveys.Replace(survey, survey with { ReturnedBy = by, ReturnReason = recusal.Reason });
        State = Accepted;
        return new SomebodyRecused(recusal);
    }

    /// <summary>
    /// Writes the record and signs it. Refusals: <c>aid.wrong-state</c>, <c>survey.not-surveyor</c> (403),
    /// <c>survey.recorded-before</c> (the others are signing), <c>survey.in-future</c>, <c>survey.before-acceptance</c>,
    /// <c>survey.phone-reason-missing</c>, <c>aid.field-missing</c>, <c>aid.field-too-long</c>.
    /// </summary>
    /// <param name="acceptedOn">The legal date of the acceptance: nobody visits for an application that was not accepted.</param>
    public Outcome<SurveyRecorded> RecordSurvey(
        Guid by,
        SurveyForm form,
        DateOnly acceptedOn,
        DateTimeOffset now,
        DateOnly today
    )
    {
        if (State != Surveying)
            return WrongState;
        if (!Surveyors.Contains(by))
            return Refusal.Forbidden("survey.not-surveyor");
        if (Survey is not null)
            return new Refusal("survey.recorded-before", RefusalKind.Conflict);
        if (form.Check(acceptedOn, today) is { } wrong)
            return wrong;
        var record = new SurveyRecord(Surveys.Length + 1, form, by, now)
        {
            Signatures = [new RecordSignature(by, now)],
        };
        Surveys = Surveys.Add(record);
        return new SurveyRecorded(record.Revision, form);
    }

    /// <summary>
    /// Another surveyor signs; when all have, it may be assessed. Refusals: <c>aid.wrong-state</c>,
    /// <c>survey.not-surveyor</c> (403), <c>survey.not-recorded</c>, <c>survey.signed-before</c>.
    /// </summary>
    public Outcome<SurveySigned> SignSurvey(Guid by, DateTimeOffset now)
    {
        if (CheckSigning(by) is { } refusal)
            return refusal;
        var survey = Survey!;
        if (survey.Signatures.Any(s => s.By == by))
            return new Refusal("survey.signed-before", RefusalKind.Conflict);
        Surveys = Surveys.Replace(
            survey,
            survey with
            {
                Signatures = survey.Signatures.Add(new RecordSignature(by, now)),
            }
        );
        var complete = Cosurveyors.IsEmpty;
        if (complete)
            State = Surveyed;
        return new SurveySigned(survey.Revision, complete);
    }

    /// <summary>
    /// Another surveyor sends the record back to be written anew. Refusals: <c>aid.wrong-state</c>,
    /// <c>survey.not-surveyor</c> (403), <c>survey.not-recorded</c>, <c>survey.signed-before</c> (he stands by it),
    /// <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<SurveyReturned> ReturnSurvey(Guid by, string? reason)
    {
        if (CheckSigning(by) is { } refusal)
            return refusal;
        var survey = Survey!;
        if (survey.Signatures.Any(s => s.By == by))
            return new Refusal("survey.signed-before", RefusalKind.Conflict);
        if (CheckReason(reason) is { } missing)
            return missing;
        Surveys = Surveys.Replace(survey, survey with { ReturnedBy = by, ReturnReason = reason!.Trim() });
        return new SurveyReturned(survey.Revision, reason.Trim());
    }

    private Refusal? CheckSigning(Guid by) =>
        State != Surveying ? WrongState
        : !Surveyors.Contains(by) ? Refusal.Forbidden("survey.not-surveyor")
        : Survey is null ? Refusal.Because("survey.not-recorded")
        : null;
}

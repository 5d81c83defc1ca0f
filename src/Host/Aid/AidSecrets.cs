using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.Aid;

/// <summary>
/// What of an application is shown against a reason only: <c>identity</c>, <c>identity:N</c> of the Nth household member,
/// <c>account</c>, <c>correction</c> (an account that waits for its check), <c>diagnosis</c>.
/// </summary>
public sealed class AidSecrets(AidCases cases, AidDuty duty) : ISensitiveFields
{
    /// <summary>Steps and commands whose text tells only what was decided, not about whom or why.</summary>
    private static readonly string[] Plain =
    [
        "aid.formcheck",
        "aid.appoint",
        "aid.appoint.district",
        "aid.publish",
        "aid.receipt",
        "aid.give-consent",
        "aid.withdraw-consent",
        "aid.interrupt-notice",
        "aid.move-school",
    ];

    public string Kind => AidCase.KindName;

    public async Task<Refusal?> RefuseAsync(
        ICase @case,
        string field,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        if (@case is not AidCase { Application: var aid } || moment.ActorId is not { } actor)
            return Refusal.Missing("case.unknown");
        if (!IsKnown(aid, field))
            return Refusal.Missing("sensitive.unknown");
        if (actor == aid.ApplicantId)
            return null;
        var ties = await cases.TiesAsync(aid.ApplicantId, cancellation);
        if (aid.RecusalOf(actor, Duty.Handle, ties) is not null)
            return Refusal.Forbidden("aid.recused");
        if (aid.EnteredById == actor || aid.EverSurveyed.Contains(actor) || aid.Investigators.Contains(actor))
            return null;
        List<Office> offices = [Office.SchoolUnionChair, Office.Auditor];
        if (aid.Has(ConsentKind.Transfer))
            offices.AddRange([Office.DistrictOfficer, Office.DistrictChair, Office.DistrictViceChair]);
        if (field is "account" or "correction" && aid.ApprovedAt is not null)
            offices.Add(Office.Finance);
        return await duty.HoldsAsync(actor, aid.SchoolId, cancellation, [.. offices])
            ? null
            : Refusal.Forbidden("sensitive.not-yours");
    }

    public string? Read(ICase @case, string field)
    {
        var aid = ((AidCase)@case).Application;
        var value = field switch
        {
            "identity" => aid.Content.Person.IdentityNumber,
            "account" => aid.Content.Account.Number,
            "correction" => aid.OpenCorrection?.Account.Number,
            "diagnosis" => aid.Content.Diagnosis,
            _ => Member(aid, field)?.IdentityNumber,
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }

    public bool IsSensitive(string act) => !Plain.Contains(act);

    public IEnumerable<object> Purge(ICase @case, CaseMoment moment) => [((AidCase)@case).Application.Forget()];

    private static bool IsKnown(AidApplication aid, string field) =>
        field is "identity" or "account" or "diagnosis"
        || (field == "correction" && aid.OpenCorrection is not null)
        || Member(aid, field) is not null;

    private static HouseholdMember? Member(AidApplication aid, string field) =>
        field.Split(':') is ["identity", var row]
        && int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= aid.Content.Members.Length
            ? aid.Content.Members[number - 1]
            : null;
}

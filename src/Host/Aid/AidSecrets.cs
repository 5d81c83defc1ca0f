using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// What of an application is shown against a reason only: <c>identity</c>, <c>identity:N</c> of the Nth household member,
/// <c>account</c>, <c>correction</c> (an account that waits for its check), <c>diagnosis</c>, <c>file:ID</c> of a document.
/// </summary>
public sealed class AidSecrets(AidCases cases, AidDuty duty, Access viewers, AidAccess access) : ISensitiveFields
{
    /// <summary>
    /// Acts whose text tells only what was done, in the program's words. Whatever may hold a reason or a comment is not
    /// among them.
    /// </summary>
    private static readonly string[] Plain =
    [
        "aid.give-consent",
        "aid.withdraw-consent",
        "aid.move-school",
        "retention.erase",
    ];

    public string Kind => AidCase.KindName;

    public async Task<Refusal?> RefuseAsync(ICase @case, string field, Guid member, CancellationToken cancellation)
    {
        if (@case is not AidCase { Application: var aid })
            return Refusal.Missing("case.unknown");
        if (!await IsHisAsync(aid, field, member, cancellation))
            // Whoever does not see the case does not learn here that there is one.
            return await SeesAsync(aid.Id, member, cancellation)
                ? Refusal.Forbidden("sensitive.not-yours")
                : Refusal.Missing("case.unknown");
        if (!await IsKnownAsync(aid, field, cancellation))
            return Refusal.Missing("sensitive.unknown");
        var ties = await cases.TiesAsync(aid.ApplicantId, cancellation);
        return member != aid.ApplicantId && aid.RecusalOf(member, Duty.Handle, ties) is not null
            ? Refusal.Forbidden("aid.recused")
            : null;
    }

    private async Task<bool> IsHisAsync(AidApplication aid, string field, Guid member, CancellationToken cancellation)
    {
        if (
            aid.ApplicantId == member
            || aid.EnteredById == member
            || aid.EverSurveyed.Contains(member)
            || aid.Investigators.Contains(member)
        )
            return true;
        List<Office> offices = [Office.SchoolUnionChair, Office.Auditor];
        if (aid.Has(ConsentKind.Transfer))
            offices.AddRange([Office.DistrictOfficer, Office.DistrictChair, Office.DistrictViceChair]);
        if (field is "account" or "correction" && aid.ApprovedAt is not null)
            offices.Add(Office.Finance);
        return await duty.HoldsAsync(member, aid.SchoolId, cancellation, [.. offices]);
    }

    private async Task<bool> SeesAsync(Guid caseId, Guid member, CancellationToken cancellation) =>
        await access
            .Visible(await viewers.ViewerAsync(member, cancellation))
            .AnyAsync(c => c.Id == caseId, cancellation);

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

    public async Task<IReadOnlyList<object>> PurgeAsync(ICase @case, CaseMoment moment, CancellationToken cancellation)
    {
        var aid = ((AidCase)@case).Application;
        await cases.Traces.ForgetAsync(aid.Id, cancellation);
        await cases.Meetings.ForgetAsync(aid.Id, cancellation);
        await cases.Notices.ForgetAsync(aid.Id, cancellation);
        return [aid.Forget()];
    }

    private async Task<bool> IsKnownAsync(AidApplication aid, string field, CancellationToken cancellation) =>
        AttachmentLooks.FileIn(field) is { } file
            ? await cases
                .Db.Set<Attachment>()
                .AnyAsync(a => a.Id == file && a.CaseId == aid.Id && a.PurgedAt == null, cancellation)
            : field is "identity" or "account" or "diagnosis"
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

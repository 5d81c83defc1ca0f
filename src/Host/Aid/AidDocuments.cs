using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// Who reads the documents of an application, and who adds them: whoever sees the whole of it, and its author while he
/// writes. A proof is a <see cref="ProofKind"/>, or <see cref="Account"/> for the proof of a corrected account.
/// </summary>
public sealed class AidDocuments(Access access, AidAccess aid, AidCases cases, AidDuty duty) : IAttachmentAccess
{
    /// <summary>The proof of an account that is corrected after a transfer came back.</summary>
    public const string Account = "Account";

    public string Kind => AidCase.KindName;

    public async Task<Func<string, bool>?> ReadsAsync(Guid caseId, Guid memberId, CancellationToken cancellation) =>
        await SeesAsync(caseId, memberId, cancellation) ? _ => true : null;

    private async Task<bool> SeesAsync(Guid caseId, Guid memberId, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(memberId, cancellation);
        var row = await aid.Visible(viewer)
            .AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == caseId && c.Kind == AidCase.KindName, cancellation);
        if (row is null)
            return false;
        var application = cases.ApplicationOf(row);
        if (application.ApplicantId == memberId || application.EnteredById == memberId)
            return true;
        return application.EverSurveyed.Contains(memberId)
            || application.Investigators.Contains(memberId)
            || await duty.HoldsAsync(memberId, row.SchoolId, cancellation, Office.SchoolUnionChair, Office.Auditor)
            || (
                application.Has(ConsentKind.Transfer)
                && await duty.HoldsAsync(
                    memberId,
                    row.SchoolId,
                    cancellation,
                    Office.DistrictOfficer,
                    Office.DistrictChair,
                    Office.DistrictViceChair
                )
            );
    }

    public async Task<bool> MayOpenAsync(Guid caseId, Guid memberId, CancellationToken cancellation) =>
        await cases.FindAsync(caseId, cancellation) is { } application
        && (application.ApplicantId == memberId || application.EnteredById == memberId);

    public async Task<Refusal?> RefuseAsync(CaseRow row, string proof, Guid memberId, CancellationToken cancellation) =>
        Refuse(row, proof, memberId) is not { } refused ? null
        // Whoever does not see the case does not learn here that there is one.
        : refused.Kind == RefusalKind.Forbidden && !await SeesAsync(row.Id, memberId, cancellation)
            ? Refusal.Missing("case.unknown")
        : refused;

    private Refusal? Refuse(CaseRow row, string proof, Guid member)
    {
        var application = cases.ApplicationOf(row);
        if (application.ApplicantId != member && application.EnteredById != member)
            return Refusal.Forbidden("attachment.not-yours");
        if (proof == Account)
            return application.State == AidState.Bounced ? null : Refusal.Because("attachment.closed");
        if (!Enum.TryParse<ProofKind>(proof, out var kind) || !Enum.IsDefined(kind))
            return Refusal.At("proof", "attachment.proof-unknown");
        var papers = application is { Route: AidRoute.Emergency, State: AidState.Confirmed };
        return application.State is AidState.Draft or AidState.Supplement || papers
            ? null
            : Refusal.Because("attachment.closed");
    }
}

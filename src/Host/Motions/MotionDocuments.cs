using EduUnion.Domain;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Motions;

/// <summary>
/// The documents of a motion: what its proposer rests it on, and what those who work on it put to their step. They hold
/// nothing that is protected, so whoever reads them opens them.
/// </summary>
public sealed class MotionDocuments(Access access, MotionViews views) : IAttachmentAccess
{
    /// <summary>案由依据材料: by the lead proposer until the motion is filed; read by whoever sees the motion.</summary>
    public const string Grounds = "Grounds";

    /// <summary>
    /// 办理材料: by whoever has a task of the motion; read by the offices and by the departments that work on it, like the
    /// draft of an answer.
    /// </summary>
    public const string Handling = "Handling";

    public string Kind => MotionCase.KindName;

    public async Task<Func<string, bool>?> ReadsAsync(Guid caseId, Guid memberId, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(memberId, cancellation);
        var row = await access.Visible(viewer).AsNoTracking().FirstOrDefaultAsync(c => c.Id == caseId, cancellation);
        if (row is null)
            return null;
        var motion = MotionCases.MotionOf(row);
        var insight = Insight.Of(motion, viewer, await views.GivenAsync(motion, viewer, cancellation));
        var inside =
            insight.HoldsOffice
            || motion.Parts.Any(insight.ReadsOpinions)
            || await HasTaskAsync(caseId, viewer, cancellation);
        return proof => proof == Grounds || inside;
    }

    public async Task<bool> MayOpenAsync(Guid caseId, Guid memberId, CancellationToken cancellation) =>
        await ReadsAsync(caseId, memberId, cancellation) is not null;

    public async Task<Refusal?> RefuseAsync(CaseRow row, string proof, Guid memberId, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(memberId, cancellation);
        if (!await access.Visible(viewer).AnyAsync(c => c.Id == row.Id, cancellation))
            return Refusal.Missing("case.unknown");
        return proof switch
        {
            Grounds when row.StarterId != memberId => Refusal.Forbidden("attachment.not-yours"),
            Grounds when row.Number is not null || row.ClosedAt is not null => Refusal.Because("attachment.closed"),
            Grounds => null,
            Handling => await HasTaskAsync(row.Id, viewer, cancellation)
                ? null
                : Refusal.Forbidden("attachment.not-yours"),
            _ => Refusal.At("proof", "attachment.proof-unknown"),
        };
    }

    // Those who bring the motion forward do not handle it.
    private Task<bool> HasTaskAsync(Guid caseId, Viewer viewer, CancellationToken cancellation) =>
        access
            .Decidable(viewer)
            .AnyAsync(
                t =>
                    t.CaseId == caseId
                    && !t.Case.Parties.Any(p =>
                        p.PartyId == viewer.MemberId
                        && (p.Role == PartyRole.Proposer || p.Role == PartyRole.Invitee || p.Role == PartyRole.Cosigner)
                    ),
                cancellation
            );
}

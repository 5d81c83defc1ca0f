using EduUnion.Domain;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Api;

/// <summary>
/// A refused command on a case, as its caller may hear it: whoever may not see the case gets 404 whatever the reason was,
/// and whoever sees it is told that it is not his to change, not that it does not exist.
/// </summary>
public sealed class CaseRefusals(Access access, AidAccess aid, Texts texts)
{
    public async Task<ProblemHttpResult> OfAsync(
        Guid caseId,
        Guid memberId,
        Refusal refusal,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(memberId, cancellation);
        var seen = await access
            .Visible(viewer)
            .Concat(aid.Visible(viewer))
            .Where(c => c.Id == caseId)
            .Select(c => c.Kind)
            .FirstOrDefaultAsync(cancellation);
        return Problems.Of(
            texts,
            seen is null ? Refusal.Missing("case.unknown")
                : refusal.Code != "case.unknown" ? refusal
                : Refusal.Forbidden(seen == MotionCase.KindName ? "motion.not-yours" : "aid.not-yours")
        );
    }
}

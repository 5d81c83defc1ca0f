using EduUnion.Domain;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Api;

/// <summary>
/// A refused command on a case of aid, as its caller may hear it: whoever may not see the case gets 404 whatever the reason
/// was, and whoever sees it is told that it is not his to change.
/// </summary>
public sealed class AidRefusals(Access access, AidAccess aid, Texts texts)
{
    public async Task<ProblemHttpResult> OfAsync(
        Guid caseId,
        Guid memberId,
        Refusal refusal,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(memberId, cancellation);
        var sees = await aid.Visible(viewer).AnyAsync(c => c.Id == caseId, cancellation);
        return Problems.Of(
            texts,
            !sees ? Refusal.Missing("case.unknown")
                : refusal.Code == "case.unknown" ? Refusal.Forbidden("aid.not-yours")
                : refusal
        );
    }
}

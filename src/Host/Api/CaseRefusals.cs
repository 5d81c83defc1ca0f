using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Api;

/// <summary>
/// A refused command on a case, as its caller may hear it: whoever may not see the case gets 404 whatever the reason was,
/// and whoever sees it is not told that it does not exist.
/// </summary>
public sealed class CaseRefusals(Access access, Texts texts)
{
    public async Task<ProblemHttpResult> OfAsync(
        Guid caseId,
        Guid memberId,
        Refusal refusal,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(memberId, cancellation);
        var sees = await access.Visible(viewer).AnyAsync(c => c.Id == caseId, cancellation);
        var heard =
            !sees ? Refusal.Missing("case.unknown")
            : refusal.Code == "case.unknown" ? Refusal.Forbidden("motion.not-yours")
            : refusal;
        return Problems.Of(texts, heard);
    }
}

using EduUnion.Host.Cases;
using EduUnion.Host.Documents;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Documents;

/// <summary>The register (台账) of exactly the motions that the list shows with the same parameters.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class RegisterModel(Access access, MotionRegister register, MemberBook members) : PageModel
{
    public Paper Paper { get; private set; } = null!;

    /// <summary>With its question mark; empty when nothing is filtered.</summary>
    public string Query { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var filter = RegisterFilter.Of(Request.Query);
        Query = RegisterFilter.Query(filter);
        var by = (await members.FindAsync(viewer.MemberId, cancellation))!.Name;
        Paper = RegisterSheet.Of(await register.ListAsync(viewer, filter, cancellation), by, viewer.Today);
    }
}

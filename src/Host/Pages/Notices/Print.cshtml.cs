using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Documents;
using EduUnion.Host.Documents.Aid;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Notices;

/// <summary>The notice as the paper that is put on the board (公示); for whoever may read it, as long as it is up.</summary>
[AllowAnonymous]
public sealed class PrintModel(Access access, NoticeViews views, AidPapers papers, Texts texts)
    : PublicPage(access, texts)
{
    public ShownNotice Notice { get; private set; } = null!;

    public Paper Paper { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await views.FindAsync(id, await ViewerAsync(cancellation), cancellation) is not { } notice)
            return NotFound();
        (Notice, Paper) = (notice, papers.OfNotice(notice));
        return Page();
    }
}

using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin;

[Authorize(Policies.Administrator)]
public sealed class IncidentsModel(IncidentBook incidents, Texts texts) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<IncidentLine> Open { get; private set; } = [];

    [TempData]
    public bool Retried { get; set; }

    [TempData]
    public string? Refused { get; set; }

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Open = await incidents.OpenAsync(Most, cancellation);

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        var done = await incidents.RetryAsync(id, new Asker(User.MemberId()), cancellation);
        Retried = done.IsOk;
        Refused = done.IsOk ? null : texts.Of(done.Refusal);
        return RedirectToPage();
    }
}

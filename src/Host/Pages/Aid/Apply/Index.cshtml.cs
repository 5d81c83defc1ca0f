using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>All matters of an application and how far each is.</summary>
[Authorize(Policies.Member)]
public sealed class IndexModel(ApplyDesk desk, Texts texts) : ApplyPage(desk, texts)
{
    /// <summary>The first matter in which something is missing.</summary>
    public string GoOn => States.FirstOrDefault(s => s.Missing > 0)?.Section.Name ?? Section.Check;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await OpenAsync(cancellation) ?? Page();
}

using EduUnion.Domain.Parameters;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Retention;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin;

/// <summary>How much was erased at the end of its time, and how much still waits: counts, no case.</summary>
[Authorize(Policies.Retention)]
public sealed class RetentionModel(
    RetentionBook book,
    RuleBook rules,
    OrganisationBook organisations,
    TimeProvider time
) : PageModel
{
    public RetentionReport Report { get; private set; } = null!;

    public Rules Rules { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Report = await book.ReportAsync(cancellation);
        var district = organisations.All().FirstOrDefault()?.Id ?? Guid.Empty;
        Rules = await rules.ForAsync(district, time.GetUtcNow(), cancellation);
    }
}

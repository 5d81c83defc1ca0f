using EduUnion.Host.Documents;
using EduUnion.Host.Funds;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Documents;

/// <summary>发放清册 and 发放签收表 for paper.</summary>
[Authorize(Policies.Funds)]
public sealed class PaymentListModel(FundAccess access, PaymentBook payments, OrganisationBook organisations)
    : PageModel
{
    public Paper Paper { get; private set; } = null!;
    public string Number { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        var sight = await access.SightAsync(User.MemberId(), cancellation);
        if (await payments.FindAsync(sight, id, cancellation) is not { } view)
            return NotFound();
        Number = view.Batch.Number;
        Paper = PaymentSheets.Of(view, organisations.Find(view.Fund.OrganisationId)?.Name ?? "");
        return Page();
    }
}

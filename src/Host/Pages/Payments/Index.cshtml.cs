using EduUnion.Domain.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Pages.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Payments;

/// <summary>The payment lists, and the funds from which one can be made now.</summary>
[Authorize(Policies.Funds)]
public sealed class IndexModel(FundAccess access, FundBook book, PaymentBook payments, Texts texts)
    : FundPage(access, book, texts)
{
    private const int Length = 20;

    public IReadOnlyList<PayableFund> Payable { get; private set; } = [];
    public Slice<BatchItem> Batches { get; private set; } = new([], null);
    public Pager Pager { get; private set; } = new(null, null);

    public async Task<IActionResult> OnGetAsync(string? after, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        // Who neither pays nor audits sees no lists, but the amounts and how far they are.
        if (!Sight.ReadsLists)
            return Redirect("/payments/claims");
        Guid? last = Guid.TryParse(after, out var key) ? key : null;
        Payable = IsFinance ? await payments.PayableFundsAsync(Sight, cancellation) : [];
        Batches = await payments.BatchesAsync(Sight, last, Length, cancellation);
        Pager = Paging.Of(Request, [], Batches.Next);
        return Page();
    }
}

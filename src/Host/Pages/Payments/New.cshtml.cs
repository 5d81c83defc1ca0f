using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Pages.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Payments;

/// <summary>Makes a payment list: tick, look at the sum, confirm.</summary>
[Authorize(Policies.Funds)]
public sealed class NewModel(
    FundAccess access,
    FundBook book,
    PaymentBook payments,
    PaymentCommands commands,
    Texts texts
) : FundPage(access, book, texts)
{
    [BindProperty]
    public List<Guid> Claims { get; set; } = [];

    public IReadOnlyList<ClaimItem> Payable { get; private set; } = [];

    /// <summary>Ticked, looked at and not yet confirmed.</summary>
    public bool Looks { get; private set; }

    public IReadOnlyList<ClaimItem> Chosen => [.. Payable.Where(c => Claims.Contains(c.Claim.Id))];

    public Money Total => Chosen.Aggregate(Money.Zero, (sum, c) => sum + c.Claim.Amount);

    public async Task<IActionResult> OnGetAsync(Guid fund, CancellationToken cancellation)
    {
        if (!await LoadAsync(fund, cancellation))
            return NotFound();
        if (!IsFinance)
            return Forbid();
        // What would be refused is not ticked: his relatives', and what nobody may pay.
        var claims = Payable.Select(c => c.Claim).ToList();
        var not = await commands.UnpayableAsync(claims, Sight.MemberId, cancellation);
        Claims = [.. claims.Where(c => not.Check(Sight.MemberId, [c]) is null).Select(c => c.Id)];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] Guid fund, string? @do, CancellationToken cancellation)
    {
        if (!await LoadAsync(fund, cancellation))
            return NotFound();
        if (!IsFinance)
            return Forbid();
        if (@do == "again")
            return Page();
        if (@do != "make")
        {
            if (Chosen.Count == 0)
                return Again(Refusal.At("claims", "payment.none-chosen"));
            Looks = true;
            return Page();
        }
        var made = await commands.MakeAsync(fund, Claims, ByForm, cancellation);
        if (!made.IsOk)
            return Again(made.Refusal);
        TempData.Say(Words["payments.done.made", made.Value.Number], Words["payments.done.made.text"]);
        return Redirect($"/payments/{made.Value.BatchId}");
    }

    private async Task<bool> LoadAsync(Guid fund, CancellationToken cancellation)
    {
        if (!await FindAsync(fund, cancellation))
            return false;
        Payable = await payments.PayableAsync(fund, cancellation);
        return true;
    }
}

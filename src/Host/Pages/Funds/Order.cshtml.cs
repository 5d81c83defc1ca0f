using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Funds;

/// <summary>One proposal: the chair approves or refuses it, and sees before what it changes.</summary>
[Authorize(Policies.Funds)]
public sealed class OrderModel(FundAccess access, FundBook book, FundCommands commands, Texts texts)
    : FundPage(access, book, texts)
{
    [BindProperty]
    public string? Reason { get; set; }

    public OrderItem Item { get; private set; } = null!;

    public bool MayDecide => IsChair && Item.Order.State == OrderState.Proposed && !IsOwn;

    public bool IsOwn => Item.Order.ProposedById == Sight.MemberId;

    public bool MayCorrect =>
        Item.Order is { State: OrderState.Approved, Kind: not OrderKind.Correction } && (IsOfficer || IsFinance);

    /// <summary>What the fund will have when this is approved; a correction undoes what the corrected order did.</summary>
    public Money After =>
        Corrected is { } undone ? Fund.Balances.Available - Gain(undone) : Fund.Balances.Available + Gain(Item.Order);

    /// <summary>The order that this one takes back; null for any but a correction.</summary>
    private FundOrder? Corrected { get; set; }

    private Money Gain(FundOrder order) =>
        order.Kind switch
        {
            OrderKind.Opening or OrderKind.Income => order.Amount,
            OrderKind.Transfer => order.FundId == Fund.Id ? -order.Amount : order.Amount,
            _ => Money.Zero,
        };

    public Field ReasonField =>
        new("reason", Words["funds.refuse.reason"], FieldKind.LongText)
        {
            Value = Reason,
            Required = true,
            Error = ErrorAt("reason"),
        };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) =>
        await LoadAsync(id, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? @do, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        var approves = @do == "approve";
        var done = approves
            ? await commands.ApproveAsync(id, By, cancellation)
            : await commands.RefuseAsync(id, Reason, By, cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words[approves ? "funds.approved" : "funds.refused"]);
        return Redirect($"/funds/{Fund.Id}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (await Book.OrderAsync(Sight, id, cancellation) is not { } item)
            return false;
        Item = item;
        if (item.Order.CorrectsId is { } corrects)
            Corrected = (await Book.OrderAsync(Sight, corrects, cancellation))?.Order;
        return await FindAsync(item.Order.FundId, cancellation);
    }
}

using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Funds;

/// <summary>Proposes income, budget, a transfer or a correction.</summary>
[Authorize(Policies.Funds)]
public sealed class ProposeModel(FundAccess access, FundBook book, FundCommands commands, Texts texts)
    : FundPage(access, book, texts)
{
    private IReadOnlyList<FundItem> _targets = [];

    [BindProperty]
    public OrderKind? Kind { get; set; }

    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty]
    public Guid? ToFund { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The order to be taken back; null = a new one.</summary>
    [FromQuery]
    public Guid? Corrects { get; set; }

    public OrderItem? Corrected { get; private set; }

    public IEnumerable<Field> Fields =>
        Corrects is null
            ?
            [
                new("kind", Words["funds.order.what"], FieldKind.Choice)
                {
                    Value = Kind?.ToString(),
                    Required = true,
                    Options = [.. Kinds.Select(k => new Choice($"{k}", Words[$"funds.order.kind.{k}"]))],
                    Error = ErrorAt("kind"),
                },
                new("amount", Words["funds.amount.yuan"])
                {
                    Value = Amount,
                    Required = true,
                    Error = ErrorAt("amount"),
                },
                .. IsOfficer
                    ?
                    [
                        new Field("toFund", Words["funds.order.to"], FieldKind.Choice)
                        {
                            Value = ToFund?.ToString(),
                            Folded = true,
                            When = Words["funds.order.to.when"],
                            Options =
                            [
                                .. _targets.Select(f => new Choice(
                                    $"{f.Fund.Id}",
                                    $"{f.Fund.Name} {f.Fund.Code}{f.Fund.Year}"
                                )),
                            ],
                            Error = ErrorAt("toFund"),
                        },
                    ]
                    : Array.Empty<Field>(),
                About,
            ]
            : [About];

    private Field About =>
        new("text", Words["funds.order.text"], FieldKind.LongText)
        {
            Value = Text,
            Required = true,
            Hint = Words["funds.order.text.hint"],
            Error = ErrorAt("text"),
        };

    private IEnumerable<OrderKind> Kinds =>
        Enum.GetValues<OrderKind>()
            .Where(k => k != OrderKind.Correction)
            .Where(k => FundCommands.ProposersOf(k).Any(Sight.Holds));

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) =>
        !await LoadAsync(id, cancellation) ? NotFound()
        : Kinds.Any() ? Page()
        : Forbid();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        if (Corrects is null && Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Corrects is null && Kind is null)
            return Again(Refusal.At("kind", "form.required"));
        if (Corrects is null && Money.Parse(Amount) is null)
            return Again(Refusal.At("amount", "fund.amount-unreadable"));
        var proposal = Corrects is null
            ? new FundProposal(Kind!.Value, Money.Parse(Amount)!.Value, Text, ToFund)
            : new FundProposal(OrderKind.Correction, Money.Zero, Text, CorrectsId: Corrects);
        var done = await commands.ProposeAsync(id, proposal, ByForm, cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words["funds.proposed"], Words["funds.proposed.text"]);
        return Redirect($"/funds/orders/{done.Value.OrderId}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation))
            return false;
        _targets = [.. (await Book.ListAsync(Sight, Fund.Year, cancellation)).Where(f => f.Fund.Id != id)];
        if (Corrects is not { } corrects)
            return true;
        Corrected = await Book.OrderAsync(Sight, corrects, cancellation);
        return Corrected?.Order is { } order && (order.FundId == id || order.ToFundId == id);
    }
}

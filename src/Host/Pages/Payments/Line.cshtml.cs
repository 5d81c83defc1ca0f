using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.Pages.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Payments;

/// <summary>The bank's answer to one line, by hand.</summary>
[Authorize(Policies.Funds)]
public sealed class LineModel(FundAccess access, FundBook book, PaymentBook payments, BankResults results, Texts texts)
    : FundPage(access, book, texts)
{
    [BindProperty]
    public string? Result { get; set; }

    [BindProperty]
    public string? BankReference { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public BatchView View { get; private set; } = null!;
    public LineItem Item { get; private set; } = null!;

    public IEnumerable<Field> Fields =>
        [
            new("result", Words["payments.result"], FieldKind.Choice)
            {
                Value = Result,
                Required = true,
                Options =
                [
                    .. Item.Line.State == LineState.Paid
                        ? Array.Empty<Choice>()
                        : [new Choice("paid", Words["payments.result.paid"])],
                    new(
                        "bounced",
                        Words["payments.result.bounced"],
                        Words[Item.Line.State == LineState.Paid ? "payments.result.late" : "payments.result.stays"]
                    ),
                ],
                Error = ErrorAt("result"),
            },
            new("bankReference", Words["payments.bankReference"])
            {
                Value = BankReference,
                Required = true,
                Hint = Words["payments.bankReference.hint"],
                Error = ErrorAt("bankReference"),
            },
            new("reason", Words["payments.reason"])
            {
                Value = Reason,
                When = Words["payments.reason.when"],
                Error = ErrorAt("reason"),
            },
        ];

    public async Task<IActionResult> OnGetAsync(Guid id, Guid line, CancellationToken cancellation) =>
        await LoadAsync(id, line, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, Guid line, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, line, cancellation))
            return NotFound();
        var said = new BankResult(
            0,
            Item.Line.Reference,
            BankReference ?? "",
            ResultSheet.PaidOf(Result ?? ""),
            Reason ?? ""
        );
        var done = await results.TakeAsync(id, [said], true, By, cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        if (done.Value.Lines[0].Refusal is { } refused)
            return Again(refused);
        TempData.Say(Words["payments.done.result"]);
        return Redirect($"/payments/{id}");
    }

    private async Task<bool> LoadAsync(Guid id, Guid line, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (
            !IsFinance
            || await payments.FindAsync(Sight, id, cancellation) is not { } view
            || view.Lines.FirstOrDefault(l => l.Line.Id == line) is not { } item
        )
            return false;
        (View, Item) = (view, item);
        return true;
    }
}

using EduUnion.Domain;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Notices;

/// <summary>What became of an objection, for the holder of its receipt. Posted, so that it stands in no address and no log.</summary>
[AllowAnonymous]
public sealed class ReceiptModel(Access access, ObjectionReceipts receipts, Texts texts) : PublicPage(access, texts)
{
    [BindProperty]
    public string? Code { get; set; }

    public ReceiptState? Found { get; private set; }

    public Field Field =>
        new("code", Words["notices.receipt.code"])
        {
            Value = Code,
            Hint = Words["notices.receipt.hint"],
            Required = true,
            Autocomplete = "off",
            Error = ErrorAt("code"),
        };

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Found = await receipts.FindAsync(Code, cancellation);
        return Found is null ? Again(Refusal.At("code", "objection.receipt-unknown")) : Page();
    }
}

using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.Pages.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Payments;

/// <summary>One payment list: its lines, its release, the file for the bank.</summary>
[Authorize(Policies.Funds)]
public sealed class BatchModel(
    FundAccess access,
    FundBook book,
    PaymentBook payments,
    PaymentCommands commands,
    BankFiles files,
    Texts texts
) : FundPage(access, book, texts)
{
    public BatchView View { get; private set; } = null!;

    public bool IsMaker => View.Batch.MadeById == Sight.MemberId;
    public bool MayRelease => IsFinance && !IsMaker && View.Batch.State == BatchState.Made;
    public bool MayRemove => IsFinance && View.Batch.State == BatchState.Made;
    public bool MayReconcile => IsFinance && View.Batch.State == BatchState.Released;

    public int Count(LineState state) => View.Batch.Lines.Count(l => l.State == state);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) =>
        await LoadAsync(id, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? @do, Guid? line, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        if (@do is "csv" or "xlsx")
        {
            var file = await files.ExportAsync(id, @do == "xlsx", Sight.MemberId, cancellation);
            return file.IsOk ? File(file.Value.Content, file.Value.ContentType, file.Value.Name) : Again(file.Refusal);
        }
        if (@do != "release" && line is null)
            return BadRequest();
        var done = line is { } off
            ? await commands.RemoveLineAsync(id, off, By, cancellation)
            : await commands.ReleaseAsync(id, By, cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words[line is null ? "payments.done.released" : "payments.done.removed", done.Value.Number]);
        return Redirect($"/payments/{id}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (await payments.FindAsync(Sight, id, cancellation) is not { } view)
            return false;
        View = view;
        return true;
    }
}

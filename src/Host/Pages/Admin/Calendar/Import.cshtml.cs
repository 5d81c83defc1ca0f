using EduUnion.Domain;
using EduUnion.Host.Calendar;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Calendar;

/// <summary>Paste or upload, look at what would change, confirm.</summary>
[Authorize(Policies.Settings), RequestSizeLimit(1 << 20)]
public sealed class ImportModel(CalendarImport import, Texts texts) : PageModel
{
    private Refusal? _refusal;

    [BindProperty]
    public string? Json { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public ImportPreview? Preview { get; private set; }

    public ErrorSummary Errors => _refusal is null ? new([]) : ErrorSummary.Of(_refusal, texts);

    public string? ErrorAt(string field) => _refusal?.Field == field ? texts.Of(_refusal) : null;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(string? @do, int seen, CancellationToken cancellation)
    {
        if (Upload is not null)
        {
            using var reader = new StreamReader(Upload.OpenReadStream());
            Json = await reader.ReadToEndAsync(cancellation);
            ModelState.Clear();
        }
        if (@do == "apply")
        {
            var applied = await import.ApplyAsync(Json ?? "", seen, Note ?? "", User.MemberId(), cancellation);
            if (applied.IsOk)
            {
                TempData[nameof(IndexModel.Recorded)] = applied.Value;
                return RedirectToPage("Index");
            }
            _refusal = applied.Refusal;
        }
        var preview = await import.PreviewAsync(Json ?? "", cancellation);
        // What was refused before stays the message; the preview is then the present state again.
        if (preview.IsOk)
            Preview = preview.Value;
        else
            _refusal ??= preview.Refusal;
        return Page();
    }
}

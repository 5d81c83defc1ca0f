using EduUnion.Domain;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Account;

[Authorize(Policies.Member)]
public sealed class ChangePasswordModel(Accounts accounts, Texts texts) : PageModel
{
    private Refusal? _refusal;

    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? Chosen { get; set; }

    [BindProperty]
    public string? Again { get; set; }

    /// <summary>After the redirect: the password was changed.</summary>
    [TempData]
    public bool Changed { get; set; }

    public ErrorSummary Errors => _refusal is null ? new([]) : ErrorSummary.Of(_refusal, texts);

    public string? ErrorAt(string field) =>
        _refusal is null ? null
        : (_refusal.Fields.IsEmpty ? [_refusal] : _refusal.Fields).FirstOrDefault(r => r.Field == field) is { } at
            ? texts.Of(at)
        : null;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (Chosen != Again)
        {
            _refusal = Refusal.At("again", "auth.password-differs");
            return Page();
        }
        var changed = await accounts.ChangePasswordAsync(User.UserId(), Current ?? "", Chosen ?? "", cancellation);
        if (!changed.IsOk)
        {
            _refusal = changed.Refusal;
            return Page();
        }
        // The old session ended with the old password, here as everywhere else.
        await Sessions.SignInAsync(HttpContext, changed.Value);
        Changed = true;
        return RedirectToPage();
    }
}

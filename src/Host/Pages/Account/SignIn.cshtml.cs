using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Account;

[AllowAnonymous]
public sealed class SignInModel(Accounts accounts, Texts texts) : PageModel
{
    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Where to go on; only within this site.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public ErrorSummary Errors { get; private set; } = new([]);

    public bool LeadsOn => ReturnUrl is { Length: > 1 } && Url.IsLocalUrl(ReturnUrl);

    private IActionResult Onward => LocalRedirect(LeadsOn ? ReturnUrl! : "/");

    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? Onward : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var signedIn = await accounts.SignInAsync(UserName ?? "", Password ?? "", cancellation);
        if (!signedIn.IsOk)
        {
            Errors = ErrorSummary.Of(signedIn.Refusal, texts);
            return Page();
        }
        await Sessions.SignInAsync(HttpContext, signedIn.Value);
        return Onward;
    }
}

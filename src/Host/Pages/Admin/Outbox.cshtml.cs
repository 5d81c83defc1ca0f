using EduUnion.Host.Mail;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin;

[Authorize(Policies.Administrator)]
public sealed class OutboxModel(MailBook mails) : PageModel
{
    private const int PageLength = 50;

    public MailState State { get; private set; }

    /// <summary>The tab's name, in addresses and keys.</summary>
    public string Tab => State.ToString().ToLowerInvariant();

    public IReadOnlyList<MailLine> Mails { get; private set; } = [];

    /// <summary>Id of the last line shown, when there are more.</summary>
    public Guid? Next { get; private set; }

    /// <summary>After the redirect: the mail goes again, or was not given up any more.</summary>
    [TempData]
    public bool? Done { get; set; }

    public async Task OnGetAsync(string? state, Guid? after, CancellationToken cancellation)
    {
        State = state switch
        {
            "sent" => MailState.Sent,
            "dead" => MailState.Dead,
            _ => MailState.Waiting,
        };
        var page = await mails.ListAsync(State, after, PageLength + 1, cancellation);
        Mails = [.. page.Take(PageLength)];
        Next = page.Count > PageLength ? Mails[^1].Id : null;
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        Done = await mails.SendAgainAsync(id, cancellation);
        return RedirectToPage(new { state = "dead" });
    }
}

using EduUnion.Host.Mail;
using EduUnion.Host.People;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin;

[Authorize(Policies.Administrator)]
public sealed class OutboxModel(MailBook mails, OutboxHolds holds) : PageModel
{
    private const int PageLength = 50;

    public MailState State { get; private set; }

    /// <summary>The tab's name, in addresses and keys.</summary>
    public string Tab => State.ToString().ToLowerInvariant();

    public MailPage Mails { get; private set; } = new([], null, null);

    public Pager Pager =>
        new(
            Mails.Previous is { } first ? $"?state={Tab}&before={first}" : null,
            Mails.Next is { } last ? $"?state={Tab}&after={last}" : null
        );

    /// <summary>Since when nothing is sent, because this is a restored copy.</summary>
    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>After the redirect: the mail goes again, or was not given up any more.</summary>
    [TempData]
    public bool? Done { get; set; }

    public async Task OnGetAsync(string? state, Guid? after, Guid? before, CancellationToken cancellation)
    {
        State = state switch
        {
            "gathering" => MailState.Gathering,
            "sent" => MailState.Sent,
            "dead" => MailState.Dead,
            _ => MailState.Waiting,
        };
        HeldSince = await holds.SinceAsync(cancellation);
        Mails = await mails.PageAsync(State, after, before, PageLength, cancellation);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        Done = await mails.SendAgainAsync(id, cancellation);
        return RedirectToPage(new { state = "dead" });
    }

    public async Task<IActionResult> OnPostReleaseAsync(CancellationToken cancellation)
    {
        await holds.ReleaseAsync(User.MemberId(), cancellation);
        return RedirectToPage();
    }
}

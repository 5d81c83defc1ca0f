using EduUnion.Host.Mail;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin;

/// <summary>The mails; <c>?release=</c> asks whether what is held may leave.</summary>
[Authorize(Policies.Administrator)]
public sealed class OutboxModel(MailBook mails, OutboxHolds holds, Texts texts) : PageModel
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

    /// <summary>Since when nothing is sent: this is a restored copy, or somebody holds the mail.</summary>
    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>The question; null = nothing is asked.</summary>
    public Dialog? Asked { get; private set; }

    /// <summary>After the redirect: the mail goes again, or was not given up any more.</summary>
    [TempData]
    public bool? Done { get; set; }

    public async Task OnGetAsync(
        string? state,
        Guid? after,
        Guid? before,
        string? release,
        CancellationToken cancellation
    )
    {
        State = state switch
        {
            "gathering" => MailState.Gathering,
            "sent" => MailState.Sent,
            "dead" => MailState.Dead,
            _ => MailState.Waiting,
        };
        HeldSince = await holds.SinceAsync(cancellation);
        if (release is not null)
            Asked = new Dialog(
                "dlg-release",
                texts["outbox.release.title"],
                "/admin/outbox?handler=release",
                texts["outbox.release"]
            )
            {
                Text = texts["outbox.release.text"],
                Href = "/admin/outbox",
                Flat = true,
                Grave = true,
            };
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

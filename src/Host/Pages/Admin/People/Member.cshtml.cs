using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.People;

/// <summary>One member: record, account, offices.</summary>
[Authorize(Policies.Administrator)]
public sealed class MemberModel(
    MemberChanges changes,
    MemberList list,
    AccountAdministration accounts,
    OfficeChanges offices,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
) : MemberForm(organisations, texts)
{
    public MemberItem Member { get; private set; } = null!;
    public IReadOnlyList<HeldOffice> Held { get; private set; } = [];
    public DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public bool Accepted { get; set; }

    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>After the redirect: told once, kept nowhere.</summary>
    [TempData]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        // The page may hold a password.
        Response.Headers.CacheControl = "no-store";
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string? @do, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        var by = User.MemberId();
        switch (@do)
        {
            case "save":
                if (Unreadable() is { } unreadable)
                    return Again(unreadable);
                var saved = await changes.ChangeAsync(id, Typed(), Seen, Accepted, by, cancellation);
                return saved.IsOk ? Said("people.saved") : Again(saved.Refusal);
            case "account":
                return Told(await accounts.CreateAsync(id, UserName ?? "", by, cancellation));
            case "reset":
                return Told(await accounts.ResetAsync(id, by, cancellation));
            case "lock":
                return Done(await accounts.LockAsync(id, by, cancellation), "people.account.locked");
            case "unlock":
                return Done(await accounts.UnlockAsync(id, by, cancellation), "people.account.unlocked");
            default:
                return BadRequest();
        }
    }

    private RedirectResult Said(string key)
    {
        TempData.Say(Words[key]);
        return Redirect($"/admin/people/{Member.Id}");
    }

    private IActionResult Told(Outcome<string> password)
    {
        if (!password.IsOk)
            return OfAccount(password.Refusal);
        Password = password.Value;
        return Redirect($"/admin/people/{Member.Id}");
    }

    private IActionResult Done(Outcome<string> done, string key) => done.IsOk ? Said(key) : OfAccount(done.Refusal);

    // The other form of the page was not sent: it shows what is recorded.
    private IActionResult OfAccount(Refusal refusal)
    {
        Show();
        return Again(refusal);
    }

    private void Show()
    {
        Organisation = Member.OrganisationId;
        Name = Member.Name;
        Email = Member.Email;
        Phone = Member.Phone;
        Kind = Member.Kind;
        JoinedOn = Member.JoinedOn;
        LeftOn = Member.LeftOn;
        Seen = Member.Version;
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        if (await list.FindAsync(id, cancellation) is not { } member)
            return false;
        Member = member;
        Held = await offices.ListAsync([], id, cancellation);
        return true;
    }
}

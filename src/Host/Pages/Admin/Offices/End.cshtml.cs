using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.Offices;

/// <summary>Ends one holding; says before whether somebody is left to do its work.</summary>
[Authorize(Policies.Administrator)]
public sealed class EndModel(
    OfficeChanges offices,
    Vacancies vacancies,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
) : FormPage(texts)
{
    public HeldOffice Held { get; private set; } = null!;

    /// <summary>Open tasks that would have nobody if the office ended now.</summary>
    public int Vacant { get; private set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    [BindProperty]
    public bool Accepted { get; set; }

    public string Place => organisations.Find(Held.OrganisationId)?.Name ?? "";

    /// <summary>The unit in whose list it stands.</summary>
    public Guid Home => organisations.SchoolOf(Held.OrganisationId)?.Id ?? Held.OrganisationId;

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        Until = Held.Until ?? Today;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Until is not { } until)
            return Again(Refusal.At("until", "form.required"));
        var ended = await offices.EndAsync(id, until, Accepted, User.MemberId(), cancellation);
        if (!ended.IsOk)
            return Again(ended.Refusal);
        TempData.Say(Words["offices.ended"]);
        return Redirect($"/admin/offices?organisation={Home}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        if (await offices.FindAsync(id, cancellation) is not { } held)
            return false;
        Held = held;
        var holding = new OfficeHolding
        {
            Id = held.Id,
            MemberId = held.MemberId,
            Office = held.Office,
            OrganisationId = held.OrganisationId,
            From = held.From,
        };
        Vacant = (await vacancies.AfterAsync([holding], Today, cancellation)).Sum(v => v.Tasks);
        return true;
    }
}

using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

/// <summary>Moves one representative to another delegation, or ends the mandate on a day.</summary>
[Authorize(Policies.Congress)]
public sealed class RepresentativeModel(
    EduUnionDb db,
    CongressAccess access,
    RepresentativeChanges changes,
    Texts texts,
    TimeProvider time
) : CongressPage(db, access, texts)
{
    private readonly EduUnionDb _db = db;

    public Mandate Mandate { get; private set; } = null!;
    public IReadOnlyList<Choice> Delegations { get; private set; } = [];

    [BindProperty]
    public Guid? Delegation { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string? @do, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (@do == "end" && Until is null)
            return Again(Refusal.At("until", "form.required"));
        var by = User.MemberId();
        var done =
            @do == "end"
                ? await changes.EndAsync(id, Until!.Value, by, cancellation)
                : await changes.MoveAsync(id, Delegation, by, cancellation);
        if (!done.IsOk)
        {
            // The other form of the page was not sent: it shows what is recorded.
            if (@do == "end")
                Delegation = Mandate.DelegationId;
            else
                Until = Mandate.Until ?? Today;
            return Again(done.Refusal);
        }
        TempData.Say(Words["congress.rep.saved"]);
        return Redirect($"/congress/representatives/{Term.Id}");
    }

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    private void Show() => (Delegation, Until) = (Mandate.DelegationId, Mandate.Until ?? Today);

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var term = await _db.Set<Representative>()
            .Where(r => r.Id == id)
            .Select(r => (Guid?)r.TermId)
            .SingleOrDefaultAsync(cancellation);
        if (term is not { } of || !await FindTermAsync(of, cancellation))
            return false;
        Mandate = (await changes.ListAsync(of, cancellation)).Single(m => m.Id == id);
        Delegations =
        [
            .. (
                await _db.Set<Delegation>()
                    .AsNoTracking()
                    .Where(d => d.TermId == of)
                    .OrderBy(d => d.Name)
                    .ToListAsync(cancellation)
            ).Select(d => new Choice(d.Id.ToString(), d.Name)),
        ];
        return true;
    }
}

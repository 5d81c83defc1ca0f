using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

/// <summary>Adds, renames or removes a delegation, and appoints its head.</summary>
[Authorize(Policies.Congress)]
public sealed class DelegationModel(
    EduUnionDb db,
    CongressAccess access,
    CongressBook congresses,
    DelegationChanges changes,
    Texts texts,
    TimeProvider time
) : CongressPage(db, access, texts)
{
    private readonly EduUnionDb _db = db;

    /// <summary>Null: a new one.</summary>
    public Delegation? Known { get; private set; }
    public IReadOnlyList<RepresentativeName> Candidates { get; private set; } = [];

    /// <summary>Given with the form, so that a form sent twice adds one delegation.</summary>
    [BindProperty]
    public Guid NewId { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public Guid? Head { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid? id, Guid? term, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, term, cancellation))
            return NotFound();
        NewId = Guid.CreateVersion7(time.GetUtcNow());
        (Name, Head) = (Known?.Name, Known?.HeadId);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        Guid? id,
        [FromQuery] Guid? term,
        string? @do,
        CancellationToken cancellation
    )
    {
        if (!await LoadAsync(id, term, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        var by = User.MemberId();
        var removing = Known is not null && @do == "remove";
        var done =
            Known is null ? await changes.AddAsync(NewId, Term.Id, Name ?? "", Head, by, cancellation)
            : removing ? await changes.RemoveAsync(Known.Id, by, cancellation)
            : await changes.ChangeAsync(Known.Id, Name ?? "", Head, by, cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words[removing ? "congress.delegation.removed" : "congress.delegation.saved"]);
        return Redirect($"/congress/delegations/{Term.Id}");
    }

    private async Task<bool> LoadAsync(Guid? id, Guid? term, CancellationToken cancellation)
    {
        if (id is not null)
        {
            Known = await _db.Set<Delegation>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellation);
            term = Known?.TermId;
        }
        if (term is not { } of || !await FindTermAsync(of, cancellation))
            return false;
        var all = await congresses.RepresentativesAsync(of, ChinaTime.DateOf(time.GetUtcNow()), cancellation);
        // Its own members lead it; a new one has none yet.
        Candidates = Known is null
            ? all
            : [.. all.Where(r => r.DelegationId == Known.Id || r.MemberId == Known.HeadId)];
        return true;
    }
}

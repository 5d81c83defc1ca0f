using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

/// <summary>Plans a session with its collection window, or plans one anew.</summary>
[Authorize(Policies.Congress)]
public sealed class SessionModel(
    EduUnionDb db,
    CongressAccess access,
    CongressBook congresses,
    SessionChanges changes,
    CollectionMoves moves,
    RuleBook rules,
    Texts texts,
    TimeProvider time
) : CongressPage(db, access, texts)
{
    private readonly EduUnionDb _db = db;

    /// <summary>Null: a new one.</summary>
    public CongressSession? Known { get; private set; }
    public int OpenBefore { get; private set; }
    public int CloseBefore { get; private set; }

    /// <summary>Given with the form, so that a form sent twice adds one session.</summary>
    [BindProperty]
    public Guid NewId { get; set; }

    [BindProperty]
    public int? Number { get; set; }

    [BindProperty]
    public DateOnly? OpensOn { get; set; }

    [BindProperty]
    public DateOnly? ClosesOn { get; set; }

    [BindProperty]
    public DateOnly? CollectionOpensOn { get; set; }

    [BindProperty]
    public DateOnly? CollectionClosesOn { get; set; }

    public bool IsClosed => Known?.CollectionClosesAt <= time.GetUtcNow();

    public bool IsRunning => Known?.IsCollecting(time.GetUtcNow()) == true;

    public async Task<IActionResult> OnGetAsync(Guid? id, Guid? term, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, term, cancellation))
            return NotFound();
        NewId = Guid.CreateVersion7(time.GetUtcNow());
        if (Known is { } known)
        {
            (OpensOn, ClosesOn) = (known.OpensOn, known.ClosesOn);
            CollectionOpensOn = ChinaTime.DateOf(known.CollectionOpensAt);
            CollectionClosesOn = ChinaTime.DateOf(known.CollectionClosesAt);
        }
        else
            Number =
                await _db.Set<CongressSession>()
                    .Where(s => s.TermId == Term.Id)
                    .MaxAsync(s => (int?)s.Number, cancellation) + 1
                ?? 1;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, [FromQuery] Guid? term, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, term, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (OpensOn is not { } opens)
            return Again(Refusal.At("opensOn", "form.required"));
        if (Known is null && Number is null)
            return Again(Refusal.At("number", "form.required"));
        var days = new SessionDays(opens, ClosesOn, CollectionOpensOn, CollectionClosesOn);
        var by = User.MemberId();
        var saved = Known is null
            ? await changes.AddAsync(NewId, Term.Id, Number!.Value, days, by, cancellation)
            : await changes.ChangeAsync(Known.Id, days, by, cancellation);
        if (!saved.IsOk)
            return Again(saved.Refusal);
        // At once, so that whoever looks sees the new dates; the job does it again for what this request may lose.
        var moved = Known is null ? 0 : await moves.RunAsync(cancellation);
        TempData.Say(Words["congress.session.saved"], moved > 0 ? Words["congress.session.moved", moved] : null);
        return Redirect(Home);
    }

    private async Task<bool> LoadAsync(Guid? id, Guid? term, CancellationToken cancellation)
    {
        if (id is { } known)
        {
            Known = await congresses.FindSessionAsync(known, cancellation);
            term = Known?.TermId;
        }
        if (term is not { } of || !await FindTermAsync(of, cancellation))
            return false;
        var ruled = await rules.ForAsync(Term.SchoolId, time.GetUtcNow(), cancellation);
        (OpenBefore, CloseBefore) = (ruled.Number("motion.open_before_days"), ruled.Number("motion.close_before_days"));
        return true;
    }
}

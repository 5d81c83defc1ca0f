using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

/// <summary>Records a term, or moves the end of one.</summary>
[Authorize(Policies.Congress)]
public sealed class TermModel(
    EduUnionDb db,
    CongressAccess access,
    TermChanges changes,
    OrganisationBook organisations,
    RuleBook rules,
    Texts texts,
    TimeProvider time
) : FormPage(texts)
{
    public Organisation School { get; private set; } = null!;

    /// <summary>Null: a new one.</summary>
    public CongressTerm? Known { get; private set; }

    /// <summary>Given with the form, so that a form sent twice adds one term.</summary>
    [BindProperty]
    public Guid NewId { get; set; }

    [BindProperty]
    public int? Number { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid? id, Guid? school, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, school, cancellation))
            return NotFound();
        NewId = Guid.CreateVersion7(time.GetUtcNow());
        if (Known is not null)
            Until = Known.Until;
        else
            await ProposeAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, [FromQuery] Guid? school, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, school, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Missing() is { } missing)
            return Again(missing);
        var by = User.MemberId();
        var saved = Known is null
            ? await changes.AddAsync(NewId, School.Id, Number!.Value, From!.Value, Until!.Value, by, cancellation)
            : await changes.EndAsync(Known.Id, Until!.Value, by, cancellation);
        if (!saved.IsOk)
            return Again(saved.Refusal);
        TempData.Say(Words["congress.term.saved"]);
        return Redirect($"/congress?school={School.Id}");
    }

    /// <summary>The next term follows the last one and lasts as long as the parameter says.</summary>
    private async Task ProposeAsync(CancellationToken cancellation)
    {
        var last = await db.Set<CongressTerm>()
            .Where(t => t.SchoolId == School.Id)
            .OrderByDescending(t => t.Number)
            .Select(t => new { t.Number, t.Until })
            .FirstOrDefaultAsync(cancellation);
        var now = time.GetUtcNow();
        var years = (await rules.ForAsync(School.Id, now, cancellation)).Number("congress.term_years");
        Number = (last?.Number ?? 0) + 1;
        From = last?.Until.AddDays(1) ?? ChinaTime.DateOf(now);
        Until = From.Value.AddYears(years).AddDays(-1);
    }

    private Refusal? Missing() =>
        Refusal.Of([
            .. Known is null && Number is null ? [Refusal.At("number", "form.required")] : Array.Empty<Refusal>(),
            .. Known is null && From is null ? [Refusal.At("from", "form.required")] : Array.Empty<Refusal>(),
            .. Until is null ? [Refusal.At("until", "form.required")] : Array.Empty<Refusal>(),
        ]);

    private async Task<bool> LoadAsync(Guid? id, Guid? school, CancellationToken cancellation)
    {
        if (id is not null)
        {
            Known = await db.Set<CongressTerm>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellation);
            school = Known?.SchoolId;
        }
        if (school is not { } place || !await access.KeepsAsync(User.MemberId(), place, cancellation))
            return false;
        School = organisations.Find(place)!;
        return true;
    }
}

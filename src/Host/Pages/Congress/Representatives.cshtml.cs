using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Congresses;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

/// <summary>The representatives of a term; records an election.</summary>
[Authorize(Policies.Congress)]
public sealed class RepresentativesModel(
    EduUnionDb db,
    CongressAccess access,
    RepresentativeChanges changes,
    Texts texts,
    TimeProvider time
) : CongressPage(db, access, texts)
{
    private readonly EduUnionDb _db = db;

    public IReadOnlyList<Mandate> Now { get; private set; } = [];
    public IReadOnlyList<Mandate> Past { get; private set; } = [];
    public IReadOnlyList<Choice> Candidates { get; private set; } = [];
    private IReadOnlyList<Choice> Delegations { get; set; } = [];

    /// <summary>Given with the form, so that a form sent twice adds one representative.</summary>
    [BindProperty]
    public Guid NewId { get; set; }

    [BindProperty]
    public Guid? Member { get; set; }

    [BindProperty]
    public Guid? Delegation { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    public IEnumerable<Field> Fields =>
        [
            new("member", Words["congress.rep.member"], FieldKind.Choice)
            {
                Value = Member?.ToString(),
                Required = true,
                Folded = true,
                Options = Candidates,
                Error = ErrorAt("member"),
            },
            new("delegation", Words["congress.rep.delegation"], FieldKind.Choice)
            {
                Value = Delegation?.ToString(),
                Folded = true,
                Options = Delegations,
                Error = ErrorAt("delegation"),
            },
            new("from", Words["congress.rep.from"], FieldKind.Date)
            {
                Value = From is { } from ? Dates.Machine(from) : null,
                Required = true,
                Error = ErrorAt("from"),
            },
        ];

    public async Task<IActionResult> OnGetAsync(Guid term, CancellationToken cancellation)
    {
        if (!await LoadAsync(term, cancellation))
            return NotFound();
        NewId = Guid.CreateVersion7(time.GetUtcNow());
        var today = ChinaTime.DateOf(time.GetUtcNow());
        From = today < Term.From ? Term.From : today;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid term, CancellationToken cancellation)
    {
        if (!await LoadAsync(term, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Member is not { } member)
            return Again(Refusal.At("member", "form.required"));
        if (From is not { } from)
            return Again(Refusal.At("from", "form.required"));
        var added = await changes.AddAsync(NewId, term, member, Delegation, from, User.MemberId(), cancellation);
        if (!added.IsOk)
            return Again(added.Refusal);
        TempData.Say(Words["congress.rep.saved"]);
        return Redirect($"/congress/representatives/{term}");
    }

    private async Task<bool> LoadAsync(Guid term, CancellationToken cancellation)
    {
        if (!await FindTermAsync(term, cancellation))
            return false;
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var all = await changes.ListAsync(term, cancellation);
        Past = [.. all.Where(m => m.Until < today || m.LeftOn <= today)];
        Now = [.. all.Except(Past)];
        var standing = Now.Select(m => m.MemberId).ToHashSet();
        Candidates =
        [
            .. (
                await _db.Set<Member>()
                    .AsNoTracking()
                    .ActiveOn(today)
                    .Where(m => m.OrganisationId == Term.SchoolId && m.Kind != MemberKind.Bereaved)
                    .OrderBy(m => m.Name)
                    .Select(m => new { m.Id, m.Name })
                    .ToListAsync(cancellation)
            )
                .Where(m => !standing.Contains(m.Id))
                .Select(m => new Choice(m.Id.ToString(), m.Name)),
        ];
        Delegations =
        [
            .. (
                await _db.Set<Delegation>()
                    .AsNoTracking()
                    .Where(d => d.TermId == term)
                    .OrderBy(d => d.Name)
                    .ToListAsync(cancellation)
            ).Select(d => new Choice(d.Id.ToString(), d.Name)),
        ];
        return true;
    }
}

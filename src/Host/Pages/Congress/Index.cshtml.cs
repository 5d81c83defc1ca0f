using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Congresses;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

public sealed record TermLine(
    CongressTerm Term,
    int Representatives,
    int Delegations,
    IReadOnlyList<CongressSession> Sessions
);

/// <summary>The terms and sessions of one school.</summary>
[Authorize(Policies.Congress)]
public sealed class IndexModel(
    EduUnionDb db,
    CongressAccess access,
    CongressBook congresses,
    ReportBook reports,
    IAuthorizationService authorization,
    Texts texts,
    TimeProvider time
) : PageModel
{
    private Dictionary<(Guid, ReportKind), ReportStanding> _reports = [];

    public Organisation School { get; private set; } = null!;
    public IReadOnlyList<Organisation> Schools { get; private set; } = [];
    public Facets Facets { get; private set; } = new("f", []);
    public IReadOnlyList<TermLine> Terms { get; private set; } = [];
    public bool FromAdmin { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid? school, CancellationToken cancellation)
    {
        Schools = await access.SchoolsAsync(User.MemberId(), cancellation);
        if ((school is null ? Schools.FirstOrDefault() : Schools.FirstOrDefault(s => s.Id == school)) is not { } shown)
            return NotFound();
        School = shown;
        FromAdmin = (await authorization.AuthorizeAsync(User, Policies.Administrator)).Succeeded;
        Facets = new(
            "f",
            [
                new Facet(
                    "school",
                    texts["congress.school"],
                    Schools[0].Name,
                    [.. Schools.Skip(1).Select(s => new Choice(s.Id.ToString(), s.Name))],
                    school?.ToString()
                ),
            ]
        );
        await LoadAsync(cancellation);
        return Page();
    }

    public Tag StateOf(CongressSession session) =>
        session.IsCollecting(time.GetUtcNow()) ? new(texts["congress.session.running"], Status.Mine)
        : session.CollectionOpensAt > time.GetUtcNow() ? new(texts["congress.session.before"], Status.Wait)
        : new(texts["congress.session.closed"], Status.Done);

    public Tag ReportOf(CongressSession session, ReportKind kind) =>
        ReportWords.Standing(texts, _reports.GetValueOrDefault((session.Id, kind)));

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var terms = await db.Set<CongressTerm>()
            .AsNoTracking()
            .Where(t => t.SchoolId == School.Id)
            .OrderByDescending(t => t.Number)
            .Select(t => new
            {
                Term = t,
                Representatives = db.Set<Representative>()
                    .Count(r => r.TermId == t.Id && (r.Until == null || r.Until >= today)),
                Delegations = db.Set<Delegation>().Count(d => d.TermId == t.Id),
            })
            .ToListAsync(cancellation);
        var sessions = (await congresses.SessionsAsync([School.Id], cancellation)).ToLookup(s => s.TermId);
        Terms =
        [
            .. terms.Select(t => new TermLine(t.Term, t.Representatives, t.Delegations, [.. sessions[t.Term.Id]])),
        ];
        _reports = (await reports.ListAsync([School.Id], DateOnly.MinValue, cancellation)).ToDictionary(
            r => (r.Session.Id, r.Kind),
            r => r.Standing
        );
    }
}

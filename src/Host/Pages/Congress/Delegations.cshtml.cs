using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Congresses;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

public sealed record DelegationLine(Guid Id, string Name, string? Head, int Members);

/// <summary>The delegations of a term with their heads.</summary>
[Authorize(Policies.Congress)]
public sealed class DelegationsModel(EduUnionDb db, CongressAccess access, Texts texts, TimeProvider time)
    : CongressPage(db, access, texts)
{
    private readonly EduUnionDb _db = db;

    public IReadOnlyList<DelegationLine> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid term, CancellationToken cancellation)
    {
        if (!await FindTermAsync(term, cancellation))
            return NotFound();
        var today = ChinaTime.DateOf(time.GetUtcNow());
        Lines = await (
            from delegation in _db.Set<Delegation>().AsNoTracking()
            where delegation.TermId == term
            orderby delegation.Name
            select new DelegationLine(
                delegation.Id,
                delegation.Name,
                _db.Set<Member>().Where(m => m.Id == delegation.HeadId).Select(m => m.Name).FirstOrDefault(),
                _db.Set<Representative>()
                    .Count(r => r.DelegationId == delegation.Id && (r.Until == null || r.Until >= today))
            )
        ).ToListAsync(cancellation);
        return Page();
    }
}

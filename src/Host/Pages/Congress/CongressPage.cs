using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.Motions;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

/// <summary>A page about one term; of a school that the member does not look after there is none.</summary>
public abstract class CongressPage(EduUnionDb db, CongressAccess access, Texts texts) : FormPage(texts)
{
    public CongressTerm Term { get; private set; } = null!;

    public string Home => $"/congress?school={Term.SchoolId}";

    public string TermName => Words["congress.term", Numerals.Here(Term.Number)];

    protected async Task<bool> FindTermAsync(Guid id, CancellationToken cancellation)
    {
        var term = await db.Set<CongressTerm>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellation);
        if (term is null || !await access.KeepsAsync(User.MemberId(), term.SchoolId, cancellation))
            return false;
        Term = term;
        return true;
    }
}

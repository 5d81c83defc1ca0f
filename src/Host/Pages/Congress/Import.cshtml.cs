using EduUnion.Domain;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Sheets;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Congress;

[Authorize(Policies.Congress)]
public sealed class ImportModel(EduUnionDb db, CongressAccess access, RepresentativeImport import, Texts texts)
    : ImportPage(texts)
{
    [FromRoute]
    public Guid Term { get; init; }

    public override string Area => "import.representatives";

    public override string Back => $"/congress/representatives/{Term}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await KeepsAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string? @do, CancellationToken cancellation) =>
        await KeepsAsync(cancellation) ? await ImportAsync(@do, cancellation) : NotFound();

    protected override Task<Outcome<ImportResult>> RunAsync(string csv, bool apply, CancellationToken cancellation) =>
        import.RunAsync(Term, csv, apply, User.MemberId(), cancellation);

    private async Task<bool> KeepsAsync(CancellationToken cancellation)
    {
        var school = await db.Set<CongressTerm>()
            .Where(t => t.Id == Term)
            .Select(t => (Guid?)t.SchoolId)
            .SingleOrDefaultAsync(cancellation);
        return school is { } place && await access.KeepsAsync(User.MemberId(), place, cancellation);
    }
}

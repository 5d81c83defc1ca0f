using EduUnion.Domain;
using EduUnion.Host.People;
using EduUnion.Host.Sheets;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.People;

[Authorize(Policies.Administrator)]
public sealed class ImportModel(MemberImport import, Texts texts) : ImportPage(texts)
{
    public override string Area => "import.people";

    public override string Back => "/admin/people";

    public void OnGet() { }

    public Task<IActionResult> OnPostAsync(string? @do, CancellationToken cancellation) =>
        ImportAsync(@do, cancellation);

    protected override Task<Outcome<ImportResult>> RunAsync(string csv, bool apply, CancellationToken cancellation) =>
        import.RunAsync(csv, apply, User.MemberId(), cancellation);
}

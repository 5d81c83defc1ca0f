using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Department.Templates;

/// <summary>The answer templates of one's departments and of the school.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class IndexModel(Access access, AnswerTemplates templates, OrganisationBook organisations, Texts texts)
    : PageModel
{
    public IReadOnlyList<AnswerTemplate> Items { get; private set; } = [];

    public IReadOnlyList<Guid> Kept { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        Kept = AnswerTemplates.KeptBy(viewer);
        if (Kept.Count == 0 && Access.Departments(viewer).Count == 0)
            return StatusCode(StatusCodes.Status403Forbidden);
        Items = await templates.SeenByAsync(viewer, cancellation);
        return Page();
    }

    public bool IsKept(AnswerTemplate template) => Kept.Contains(template.DepartmentId ?? template.SchoolId);

    public string For(AnswerTemplate template) =>
        template.DepartmentId is { } department
            ? organisations.Find(department)?.Name ?? ""
            : texts["templates.school"];
}

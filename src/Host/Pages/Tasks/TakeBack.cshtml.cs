using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>拿回 by whoever decided, while it is his still and nobody after him has acted. For everybody else it is not found.</summary>
[Authorize(Policies.Member)]
public sealed class TakeBackModel(EduUnionDb db, Access access, OfficeCommands office, StepWords words, Texts texts)
    : PageModel
{
    [FromRoute]
    public Guid Id { get; init; }

    public Typed Typed { get; private set; } = Typed.Nothing;
    public ErrorSummary Errors { get; private set; } = new([]);
    public string StepName => words.Step(Task.Name);
    public string Number => Task.Case.Number ?? Task.Case.Receipt ?? texts["desk.noNumber"];

    private TaskRow Task { get; set; } = null!;

    public Dialog Form =>
        new("take-back", texts["return.take.from", StepName], $"/tasks/{Id}/take-back", texts["return.take"])
        {
            Flat = true,
            Href = $"/tasks/{Id}",
            Text = texts["return.take.text"],
            Hidden = new Dictionary<string, string> { ["key"] = Typed.One("key") ?? Guid.NewGuid().ToString() },
        };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Typed = Typed.Of(Request.Form);
        if (!await LoadAsync(cancellation))
            return NotFound();
        var done = await office.TakeBackAsync(Id, HttpContext.Asker(Typed), cancellation);
        if (done.IsOk)
        {
            TempData.Say(texts["return.taken", StepName], texts["return.taken.text"]);
            return LocalRedirect("/");
        }
        if (done.Refusal.Kind is RefusalKind.Missing or RefusalKind.Forbidden)
            return StatusCode(FormErrors.Status(done.Refusal));
        Errors = ErrorSummary.Of(done.Refusal, texts);
        Response.StatusCode = FormErrors.Status(done.Refusal);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var task = await db.Set<TaskRow>()
            .AsNoTracking()
            .Include(t => t.Case)
            .FirstOrDefaultAsync(t => t.Id == Id && t.DecidedBy == viewer.MemberId, cancellation);
        Task = task!;
        return task is not null && Access.IsStillHis(task, viewer);
    }
}

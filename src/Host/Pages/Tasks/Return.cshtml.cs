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

/// <summary>退回: to which earlier step, why, and whether it comes straight back. What is not offered is not found.</summary>
[Authorize(Policies.Member)]
public sealed class ReturnModel(
    EduUnionDb db,
    Access access,
    ReturnOffers offers,
    CaseSteps steps,
    StepWords words,
    Texts texts
) : PageModel
{
    [FromRoute]
    public Guid Id { get; init; }

    public Typed Typed { get; private set; } = Typed.Nothing;
    public ErrorSummary Errors { get; private set; } = new([]);
    public string StepName => words.Step(Task.Name);
    public string Number => Task.Case.Number ?? Task.Case.Receipt ?? texts["desk.noNumber"];

    private TaskRow Task { get; set; } = null!;
    private ReturnOffer Offer { get; set; } = ReturnOffer.None;
    private Refusal? Refusal { get; set; }

    public Dialog Form =>
        new("return", texts["return.from", StepName], $"/tasks/{Id}/return", texts["return.submit"])
        {
            Flat = true,
            Grave = true,
            Href = $"/tasks/{Id}",
            Text = texts["return.text"],
            Fields =
            [
                new Field("to", texts["return.to"], FieldKind.Choice)
                {
                    Required = true,
                    Value = Typed.One("to") ?? Offer.Targets[^1].Step,
                    Error = FormErrors.At(Refusal, "to", texts),
                    Options =
                    [
                        .. Offer.Targets.Select(t => new Choice(
                            t.Step,
                            t.IsStarter ? texts["return.to.starter", words.Step(t.Step)] : words.Step(t.Step)
                        )),
                    ],
                },
                new Field("reason", texts["form.reason"], FieldKind.LongText)
                {
                    Required = true,
                    Value = Typed.One("reason"),
                    Error = FormErrors.At(Refusal, "reason", texts),
                },
                .. Offer.Straight
                    ?
                    [
                        new Field("straight", texts["return.straight"], FieldKind.Tick)
                        {
                            Value = Typed.One("straight"),
                            Hint = texts["return.straight.hint"],
                        },
                    ]
                    : Array.Empty<Field>(),
            ],
            Hidden = new Dictionary<string, string>
            {
                ["key"] = Typed.One("key") ?? Guid.NewGuid().ToString(),
                // After a stale form this one is of what stands now.
                ["version"] =
                    Refusal?.Kind == RefusalKind.Stale ? $"{Task.Version}" : Typed.One("version") ?? $"{Task.Version}",
            },
        };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Typed = Typed.Of(Request.Form);
        if (await LoadAsync(cancellation) is { } no)
            return no;
        int? seen = int.TryParse(Typed.One("version"), out var version) ? version : null;
        var done = await steps.ReturnAsync(
            new Return(Id, Typed.One("to") ?? "", Typed.One("reason"), Typed.One("straight") == "true", seen),
            HttpContext.Asker(Typed),
            cancellation
        );
        if (done.IsOk)
        {
            TempData.Say(texts["return.done", Number], texts["return.done.text", words.Step(Typed.One("to")!)]);
            return LocalRedirect("/");
        }
        if (done.Refusal.Kind is RefusalKind.Missing or RefusalKind.Forbidden)
            return StatusCode(FormErrors.Status(done.Refusal));
        Refusal = done.Refusal;
        Errors = ErrorSummary.Of(done.Refusal, texts);
        Response.StatusCode = FormErrors.Status(done.Refusal);
        return Page();
    }

    /// <summary>Null: the form can be shown.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var task = await db.Set<TaskRow>()
            .AsNoTracking()
            .Include(t => t.Case)
            .FirstOrDefaultAsync(t => t.Id == Id, cancellation);
        if (task is null || !Access.AddressedTo(viewer).Compile()(task))
            return NotFound();
        if (await access.IsRecusedAsync(task, viewer, cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        Task = task;
        // Somebody was first: the task's page says who, and when.
        if (task.State != TaskState.Open)
            return Redirect($"/tasks/{Id}");
        Offer = await offers.OfAsync(task, viewer, cancellation);
        return Offer.Targets.Count > 0 ? null : NotFound();
    }
}

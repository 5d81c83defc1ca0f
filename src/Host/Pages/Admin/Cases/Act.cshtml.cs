using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Cases;

/// <summary>跳转、终止、唤醒: each with its consequence and a reason. What is not possible is not found.</summary>
[Authorize(Policies.Administrator)]
public sealed class ActModel(AdminCaseBook book, AdminCaseCommands commands, StepWords words, Texts texts) : PageModel
{
    private const string Jump = "jump";
    private const string Terminate = "terminate";

    [FromRoute]
    public Guid Id { get; init; }

    [FromRoute]
    public string Act { get; init; } = "";

    public Typed Typed { get; private set; } = Typed.Nothing;
    public ErrorSummary Errors { get; private set; } = new([]);
    public string Number => Sheet.Number ?? Sheet.Receipt ?? texts["incident.number.none"];
    public string Back => $"/admin/cases?find={Uri.EscapeDataString(Sheet.Number ?? Sheet.Receipt ?? $"{Id}")}";

    private CaseSheet Sheet { get; set; } = null!;
    private Refusal? Refusal { get; set; }

    public Dialog Form =>
        new("do", texts["admincase." + Act], $"/admin/cases/{Id}/{Act}", texts["admincase." + Act])
        {
            Flat = true,
            Grave = Act == Terminate,
            Href = Back,
            Text = texts["admincase.text." + Act],
            Fields = Fields(),
            Hidden = new Dictionary<string, string> { ["key"] = Typed.One("key") ?? Guid.NewGuid().ToString() },
        };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return NotFound();
        Typed = Typed.Of(Request.Form);
        var done = await DoAsync(HttpContext.Asker(Typed), cancellation);
        if (done.IsOk)
        {
            TempData.Say(texts["admincase.done." + Act, Number], texts["admincase.done.text"]);
            return LocalRedirect(Back);
        }
        Refusal = done.Refusal;
        Errors = ErrorSummary.Of(done.Refusal, texts);
        Response.StatusCode = FormErrors.Status(done.Refusal);
        return Page();
    }

    private Task<Outcome<StepDone>> DoAsync(Asker asker, CancellationToken cancellation)
    {
        var reason = Typed.One("reason");
        // A step of one host's part carries the part behind its name.
        var (step, part) =
            (Typed.One("step") ?? "").Split('@') is [var name, var id] && Guid.TryParse(id, out var of)
                ? (name, of)
                : (Typed.One("step") ?? "", (Guid?)null);
        return Act switch
        {
            Jump => commands.JumpAsync(Id, step, part, reason, asker, cancellation),
            Terminate => commands.TerminateAsync(Id, reason, asker, cancellation),
            _ => commands.WakeAsync(Id, step, reason, asker, cancellation),
        };
    }

    private Field[] Fields()
    {
        var reason = new Field("reason", texts["form.reason"], FieldKind.LongText)
        {
            Required = true,
            Hint = texts["admincase.reason.hint"],
            Value = Typed.One("reason"),
            Error = FormErrors.At(Refusal, "reason", texts),
        };
        if (Act == Terminate)
            return [reason];
        var steps =
            Act == Jump
                ? Sheet.Jumps.Select(j => new Choice(
                    j.Part is { } part ? $"{j.Step}@{part}" : j.Step,
                    j.Host is null ? words.Step(j.Step) : $"{words.Step(j.Step)} · {j.Host}"
                ))
                : Sheet.Wakes.Select(s => new Choice(s, words.Step(s)));
        var step = new Field("step", texts["admincase.goesOn"], FieldKind.Choice)
        {
            Required = true,
            Options = [.. steps],
            Value = Typed.One("step"),
            Error = FormErrors.At(Refusal, "step", texts) ?? FormErrors.At(Refusal, "part", texts),
        };
        return [step, reason];
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var found = await book.FindAsync($"{Id}", cancellation);
        if (found.Count == 0)
            return false;
        Sheet = found[0];
        return Act switch
        {
            Jump => Sheet.Jumps.Count > 0,
            Terminate => Sheet.MayBeTerminated,
            _ => Sheet.Wakes.Count > 0,
        };
    }
}

using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>One task: what has to be known, the form of its step, one button an outcome.</summary>
[Authorize(Policies.Member)]
public sealed class DecideModel(
    EduUnionDb db,
    Access access,
    MotionViews motions,
    TaskReadings readings,
    CaseSteps steps,
    TaskLists lists,
    DraftBook drafts,
    AnswerTemplates templates,
    OrganisationBook organisations,
    FormChoices choices,
    MemberBook members,
    StepWords words,
    Texts texts
) : PageModel
{
    public TaskForm Form { get; private set; } = null!;

    public TaskReading Reading { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    public DateTimeOffset? RestoredFrom { get; private set; }

    /// <summary>The form has just been saved as a draft by its button.</summary>
    [FromQuery]
    public bool Saved { get; init; }

    /// <summary>The answer as it would be sent, from what is typed.</summary>
    public Letter? Preview { get; private set; }

    /// <summary>A grave outcome that has to be confirmed: nothing is decided yet.</summary>
    public OutcomeSpec? Confirm { get; private set; }

    /// <summary>Why nothing can be decided here any more; null = it can.</summary>
    public string? Closed { get; private set; }

    public Refusal? Refusal => Form.Refusal;

    /// <summary>Parts of the text that changed since the form was opened.</summary>
    public IReadOnlyList<string> Changed { get; private set; } = [];

    /// <summary>The task's own deadline, and the answer's beside it where that is another.</summary>
    public IEnumerable<(string Clock, Due Due)> Dues
    {
        get
        {
            var own = Reading.Case.Tasks.FirstOrDefault(t => t.Row.Id == Form.Task.Id)?.Clock;
            var answer = Reading.Case.Clocks.FirstOrDefault(c =>
                c.Row is { Span: ClockSpan.Handling, StoppedAt: null } && c.Row.Part == Form.Task.Part
            );
            foreach (var clock in new[] { own, answer }.OfType<ClockView>().DistinctBy(c => c.Row.Id))
                if (clock.Due.On is { } on)
                    yield return (
                        clock.Row.Name,
                        new Due(on, clock.WorkdaysLeft, Today) { Provisional = clock.Due.Provisional }
                    );
        }
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        // Aid has a page of its own: none of a motion's stands on it.
        if (await db.Set<TaskRow>().AnyAsync(t => t.Id == id && t.Case.Kind != MotionCase.KindName, cancellation))
            return Redirect($"/aid/tasks/{id}");
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        if (Form.Task.Name == "motion.gather")
            return RedirectToPage("/Motions/Submit", new { id = Form.Task.CaseId });
        if (Closed is null && await drafts.FindAsync(User.MemberId(), Form.Draft, cancellation) is { } draft)
        {
            Form = Form with { Typed = draft.Typed };
            RestoredFrom = draft.SavedAt;
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        var typed = Typed.Of(Request.Form);
        if (typed.One("do") is "drop-draft")
        {
            await drafts.DropAsync(User.MemberId(), Form.Draft, cancellation);
            return RedirectToPage(new { id });
        }
        if (typed.One("do") is "save" or "template" && Closed is null)
            return await PutAsideAsync(typed, cancellation);
        Form = Form with { Typed = typed };
        if (typed.One("rows") is { } rows)
            return await KeepAsync(rows, cancellation);
        var outcome = Form.Step.Outcome(typed.One("outcome") ?? "");
        if (outcome is null)
            return await RefuseAsync(Refusal.At("outcome", "task.outcome-unknown"), cancellation);
        // Who comes second is told who was first, not that his choice has gone from the list.
        if (Closed is null && Form.Unlisted(outcome) is { } unlisted)
            return await RefuseAsync(unlisted, cancellation);
        var form = FormJson.Of(Form.Step, outcome, typed);
        if (outcome.Grave && Closed is null && typed.One("confirmed") != outcome.Name)
            return await AskAsync(outcome, FormValues.Read(Form.Step, outcome, form).Refusal, cancellation);

        int? seen = int.TryParse(typed.One("version"), out var version) ? version : null;
        var decision = new Decision(id, outcome.Name, typed.One("comment"), form, seen);
        var done = await steps.DecideAsync(decision, HttpContext.Asker(typed), cancellation);
        if (!done.IsOk)
            return await RefuseAsync(done.Refusal, cancellation);
        await drafts.DropAsync(User.MemberId(), Form.Draft, cancellation);
        await SayAsync(outcome, done.Value, cancellation);
        return LocalRedirect("/");
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var task = await db.Set<TaskRow>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (task is null || await motions.FindAsync(task.CaseId, viewer, cancellation) is not { } view)
            return NotFound();
        if (!Access.AddressedTo(viewer).Compile()(task) || (view.IsProposer && task.MemberId is null))
            return StatusCode(StatusCodes.Status403Forbidden);
        Today = viewer.Today;
        Reading = await readings.OfAsync(task, view, cancellation);
        Form = new TaskForm(
            texts,
            words,
            StepCatalogue.Shipped.Find(task.Name)!,
            task,
            Prefilled.Of(task, view, Today),
            organisations.Departments(view.Row.SchoolId)
        )
        {
            Templates =
                task.Name == "handling.draft" && Reading.Part is { } part
                    ? await templates.OfferedAsync(part.HostId, cancellation)
                    : [],
            Listed = await choices.OfAsync(StepCatalogue.Shipped.Find(task.Name)!, view, viewer, cancellation),
        };
        Closed = await ClosedAsync(task, cancellation);
        return null;
    }

    private async Task<string?> ClosedAsync(TaskRow task, CancellationToken cancellation)
    {
        if (task.State == TaskState.Open)
            return null;
        if (task.DecidedBy is not { } by)
            return texts["refusal.task.closed", task.ClosedAt!.Value];
        var names = await members.NamesAsync([by], cancellation);
        return texts[
            "task.decided",
            names.GetValueOrDefault(by, ""),
            task.ClosedAt!.Value,
            words.Outcome(task.Name, task.Outcome!)
        ];
    }

    private async Task<IActionResult> PutAsideAsync(Typed typed, CancellationToken cancellation)
    {
        var insert = typed.One("do") == "template";
        typed = typed.With("do");
        if (insert && Reading is { Part: { } part, Case: { Row: var row } })
            typed = Form.WithTemplate(
                typed,
                row.Number ?? row.Receipt ?? "",
                row.Title,
                Reading.Department(part.HostId)
            );
        await drafts.SaveAsync(User.MemberId(), Form.Draft, typed, cancellation);
        return RedirectToPage(null, null, new { id = Form.Task.Id, saved = true }, insert ? "text" : null);
    }

    private async Task<IActionResult> KeepAsync(string change, CancellationToken cancellation)
    {
        Form = Form with { Typed = TaskRows.Change(Form.Step, Form.Typed, change) };
        if (change == "preview")
            Preview = AnswerPreview.Of(Form, Reading, organisations);
        await drafts.SaveAsync(User.MemberId(), Form.Draft, Form.Typed, cancellation);
        return Page();
    }

    private async Task<IActionResult> AskAsync(OutcomeSpec outcome, Refusal? wrong, CancellationToken cancellation)
    {
        if (outcome.ReasonRequired && string.IsNullOrWhiteSpace(Form.Typed.One("comment")))
            wrong = Refusal.Of([.. FormErrors.Each(wrong), Refusal.At("comment", "form.reason-missing")]);
        if (wrong is not null)
            return await RefuseAsync(wrong, cancellation);
        await drafts.SaveAsync(User.MemberId(), Form.Draft, Form.Typed, cancellation);
        Confirm = outcome;
        return Page();
    }

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken cancellation)
    {
        if (refusal.Kind is RefusalKind.Forbidden or RefusalKind.Missing)
            return StatusCode(FormErrors.Status(refusal));
        if (Closed is null)
            await drafts.SaveAsync(User.MemberId(), Form.Draft, Form.Typed, cancellation);
        if (refusal.Kind == RefusalKind.Conflict)
            Closed = texts.Of(refusal);
        if (refusal.Kind == RefusalKind.Stale)
            Changed = TextMark.Changed(Form.Typed, Reading.Case.Motion.Content, texts);
        Form = Form with { Refusal = refusal };
        Response.StatusCode = FormErrors.Status(refusal);
        return Page();
    }

    private async Task SayAsync(OutcomeSpec outcome, StepDone done, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var mine = await lists.ListAsync(viewer, TaskScope.Mine, new TaskFilter(), 1, null, cancellation);
        var next = mine.Items.Count > 0 ? mine.Items[0] : null;
        TempData.Say(
            texts["task.done", Form.Word(outcome), Reading.Case.Row.Title],
            done.StepDecided || outcome.Name is "confirm" or "decline"
                ? Form.Next(outcome.Name)
                : texts["task.waitsForOthers"],
            next is null ? null : new Link(texts["task.next", words.Step(next.Name), next.Title], $"/tasks/{next.Id}")
        );
    }
}

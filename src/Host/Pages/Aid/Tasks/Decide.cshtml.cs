using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Pages.Tasks;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Aid.Tasks;

/// <summary>One task of aid: what has to be known, the form of its step, one button an outcome.</summary>
[Authorize(Policies.Member)]
public sealed class DecideModel(
    Access access,
    AidTasks tasks,
    CaseSteps steps,
    TaskLists lists,
    DraftBook drafts,
    StepWords words,
    Texts texts
) : PageModel
{
    public AidTask Reading { get; private set; } = null!;
    public TaskForm Form { get; private set; } = null!;
    public DateTimeOffset? RestoredFrom { get; private set; }

    /// <summary>A grave outcome that has to be confirmed: nothing is decided yet.</summary>
    public OutcomeSpec? Confirm { get; private set; }

    /// <summary>Why nothing can be decided here any more; null = it can.</summary>
    public string? Closed { get; private set; }

    [FromQuery]
    public bool Saved { get; init; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        // What the applicant writes has a page of its own.
        if (AidPanel.Href(Form.Task) is var own && !own.StartsWith("/tasks/", StringComparison.Ordinal))
            return Redirect(own);
        if (Closed is null && await drafts.FindAsync(User.MemberId(), Form.Draft, cancellation) is { } draft)
        {
            Form = Form with { Typed = draft.Typed };
            RestoredFrom = draft.SavedAt;
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        var typed = Typed.Of(Request.Form);
        if (typed.One("do") is "drop-draft")
        {
            await drafts.DropAsync(User.MemberId(), Form.Draft, cancellation);
            return RedirectToPage(new { id });
        }
        if (typed.One("do") is "save" && Closed is null)
        {
            await drafts.SaveAsync(User.MemberId(), Form.Draft, typed.With("do"), cancellation);
            return RedirectToPage(new { id, saved = true });
        }
        Form = Form with { Typed = typed };
        if (typed.One("rows") is not null)
        {
            await drafts.SaveAsync(User.MemberId(), Form.Draft, typed.With("rows"), cancellation);
            return Page();
        }
        if (Form.Step.Outcome(typed.One("outcome") ?? "") is not { } outcome)
            return await RefuseAsync(Refusal.At("outcome", "task.outcome-unknown"), cancellation);
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

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await tasks.FindAsync(id, viewer, cancellation) is not { } reading)
            return false;
        Reading = reading;
        var step = StepCatalogue.Shipped.Find(reading.Task.Name)!;
        Form = new TaskForm(texts, words, step, reading.Task, Begun(reading, viewer.Today), [])
        {
            Listed = await tasks.ChoicesAsync(reading, step, viewer, cancellation),
        };
        if (reading.Task.State != TaskState.Open)
            Closed = texts["refusal.task.closed", reading.Task.ClosedAt!.Value];
        else if (reading.Row.HeldAt is { } since)
            Closed = texts["refusal.task.held", since];
        return true;
    }

    /// <summary>A record that was sent back is mended, not written anew.</summary>
    private static Typed Begun(AidTask reading, DateOnly today) =>
        (reading.Step, reading.Application?.Surveys.LastOrDefault(), reading.Objection?.Records.LastOrDefault()) switch
        {
            ("aid.survey", { IsReturned: true } back, _) => Typed
                .Nothing.With("visitedOn", Dates.Machine(back.Form.VisitedOn))
                .With("mode", back.Form.Mode == SurveyMode.Phone ? "phone" : "home")
                .With("phoneReason", back.Form.PhoneReason ?? "")
                .With("place", back.Form.Place)
                .With("people", back.Form.People)
                .With("housing", back.Form.Housing)
                .With("incomeCheck", back.Form.IncomeCheck)
                .With("observations", back.Form.Observations)
                .With("conclusion", back.Form.Conclusion == SurveyConclusion.Doubts ? "doubts" : "supports")
                .With("suggestion", back.Form.Suggestion ?? ""),
            ("aid.survey", _, _) => Typed.Nothing.With("mode", "home"),
            ("objection.investigate", _, { IsReturned: true } back) => Typed
                .Nothing.With("visitedOn", Dates.Machine(back.VisitedOn))
                .With("people", back.People)
                .With("finding", back.Finding),
            ("objection.decide", _, _) => Typed
                .Nothing.With("amount", reading.Application!.Amount?.ToString() ?? "")
                .With("category", reading.Application.Category?.ToString() ?? ""),
            ("aid.followup" or "aid.receipt", _, _) => Typed.Nothing.With("visitedOn", Dates.Machine(today)),
            _ => Typed.Nothing,
        };

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
        // The comment is the reason; the domain knows it by that name.
        Form = Form with { Refusal = refusal.Field == "reason" ? refusal with { Field = "comment" } : refusal };
        Response.StatusCode = FormErrors.Status(refusal);
        return Page();
    }

    private async Task SayAsync(OutcomeSpec outcome, StepDone done, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var mine = await lists.ListAsync(viewer, TaskScope.Mine, new TaskFilter(), 1, null, cancellation);
        var next = mine.Items.Count > 0 ? mine.Items[0] : null;
        TempData.Say(
            texts["task.done", Form.Word(outcome), Reading.Row.Title],
            done.StepDecided ? Form.Next(outcome.Name) : texts["task.waitsForOthers"],
            next is null ? null : new Link(texts["task.next", words.Step(next.Name), next.Title], $"/tasks/{next.Id}")
        );
    }
}

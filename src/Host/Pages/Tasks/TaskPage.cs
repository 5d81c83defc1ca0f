using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>
/// How a task's form is shown, kept, confirmed, decided and refused, whatever kind of case it belongs to. What has to be
/// read beside it is the kind's own.
/// </summary>
public abstract class TaskPage(
    CaseSteps steps,
    TaskLists lists,
    Access access,
    DraftBook drafts,
    MemberBook members,
    DeskPanels desks,
    StepWords words,
    Texts texts
) : PageModel
{
    public TaskForm Form { get; protected set; } = null!;

    public DateOnly Today { get; protected set; }

    public DateTimeOffset? RestoredFrom { get; private set; }

    /// <summary>The form has just been saved as a draft by its button.</summary>
    [FromQuery]
    public bool Saved { get; init; }

    /// <summary>A grave outcome that has to be confirmed: nothing is decided yet.</summary>
    public OutcomeSpec? Confirm { get; private set; }

    /// <summary>Why nothing can be decided here any more; null = it can.</summary>
    public string? Closed { get; protected set; }

    /// <summary>What comes of it that nothing can be decided here now.</summary>
    public string ClosedText =>
        Form.Task.State switch
        {
            TaskState.Waiting => texts["deskact.waits.text"],
            TaskState.Answered => texts["deskact.answered.text"],
            _ => texts["task.closed.text"],
        };

    public Refusal? Refusal => Form.Refusal;

    /// <summary>For whom the viewer decides it (代理); null = for himself.</summary>
    public string? ActingFor { get; protected set; }

    /// <summary>What was asked about it (沟通).</summary>
    public IReadOnlyList<QuestionLine> Questions { get; protected set; } = [];

    /// <summary>Others may be told and asked of it (抄送、沟通): whose task it is reads it here.</summary>
    public bool MayTell { get; protected set; }

    /// <summary>What stands round the task: who signs, who has claimed it, what else can be done with it.</summary>
    public DeskPanel Desk { get; protected set; } = null!;

    protected Access Access => access;

    protected StepWords StepWords => words;

    protected Texts Words => texts;

    protected DeskPanels Desks => desks;

    /// <summary>Where somebody goes to read the whole case.</summary>
    public abstract string CaseHref { get; }

    /// <summary>What the case is called where it is told what was done.</summary>
    protected abstract string CaseTitle { get; }

    /// <summary>Null: the page can be shown.</summary>
    protected abstract Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellation);

    /// <summary>A page of its own for this task; null = its form is here.</summary>
    protected virtual IActionResult? Elsewhere => null;

    /// <summary>What a saved form carries beside what was typed, e.g. a chosen template.</summary>
    protected virtual (Typed Typed, string? Anchor) Completed(Typed typed) => (typed.With("do"), null);

    /// <summary>A row more or less, or a preview: <paramref name="change"/> is the button's value.</summary>
    protected virtual void Changed(string change) { }

    /// <summary>What the form was made for has changed under it.</summary>
    protected virtual void Outdated() { }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        if (Elsewhere is { } elsewhere)
            return elsewhere;
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

    /// <summary>What is done with the task beside deciding it (转办、委派、加签 …).</summary>
    public async Task<IActionResult> OnPostDeskAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        var typed = Typed.Of(Request.Form);
        var done = await desks.ActAsync(id, typed, HttpContext.Asker(typed), cancellation);
        if (!done.IsOk)
        {
            if (done.Refusal.Kind is RefusalKind.Forbidden or RefusalKind.Missing)
                return StatusCode(FormErrors.Status(done.Refusal));
            Desk = Desk with { Typed = typed, Refusal = done.Refusal };
            // What was being written to the decision stands as it was kept.
            if (Closed is null && await drafts.FindAsync(User.MemberId(), Form.Draft, cancellation) is { } draft)
                Form = Form with { Typed = draft.Typed };
            Response.StatusCode = FormErrors.Status(done.Refusal);
            return Page();
        }
        var word = typed.One("desk") ?? typed.One("word") ?? "";
        TempData.Say(texts["deskact.done." + (Guid.TryParse(word, out _) ? "remove" : word)], CaseTitle);
        return word == "transfer" ? LocalRedirect("/") : RedirectToPage(new { id });
    }

    protected async Task<string?> ClosedAsync(TaskRow task, CancellationToken cancellation)
    {
        if (task.State == TaskState.Open)
            return Desk.View is { IsClaimedByOther: true, ClaimedBy: { } claimer }
                ? texts["refusal.task.claimed", claimer, task.ClaimedAt!.Value]
                : null;
        if (task.State is TaskState.Waiting)
            return texts["refusal.task.waits"];
        if (task.State is TaskState.Answered)
            return texts["refusal.task.answered"];
        if (task.State is TaskState.Handed)
            return texts["refusal.task.handed", task.ClosedAt!.Value];
        if (task.DecidedBy is not { } by)
            return texts["refusal.task.closed", task.ClosedAt!.Value];
        var names = await members.NamesAsync([by, task.DecidedForId ?? by], cancellation);
        var name = names.GetValueOrDefault(by, "");
        return texts[
            "task.decided",
            task.DecidedForId is { } principal
                ? texts["timeline.actingFor", name, names.GetValueOrDefault(principal, "")]
                : name,
            task.ClosedAt!.Value,
            words.Outcome(task.Name, task.Outcome!)
        ];
    }

    private async Task<IActionResult> PutAsideAsync(Typed typed, CancellationToken cancellation)
    {
        var (completed, anchor) = Completed(typed);
        await drafts.SaveAsync(User.MemberId(), Form.Draft, completed, cancellation);
        return RedirectToPage(null, null, new { id = Form.Task.Id, saved = true }, anchor);
    }

    private async Task<IActionResult> KeepAsync(string change, CancellationToken cancellation)
    {
        Form = Form with { Typed = TaskRows.Change(Form.Step, Form.Typed, change) };
        Changed(change);
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
            Outdated();
        // The aggregate names a reason as it knows it; on the form it is the comment.
        Form = Form with
        {
            Refusal = refusal.Field == "reason" ? refusal with { Field = "comment" } : refusal,
        };
        Response.StatusCode = FormErrors.Status(refusal);
        return Page();
    }

    private async Task SayAsync(OutcomeSpec outcome, StepDone done, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var mine = await lists.ListAsync(viewer, TaskScope.Mine, new TaskFilter(), 1, null, cancellation);
        var next = mine.Items.Count > 0 ? mine.Items[0] : null;
        TempData.Say(
            texts["task.done", Form.Word(outcome), CaseTitle],
            done.StepDecided || outcome.Name is "confirm" or "decline"
                ? Form.Next(outcome.Name)
                : texts["task.waitsForOthers"],
            next is null
                ? null
                : new Link(texts["task.next", words.Step(next.Name), CaseWords.Title(texts, next)], $"/tasks/{next.Id}")
        );
    }
}

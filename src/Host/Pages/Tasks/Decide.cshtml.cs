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
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>One task of a motion: what has to be known, the form of its step, one button an outcome.</summary>
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
    ExchangeBook exchange,
    MemberBook members,
    DeskPanels desks,
    StepWords words,
    Texts texts
) : TaskPage(steps, lists, access, drafts, members, desks, words, texts)
{
    public TaskReading Reading { get; private set; } = null!;

    /// <summary>The answer as it would be sent, from what is typed.</summary>
    public Letter? Preview { get; private set; }

    /// <summary>Parts of the text that changed since the form was opened.</summary>
    public IReadOnlyList<string> ChangedParts { get; private set; } = [];

    /// <summary>Whoever works on the motion puts documents to it; those who bring it forward do that on its page.</summary>
    public bool AddsDocuments =>
        Closed is null && Form.Task.Name != "motion.cosign" && Reading.Case.Row.StarterId != User.MemberId();

    public override string CaseHref => $"/motions/{Reading.Case.Row.Id}";

    protected override string CaseTitle => Reading.Case.Row.Title;

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

    protected override IActionResult? Elsewhere =>
        Form.Task.Name == "motion.gather" ? RedirectToPage("/Motions/Submit", new { id = Form.Task.CaseId }) : null;

    protected override async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await Access.ViewerAsync(User.MemberId(), cancellation);
        var task = await db.Set<TaskRow>()
            .AsNoTracking()
            .Include(t => t.Case)
            .FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (task is null)
            return NotFound();
        // What is confidential has a page that knows how much of it may be shown.
        if (task.Case.Kind != MotionCase.KindName)
            return RedirectPreserveMethod($"/aid/tasks/{id}");
        if (await motions.FindAsync(task.CaseId, viewer, cancellation) is not { } view)
            return NotFound();
        if (!Access.AddressedTo(viewer).Compile()(task) || Access.IsOwnMatter(task, task.Case.StarterId, viewer))
            return StatusCode(StatusCodes.Status403Forbidden);
        var principal = Access.PrincipalOf(task, viewer);
        if (principal is not null && view.IsProposer)
            return StatusCode(StatusCodes.Status403Forbidden);
        ActingFor = principal?.Name;
        Today = viewer.Today;
        Desk = await Desks.OfAsync(task, view.Row, viewer, cancellation);
        // Whoever signs or advises reads what the task is about to which he was added.
        Reading = await readings.OfAsync(Desk.View.Owner?.Task ?? task, view, cancellation);
        var step = StepCatalogue.Shipped.Find(task.Name)!;
        Form = new TaskForm(
            Words,
            StepWords,
            step,
            task,
            Prefilled.Of(task, view, Today),
            organisations.Departments(view.Row.SchoolId)
        )
        {
            Templates =
                task.Name == "handling.draft" && Reading.Part is { } part
                    ? await templates.OfferedAsync(part.HostId, cancellation)
                    : [],
            Listed = await choices.OfAsync(step, view, viewer, cancellation),
        };
        Closed = await ClosedAsync(task, cancellation);
        MayTell = Closed is null && TaskStanding.IsToBeTold(task, view.Row);
        Questions = await exchange.OfTaskAsync(id, viewer, cancellation);
        return null;
    }

    protected override (Typed Typed, string? Anchor) Completed(Typed typed)
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
        return (typed, insert ? "text" : null);
    }

    protected override void Changed(string change)
    {
        if (change == "preview")
            Preview = AnswerPreview.Of(Form, Reading, organisations);
    }

    protected override void Outdated() =>
        ChangedParts = TextMark.Changed(Form.Typed, Reading.Case.Motion.Content, Words);
}

using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Funds;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Pages.Aid.Tasks;
using EduUnion.Host.Pages.Tasks;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Aid;

/// <summary>
/// One task of aid, of an objection or of a re-verification: what has to be known as far as the decider may see it, the
/// form of its step. Whoever must stand aside gets 403 even if he holds the office.
/// </summary>
[Authorize(Policies.Member)]
public sealed class TaskModel(
    EduUnionDb db,
    Access access,
    AidAccess aid,
    AidViews views,
    ApprovalBriefs briefs,
    SchoolPeople people,
    AidTasks tasks,
    FundBook funds,
    ExchangeBook exchange,
    RuleBook rules,
    CaseSteps steps,
    TaskLists lists,
    DraftBook drafts,
    OrganisationBook organisations,
    MemberBook members,
    DeskPanels desks,
    StepWords words,
    Texts texts
) : TaskPage(steps, lists, access, drafts, members, desks, words, texts)
{
    public CaseRow Row { get; private set; } = null!;

    /// <summary>The application; null where the task is of another case (异议, 年度复核).</summary>
    public AidView? View { get; private set; }

    /// <summary>What an approver has before him; null at other steps.</summary>
    public ApprovalBrief? Brief { get; private set; }

    public Reckoning? Reckoning { get; private set; }

    /// <summary>What stands beside the application, or in its place.</summary>
    public AidTask More { get; private set; } = null!;

    public string School { get; private set; } = "";

    public Due? Due { get; private set; }

    public string? Clock { get; private set; }

    /// <summary>The applicant has not consented that the district sees it: it can only be sent back or refused.</summary>
    public bool Unconsented { get; private set; }

    public string Number =>
        More.Number is { Length: > 0 } number ? number
        : Unconsented && Row.Number is { } known ? known
        : Words["aid.noNumber"];

    public override string CaseHref =>
        Row.Kind switch
        {
            AidCase.KindName => $"/aid/{Row.Id}",
            ObjectionCase.KindName => $"/objections/{Row.Id}",
            _ => $"/aid/files/{More.File!.Id}",
        };

    protected override string CaseTitle => Number;

    /// <summary>What the applicant said, with the ways to what is masked.</summary>
    public IReadOnlyList<AnswerPart> Parts =>
        View is null
            ? []
            : new Answers(View.Application.Content, View.Sight, Words)
            {
                Unmask = name => $"/cases/{Row.Id}/unmask/{Uri.EscapeDataString(name)}?back=/tasks/{Form.Task.Id}",
            }.Parts;

    /// <summary>What the applicant writes is the wizard, and so is a corrected account.</summary>
    protected override IActionResult? Elsewhere =>
        AidPanel.Href(Form.Task) is var href && href != $"/tasks/{Form.Task.Id}" ? Redirect(href) : null;

    protected override async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await Access.ViewerAsync(User.MemberId(), cancellation);
        var task = await db.Set<TaskRow>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (task is null)
            return NotFound();
        var addressed = Access.AddressedTo(viewer).Compile()(task);
        if (addressed && await aid.Recused(viewer.MemberId).AnyAsync(t => t.Id == id, cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        var row = await aid.Visible(viewer)
            .AsNoTracking()
            .Include(c => c.Clocks)
            .FirstOrDefaultAsync(c => c.Id == task.CaseId, cancellation);
        if (row is null)
            return NotFound();
        if (!addressed)
            return StatusCode(StatusCodes.Status403Forbidden);
        var self = viewer;
        if (Access.PrincipalOf(task, viewer) is { } principal)
        {
            if (await aid.Recused(principal.MemberId).AnyAsync(t => t.Id == id, cancellation))
                return StatusCode(StatusCodes.Status403Forbidden);
            // He reads what the one for whom he acts would read.
            viewer = viewer.For(principal);
            ActingFor = principal.Name;
        }
        (Row, Today) = (row, viewer.Today);
        School = organisations.Find(row.SchoolId)?.Name ?? "";
        View = row.Kind == AidCase.KindName ? await views.FindAsync(row.Id, viewer, cancellation) : null;
        // The district before the applicant's consent: what is asked, and nothing of the person.
        Unconsented = View is { Sight: Sight.None };
        View = Unconsented ? null : View;
        More = Unconsented
            ? new AidTask(task, new Dictionary<Guid, string>())
            : await tasks.ReadAsync(task, row, cancellation);
        await ReadAsync(task, viewer, cancellation);
        var step = StepCatalogue.Shipped.Find(task.Name)!;
        Form = new TaskForm(Words, StepWords, step, task, Prefill(task), [])
        {
            Private = true,
            Listed = await ListedAsync(step, task, viewer, cancellation),
        };
        Desk = await Desks.OfAsync(task, row, self, cancellation);
        Closed = await ClosedAsync(task, cancellation);
        MayTell = Closed is null && TaskStanding.IsToBeTold(task, row);
        Questions = await exchange.OfTaskAsync(id, viewer, cancellation);
        return null;
    }

    private async Task ReadAsync(TaskRow task, Viewer viewer, CancellationToken cancellation)
    {
        var clock = View?.Clocks.FirstOrDefault(c => c.Row.Id == task.ClockId);
        if (clock is { Due.On: { } on })
            (Clock, Due) = (
                clock.Row.Name,
                new Due(on, clock.WorkdaysLeft, viewer.Today) { Provisional = clock.Due.Provisional }
            );
        if (View is null)
            return;
        if (AidPanel.IsApproval(task.Name))
            Brief = await briefs.OfAsync(View, viewer, cancellation);
        Reckoning = Aid.Reckoning.Of(
            View.Application.Content,
            await rules.ForAsync(Row.SchoolId, Row.RulesAt, cancellation)
        );
    }

    private Typed Prefill(TaskRow task) =>
        task.Name switch
        {
            "aid.receipt" => Typed.Nothing.With("signedOn", Dates.Machine(Today)),
            "aid.followup" => Typed.Nothing.With("visitedOn", Dates.Machine(Today)),
            "aid.approve.emergency" when View?.Application.Content.Requested is { } asked => Typed.Nothing.With(
                "amount",
                asked.ToString()
            ),
            _ => More.Begun,
        };

    private async Task<IReadOnlyDictionary<FieldType, IReadOnlyList<Choice>>> ListedAsync(
        StepSpec step,
        TaskRow task,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var listed = new Dictionary<FieldType, IReadOnlyList<Choice>>();
        foreach (var type in step.Fields.Select(f => f.Type).Distinct())
            if (type == FieldType.Fund)
                listed[type] =
                [
                    .. (await funds.ChoicesAsync(Row.SchoolId, Today.Year, cancellation)).Select(f => new Choice(
                        f.Id.ToString(),
                        Words["aid.fund.choice", f.Name, f.Free]
                    )),
                ];
            else if (type == FieldType.Members && !Unconsented)
                listed[type] = await SurveyorsAsync(task, viewer, cancellation);
        return listed;
    }

    /// <summary>Of the school, or of the whole district where it appoints; whoever must stand aside is not offered.</summary>
    private async Task<IReadOnlyList<Choice>> SurveyorsAsync(
        TaskRow task,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var district = organisations.Path(Row.SchoolId)[^1];
        var all =
            task.Name == "aid.appoint.district"
                ? await people.ChoicesAsync(organisations.Schools(district), viewer, cancellation, district)
                : await people.ChoicesAsync([Row.SchoolId], viewer, cancellation);
        return await tasks.FreeAsync(More, all, cancellation);
    }
}

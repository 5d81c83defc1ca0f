using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>A page with which one speaks about a task and does not decide it: whom it is about stands above, the form below.</summary>
public abstract class TaskTalkPage(
    Access access,
    TaskHeads heads,
    RelationBook colleagues,
    MemberBook members,
    OrganisationBook organisations,
    StepWords steps,
    Texts texts
) : FormPage(texts)
{
    [FromRoute]
    public Guid Id { get; init; }

    /// <summary>Part of a name, by which colleagues are found.</summary>
    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    public TaskHead Head { get; private set; } = null!;

    public Typed Typed { get; private set; } = Typed.Nothing;

    public string Key => Typed.One("key") ?? Guid.NewGuid().ToString();

    public string Step => steps.Step(Head.Task.Name);

    public string Title => CaseWords.Title(Words, Head.Kind, Head.Title);

    public string CaseHref => CaseWords.Href(Head.Kind, Head.Task.CaseId, Head.Task.Id);

    /// <summary>Who is asked to do the task.</summary>
    public string Who => Head.Office is { } office ? $"{Head.Place}　{Words["office." + office]}" : Head.Place ?? "";

    protected IReadOnlyList<Choice> People { get; private set; } = [];

    protected Viewer Viewer { get; private set; } = null!;

    protected abstract bool IsAllowed { get; }

    /// <summary>What the page shows besides.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>What is said once it is done.</summary>
    protected abstract string Told { get; }

    protected abstract Task<Outcome<StepDone>> DoAsync(Asker asker, CancellationToken cancellation);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (await LoadAsync(cancellation) is { } no)
            return no;
        Typed = Typed.Of(Request.Form);
        var done = await DoAsync(HttpContext.Asker(Typed), cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Told);
        return LocalRedirect(Head.Holds && Head.IsOpen ? $"/tasks/{Id}" : CaseHref);
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await heads.FindAsync(Id, viewer, cancellation) is not { } head)
            return NotFound();
        Head = head;
        Viewer = viewer;
        if (!IsAllowed)
            return StatusCode(StatusCodes.Status403Forbidden);
        await PrepareAsync(cancellation);
        var home = (await members.FindAsync(viewer.MemberId, cancellation))!.OrganisationId;
        List<Guid> schools = [.. new[] { organisations.SchoolOf(home)?.Id }.OfType<Guid>()];
        People =
        [
            .. (await colleagues.ColleaguesAsync(schools, Search, viewer.Today, cancellation))
                .Where(c => c.Id != viewer.MemberId)
                .Select(c => new Choice(c.Id.ToString(), $"{c.Name}　{organisations.Find(c.OrganisationId)?.Name}")),
        ];
        return null;
    }
}

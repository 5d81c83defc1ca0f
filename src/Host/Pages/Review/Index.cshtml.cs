using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Review;

/// <summary>
/// The committee's table: every motion of a session that lies with it, the recommendation beside the decision, and one act
/// for all that is ticked: looked at first, then done row by row.
/// </summary>
[Authorize(Policies.MotionOffice)]
public sealed class IndexModel(
    Access access,
    CommitteeTables tables,
    BulkRun run,
    SimilarMotions similar,
    OrganisationBook organisations,
    Texts texts
) : PageModel
{
    /// <summary>More than a committee sees in a week.</summary>
    private const int PageSize = 200;

    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    [FromQuery]
    public Guid? Session { get; init; }

    [FromQuery]
    public TableStage? Stage { get; init; }

    [FromQuery]
    public string? Category { get; init; }

    [FromQuery]
    public string? Sponsor { get; init; }

    [FromQuery]
    public string? Recommendation { get; init; }

    [FromQuery]
    public bool Mine { get; init; }

    /// <summary>The row after which the page begins.</summary>
    [FromQuery]
    public Guid? After { get; init; }

    public TableFilter Filter { get; private set; } = new();
    public CommitteeTable Table { get; private set; } = null!;
    public Facets Facets { get; private set; } = new("review", []);
    public IReadOnlyList<TableRow> Rows { get; private set; } = [];
    public Pager Pager { get; private set; } = new(null, null);
    public ILookup<Guid, SimilarMotion> Similar { get; private set; } =
        Array.Empty<SimilarMotion>().ToLookup(_ => Guid.Empty);

    public Typed Typed { get; private set; } = Typed.Nothing;
    public IReadOnlySet<Guid> Ticked { get; private set; } = new HashSet<Guid>();
    public Refusal? Refusal { get; private set; }

    /// <summary>An act that is being looked at; nothing is done yet.</summary>
    public BulkForm? Form { get; private set; }
    public BulkAct? Done { get; private set; }
    public IReadOnlyList<BulkResult> Results { get; private set; } = [];

    /// <summary>Only what the viewer may do now to a row that is shown.</summary>
    public IReadOnlyList<BulkAct> Acts { get; private set; } = [];

    public int MineCount => Table.Rows.Count(r => r.Task is not null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? await ShowAsync(cancellation) : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return NotFound();
        Typed = Typed.Of(Request.Form);
        TakePressedRow();
        var marks = Typed.All("pick").Select(RowMark.Read).OfType<RowMark>().ToList();
        Ticked = marks.Select(m => m.Case).ToHashSet();
        if (Typed.One("back") is not null)
            return await ShowAsync(cancellation);
        var ticked = await tables.TickedAsync(Table, marks, cancellation);
        if (BulkAct.Find(Typed.One("act")) is not { } act)
            return await RefuseAsync(Refusal.At("act", "task.outcome-unknown", ""), cancellation);
        if (ticked.Count == 0)
            return await RefuseAsync(Refusal.Because("review.nothing-ticked"), cancellation);
        var form = new BulkForm(act, Table, ticked, Typed, texts);
        if (form.Rows.Count == 0 && act.Name != BulkAct.Merge)
            return await RefuseAsync(Refusal.Because("review.none-applies"), cancellation);
        if (Typed.One("confirmed") is null || Typed.One("look") is not null)
            return Look(form with { Typed = Typed.With("confirmed") });
        if ((form.Check() ?? Nothing(form)) is { } wrong)
            return Look(form with { Typed = Typed.With("confirmed"), Refusal = wrong });
        if (form.IsGrave && Typed.One("sure") is null)
            return Look(form with { AsksTwice = true });
        Done = act;
        Results = await run.RunAsync(form, HttpContext.Asker(Typed), cancellation);
        Ticked = new HashSet<Guid>();
        await LoadAsync(cancellation);
        return await ShowAsync(cancellation);
    }

    public string Told(Refusal refusal) =>
        string.Join(texts["clock.separator"], FormErrors.Each(refusal).Select(texts.Of));

    /// <summary>The recommended main motion's number, which may be one that is not filed yet.</summary>
    public string MainOf(TableRow row) =>
        (row.Motion.MainId ?? row.Motion.Recommendation?.MainId) is { } main
            ? Table.Find(main)?.Number ?? row.Motion.MainNumber ?? ""
            : "";

    /// <summary>A button within a row ticks that row alone; following the recommendation there is done at once.</summary>
    private void TakePressedRow()
    {
        if (Typed.One("row")?.Split(':') is not [var act, var pick])
            return;
        Typed = Typed.With("act", act).With("pick", pick);
        if (act == BulkAct.Vote)
            Typed = Typed.With("outcome", BulkForm.AsRecommended).With("confirmed", "true");
    }

    private static Refusal? Nothing(BulkForm form) =>
        form.Rows.Count == 0 ? Refusal.At("main", "review.nothing-to-merge") : null;

    private PageResult Look(BulkForm form)
    {
        Form = form;
        if (form.Refusal is { } refusal)
            Response.StatusCode = FormErrors.Status(refusal);
        return Page();
    }

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken cancellation)
    {
        Refusal = refusal;
        Response.StatusCode = FormErrors.Status(refusal);
        return await ShowAsync(cancellation);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await tables.FindAsync(viewer, Session, cancellation) is not { } table)
            return false;
        Table = table;
        Filter = new TableFilter
        {
            Text = TaskLists.Plain(Search),
            Session = Session,
            Stage = Stage,
            Category = Category,
            Sponsor = Sponsor,
            Recommendation = Recommendation,
            Mine = Mine,
        };
        return true;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        Facets = Filter.Facets(Table, await tables.SessionsAsync(Table.Viewer, cancellation), organisations, texts);
        var shown = Table.Rows.Where(Filter.Shows).ToList();
        var from = After is { } after ? shown.FindIndex(r => r.Id == after) + 1 : 0;
        Rows = shown.GetRange(from, Math.Min(PageSize, shown.Count - from));
        Acts = [.. BulkAct.All.Where(a => Rows.Any(r => a.Applies(r, Table)))];
        Pager = new Pager(
            from > 0 ? Filter.Address() : null,
            from + PageSize < shown.Count ? Filter.Address(Rows[^1].Id) : null
        );
        Similar = await similar.FindAllAsync(
            Table.Viewer,
            Table.Session.SchoolId,
            [
                .. Rows.Where(r => r.Stage is TableStage.Check or TableStage.Review)
                    .Select(r => (r.Id, r.Motion.Content.Title)),
            ],
            cancellation
        );
        return Page();
    }
}

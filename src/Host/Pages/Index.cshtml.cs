using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages;

/// <summary>The desk (工作台): four counts, each a link to exactly the list it counts, and one's own motions.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class IndexModel(
    Access access,
    TaskLists lists,
    OwnMotions own,
    RepresentativeHome representatives,
    CalendarBook calendars,
    OrganisationBook organisations,
    MemberBook members,
    Texts texts,
    StepWords steps,
    TaskWords words,
    Blocks blocks,
    StandingWork standing,
    ExchangeBook exchange,
    IDataProtectionProvider protection
) : PageModel
{
    public const int PageSize = 20;
    private static readonly string[] Shows = ["overdue", "week", "mine", "others"];

    [FromQuery]
    public string? Show { get; init; }

    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    [FromQuery]
    public string? Step { get; init; }

    [FromQuery]
    public Guid? Department { get; init; }

    [FromQuery]
    public string? After { get; init; }

    public string Shown { get; private set; } = "mine";
    public DateOnly Today { get; private set; }
    public IReadOnlyList<string> Week { get; private set; } = [];
    public IReadOnlyList<Tile> Tiles { get; private set; } = [];
    public Facets Facets { get; private set; } = new("f", []);
    public WorkList Work { get; private set; } = new("", []);
    public Pager Pager { get; private set; } = new(null, null);

    /// <summary>How many things the shown list holds, without facets, in words.</summary>
    public string Count { get; private set; } = "";

    public Empty? Empty { get; private set; }

    /// <summary>The address under which the reader's calendar program finds what waits for him.</summary>
    public string Feed { get; private set; } = "";

    /// <summary>The secretary has no department's desk from which the templates of the school could be reached.</summary>
    public bool KeepsSchoolTemplates { get; private set; }

    public Home Home { get; private set; } = Home.Empty;

    /// <summary>What waits for his offices beside tasks.</summary>
    public IReadOnlyList<Notice> Standing { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        Today = viewer.Today;
        Feed = DueFeed.Address(protection, viewer.MemberId);
        Shown = Shows.Contains(Show) ? Show! : "mine";
        var home = (await members.FindAsync(viewer.MemberId, cancellation))!.OrganisationId;
        Week = Say(NearDays.Of(await calendars.ForAsync(home, cancellation), Today));
        await CountAsync(viewer, cancellation);
        Facets = FacetsFor(viewer);
        await ListAsync(viewer, cancellation);
        if (viewer.Represents.Count > 0)
            Home = await representatives.OfAsync(viewer, cancellation);
        Standing =
        [
            .. await standing.OfAsync(viewer, cancellation),
            .. Waiting("copies", await exchange.UnreadAsync(viewer.MemberId, cancellation)),
            .. Waiting("questions", await exchange.UnansweredAsync(viewer.MemberId, cancellation)),
        ];
        KeepsSchoolTemplates = viewer.At(Office.MotionSecretary).Count > 0;
    }

    /// <summary>What colleagues sent beside his tasks (抄送、沟通).</summary>
    private IEnumerable<Notice> Waiting(string what, int count) =>
        count == 0
            ? []
            :
            [
                new(
                    Status.Mine,
                    texts[$"{what}.waiting", count],
                    null,
                    new Link(texts[$"{what}.waiting.go"], $"/{what}")
                ),
            ];

    private IReadOnlyList<string> Say(NearDays near) =>
        [
            near.LastWorkday is { } last ? texts["desk.week.last", last] : texts["desk.week.over"],
            .. near.Off.Select(o => texts["desk.off", Dates.Range(o.From, o.To), Holidays.Name(texts, o.Name)]),
            .. near.MakeUp.Select(d => texts["desk.makeUp", d]),
        ];

    private async Task CountAsync(Viewer viewer, CancellationToken cancellation)
    {
        var counts = await lists.CountAsync(viewer, cancellation);
        Tiles =
        [
            Tile("overdue", counts.Overdue, Status.Late),
            Tile("week", counts.ThisWeek, Status.Soon, TaskLists.EndOfWeek(Today)),
            Tile("mine", counts.Mine, Status.Mine),
            Tile("others", counts.Others, Status.Wait),
        ];
        var count = Tiles.Single(t => t.Current).Count;
        Count = count < TaskLists.Bound ? texts["desk.count", count] : texts["desk.count.more", count];
    }

    private Tile Tile(string show, int count, Status status, DateOnly? until = null) =>
        new(texts["desk." + show], count, $"/?show={show}", status)
        {
            Note = count == 0 ? texts["desk.none"] : texts[$"desk.{show}.note", until],
            Current = show == Shown,
        };

    private Facets FacetsFor(Viewer viewer)
    {
        var departments = viewer
            .Offices.Select(o => organisations.SchoolOf(o.Organisation)?.Id)
            .OfType<Guid>()
            .Distinct()
            .SelectMany(organisations.Departments)
            .ToList();
        var human = StepCatalogue
            .Shipped.All.Where(s => s.Kind == StepKind.Human)
            .Select(s => new Choice(s.Name, steps.Step(s.Name)));
        return new Facets(
            "f",
            [
                new Facet("step", texts["desk.facet.step"], texts["desk.facet.step.all"], [.. human], Step),
                .. departments.Count < 2
                    ? Array.Empty<Facet>()
                    :
                    [
                        new Facet(
                            "department",
                            texts["desk.facet.department"],
                            texts["desk.facet.department.all"],
                            [.. departments.Select(d => new Choice(d.Id.ToString(), d.Name))],
                            Department?.ToString()
                        ),
                    ],
            ]
        )
        {
            Search = Search ?? "",
            Keep = new Dictionary<string, string> { ["show"] = Shown },
        };
    }

    private async Task ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        var others = Shown == "others";
        var filter = new TaskFilter(
            Search,
            Step,
            Department,
            Shown == "week" ? TaskLists.EndOfWeek(Today) : null,
            Shown == "overdue"
        );
        var slice = await lists.ListAsync(
            viewer,
            others ? TaskScope.Others : TaskScope.Mine,
            filter,
            PageSize,
            After,
            cancellation
        );
        var hosts = await own.HostsAsync([.. slice.Items.Select(i => i.CaseId)], cancellation);
        Work = new WorkList(
            texts["desk.caption", texts["desk." + Shown]],
            [.. slice.Items.Select(i => Row(i, others, hosts[i.CaseId]))]
        )
        {
            Batch = slice.Items.Count(i => !others && Plain(i)) > 1 ? "/tasks/batch" : null,
        };
        Pager = Paging.Of(Request, Kept, slice.Next, texts["desk.page.place"]);
        if (slice.Items.Count == 0)
            Empty = Facets.IsSet
                ? new Empty(texts["desk.empty.filtered"])
                : new Empty(
                    texts["desk.empty." + Shown],
                    texts["desk.empty.text"],
                    Shown == "mine"
                        ? new Link(texts["desk.empty.motions"], "/motions")
                        : new Link(texts["desk.empty.all"], "/?show=mine")
                );
    }

    /// <summary>Can be decided together with others of its step: one of its outcomes asks for nothing more.</summary>
    private static bool Plain(TaskItem item) =>
        StepCatalogue.Shipped.Find(item.Name) is { } step && Tasks.BatchModel.PlainOf(step, item.Outcomes).Any();

    private WorkRow Row(TaskItem item, bool others, IEnumerable<Guid> hosts)
    {
        var number = item.CaseNumber ?? texts["desk.noNumber"];
        var named = string.Join(texts["clock.separator"], hosts.Select(h => organisations.Find(h)?.Name));
        return new WorkRow(
            named.Length == 0 ? number : texts["desk.number", number, named],
            CaseWords.Title(texts, item),
            Address(item)
        )
        {
            Due = item is { DueDate: { } due, WorkdaysLeft: { } left }
                ? new Due(due, left, Today) { Provisional = item.Provisional }
                : null,
            Wanted =
                others ? steps.Step(item.Name)
                : item.ActingFor is { } principal ? texts["desk.actingFor", principal, words.Wanted(item.Name)]
                : words.Wanted(item.Name),
            Tick = !others && Plain(item) ? item.Id : null,
            Stamp = others
                ? blocks.Of(
                    new OpenTask(item.Name, item.Office, item.Who, item.OpenedAt) { Late = item.WorkdaysLeft < 0 },
                    Today
                )
                : null,
            Action = others
                ? new Link(texts["desk.look"], Address(item))
                : new Link(words.Do(item.Name), $"/tasks/{item.Id}"),
        };
    }

    private static string Address(TaskItem item) => CaseWords.Href(item.CaseKind, item.CaseId, item.Id);

    private Dictionary<string, string?> Kept =>
        new()
        {
            ["show"] = Shown,
            ["q"] = Search,
            ["step"] = Step,
            ["department"] = Department?.ToString(),
        };
}

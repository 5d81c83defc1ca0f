using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Department;

/// <summary>The department's desk: what it hosts or co-handles, until when, and who blocks.</summary>
[Authorize(Policy = Policies.Department)]
public sealed class IndexModel(
    Access access,
    DepartmentCases cases,
    DepartmentLoad load,
    OrganisationBook organisations,
    Blocks blocks,
    Texts texts
) : PageModel
{
    private const int PageSize = 20;

    [FromQuery]
    public string? Show { get; init; }

    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    /// <summary>One of several departments.</summary>
    [FromQuery(Name = "department")]
    public Guid? One { get; init; }

    [FromQuery]
    public string? After { get; init; }

    public DateOnly Today { get; private set; }
    public IReadOnlyList<Tile> Tiles { get; private set; } = [];
    public Facets Facets { get; private set; } = new("f", []);
    public IReadOnlyList<DepartmentCase> Items { get; private set; } = [];
    public Pager Pager { get; private set; } = new(null, null);
    public IReadOnlyList<ClerkLoad> Load { get; private set; } = [];

    /// <summary>Whose desk it is, in words.</summary>
    public string Departments { get; private set; } = "";

    public string Shown => Name(Chosen);

    private DepartmentShow Chosen =>
        Enum.TryParse<DepartmentShow>(Show, ignoreCase: true, out var show) && Enum.IsDefined(show)
            ? show
            : DepartmentShow.Open;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        Today = viewer.Today;
        var all = Access.Departments(viewer);
        IReadOnlyList<Guid> asked = One is { } one && all.Contains(one) ? [one] : all;
        Departments = string.Join(texts["clock.separator"], asked.Select(NameOf));
        var counts = await cases.CountAsync(viewer, asked, cancellation);
        Tiles =
        [
            Tile(DepartmentShow.Open, Status.Mine),
            Tile(DepartmentShow.Overdue, Status.Late),
            Tile(DepartmentShow.Answered, Status.Done),
            Tile(DepartmentShow.Following, Status.Wait),
        ];
        Facets = FacetsOf(all);
        var filter = new DepartmentFilter(asked, Chosen, Search);
        var slice = await cases.ListAsync(viewer, filter, PageSize, After, cancellation);
        Items = slice.Items;
        Pager = Paging.Of(Request, Kept, slice.Next, texts["department.page.place"]);
        Load = await load.OfAsync(asked, cancellation);

        Tile Tile(DepartmentShow show, Status status) =>
            new(texts["department." + Name(show)], counts[show], Address(show), status)
            {
                Note = counts[show] == 0 ? texts["department.none"] : texts[$"department.{Name(show)}.note"],
                Current = show == Chosen,
            };
    }

    public string NameOf(Guid department) => organisations.Find(department)?.Name ?? "";

    public IEnumerable<Stamp> BlocksOf(DepartmentCase item) => item.Open.Select(t => blocks.Of(t, Today));

    private Facets FacetsOf(IReadOnlyList<Guid> all) =>
        new(
            "f",
            all.Count < 2
                ? []
                :
                [
                    new Facet(
                        "department",
                        texts["department.facet.department"],
                        texts["department.facet.department.all"],
                        [.. all.Select(d => new Choice(d.ToString(), NameOf(d)))],
                        One?.ToString()
                    ),
                ]
        )
        {
            Search = Search ?? "",
            Keep = new Dictionary<string, string> { ["show"] = Shown },
        };

    private string Address(DepartmentShow show) =>
        $"/department?show={Name(show)}" + (One is { } one ? $"&department={one}" : "");

    private Dictionary<string, string?> Kept =>
        new()
        {
            ["show"] = Shown,
            ["q"] = Search,
            ["department"] = One?.ToString(),
        };

    private static string Name(DepartmentShow show) => show.ToString().ToLowerInvariant();
}

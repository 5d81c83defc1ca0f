using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace EduUnion.Host.Pages.Motions;

/// <summary>All motions that the viewer may see; the filter is the address, so a list can be sent.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class IndexModel(
    Access access,
    MotionList list,
    CongressBook congresses,
    OrganisationBook organisations,
    Texts texts
) : PageModel
{
    private const int PageSize = 25;

    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    [FromQuery]
    public Guid? Session { get; init; }

    [FromQuery]
    public string? State { get; init; }

    [FromQuery]
    public string? Category { get; init; }

    [FromQuery]
    public Guid? Host { get; init; }

    [FromQuery]
    public bool Own { get; init; }

    [FromQuery]
    public Guid? After { get; init; }

    public DateOnly Today { get; private set; }
    public Facets Facets { get; private set; } = new("f", []);
    public IReadOnlyList<MotionItem> Items { get; private set; } = [];
    public Pager Pager { get; private set; } = new(null, null);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        Today = viewer.Today;
        Facets = await FacetsAsync(viewer, cancellation);
        var slice = await list.ListAsync(viewer, Filter, PageSize, After, cancellation);
        Items = slice.Items;
        Pager = Paging.Of(Request, Kept, slice.Next, texts["motions.page.place"]);
    }

    /// <summary>The same motions as a register.</summary>
    public string Register => "/motions/register" + RegisterFilter.Query(Filter);

    private MotionFilter Filter => new(Search, Session, State, Category, Host, Own);

    public Tag StateOf(MotionItem item) => MotionWords.State(texts, Enum.Parse<MotionState>(item.State));

    private async Task<Facets> FacetsAsync(Viewer viewer, CancellationToken cancellation)
    {
        var schools = Schools(viewer);
        var several = schools.Count > 1;
        var sessions = await congresses.SessionsAsync(schools, cancellation);
        return new Facets(
            "f",
            [
                Facet(
                    "session",
                    sessions.Select(s => new Choice(
                        s.Id.ToString(),
                        several
                            ? $"{organisations.Find(s.SchoolId)?.Name} {MotionWords.Session(texts, s)}"
                            : MotionWords.Session(texts, s)
                    )),
                    Session?.ToString()
                ),
                Facet(
                    "state",
                    Enum.GetValues<MotionState>().Select(s => new Choice(s.ToString(), texts["state." + s])),
                    State
                ),
                Facet(
                    "category",
                    MotionContent.Categories.Select(c => new Choice(c, texts["category." + c])),
                    Category
                ),
                Facet(
                    "host",
                    schools.SelectMany(organisations.Departments).Select(d => new Choice(d.Id.ToString(), d.Name)),
                    Host?.ToString()
                ),
                Facet("own", [new Choice("true", texts["motions.facet.own.mine"])], Own ? "true" : null),
            ]
        )
        {
            Search = Search ?? "",
        };
    }

    private Facet Facet(string name, IEnumerable<Choice> options, string? value) =>
        new(name, texts["motions.facet." + name], texts[$"motions.facet.{name}.all"], [.. options], value);

    /// <summary>The schools whose motions the viewer may meet: his own, or all for the district.</summary>
    private IReadOnlyList<Guid> Schools(Viewer viewer)
    {
        var district = viewer.At(Office.DistrictOfficer, Office.DistrictChair, Office.Auditor);
        return
        [
            .. viewer
                .Offices.Select(o => organisations.SchoolOf(o.Organisation)?.Id)
                .OfType<Guid>()
                .Concat(viewer.Represents)
                .Concat(district.SelectMany(d => organisations.Schools(d)))
                .Distinct(),
        ];
    }

    private Dictionary<string, string?> Kept =>
        new()
        {
            ["q"] = Search,
            ["session"] = Session?.ToString(),
            ["state"] = State,
            ["category"] = Category,
            ["host"] = Host?.ToString(),
            ["own"] = Own ? "true" : null,
        };
}

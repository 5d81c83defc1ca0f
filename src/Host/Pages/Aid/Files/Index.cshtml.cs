using EduUnion.Domain.Aid;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Aid.Files;

/// <summary>The hardship files that the viewer may see; the filter is the address, so a list can be sent.</summary>
[Authorize(Policies.Member)]
public sealed class IndexModel(Access access, FileViews views, OrganisationBook organisations, Texts texts) : PageModel
{
    private const int PageSize = 25;

    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    [FromQuery]
    public FileState? State { get; init; }

    [FromQuery]
    public AidCategory? Category { get; init; }

    [FromQuery]
    public Guid? School { get; init; }

    [FromQuery]
    public string? Show { get; init; }

    [FromQuery]
    public string? After { get; init; }

    public Facets Facets { get; private set; } = new("f", []);
    public FilePage Found { get; private set; } = new([], null, 0);
    public Pager Pager { get; private set; } = new(null, null);

    /// <summary>Who keeps files starts the yearly verification too.</summary>
    public bool Campaigns { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var filter = new FileFilter(Search, State, Category, School, Show);
        Found = await views.ListAsync(filter, viewer, After, PageSize, cancellation);
        Campaigns = viewer.At(Office.SchoolUnionChair, Office.DistrictOfficer, Office.DistrictChair).Count > 0;
        Facets = new Facets("f", [States(), Categories(), .. Schools(viewer), Shows()]) { Search = Search ?? "" };
        Pager = Paging.Of(
            Request,
            [
                new("q", Search),
                new("state", State?.ToString()),
                new("category", Category?.ToString()),
                new("school", School?.ToString()),
                new("show", Show),
            ],
            Found.Next,
            texts["aidfiles.from", After ?? ""]
        );
    }

    public static Status StatusOf(FileState state) =>
        state switch
        {
            FileState.Active => Status.Done,
            FileState.Frozen => Status.Late,
            _ => Status.Wait,
        };

    private Facet States() => Of("state", texts.Choices<FileState>(), State?.ToString());

    private Facet Categories() => Of("category", texts.Choices<AidCategory>(), Category?.ToString());

    private Facet Shows() => Of("show", FileFilter.Shows.Select(s => new Choice(s, texts["aidfiles.show." + s])), Show);

    /// <summary>For whoever sees more than one.</summary>
    private IEnumerable<Facet> Schools(Viewer viewer)
    {
        var districts = viewer.At(Office.DistrictOfficer, Office.DistrictChair, Office.Auditor);
        if (districts.Count > 0)
            yield return Of(
                "school",
                organisations
                    .All()
                    .Where(o => o.Kind == OrganisationKind.School && districts.Contains(o.ParentId ?? Guid.Empty))
                    .Select(o => new Choice(o.Id.ToString(), o.Name)),
                School?.ToString()
            );
    }

    private Facet Of(string name, IEnumerable<Choice> options, string? value) =>
        new(name, texts["aidfiles.facet." + name], texts[$"aidfiles.facet.{name}.all"], [.. options], value);
}

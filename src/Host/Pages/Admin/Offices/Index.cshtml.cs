using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Offices;

/// <summary>Who holds what at the district's office or at one school and its departments: now, later, before.</summary>
[Authorize(Policies.Administrator)]
public sealed class IndexModel(OfficeChanges offices, OrganisationBook organisations, Texts texts, TimeProvider time)
    : PageModel
{
    private static readonly string[] Shows = ["now", "coming", "past"];

    public Organisation Place { get; private set; } = null!;
    public string Show { get; private set; } = Shows[0];
    public Facets Facets { get; private set; } = new("f", []);
    public IReadOnlyList<Tab> Tabs { get; private set; } = [];
    public IReadOnlyList<HeldOffice> Rows { get; private set; } = [];
    public DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(Guid? organisation, string? show, CancellationToken cancellation)
    {
        var places = organisations.All().Where(o => o.Kind != OrganisationKind.Department).ToList();
        if ((organisation is null ? places.FirstOrDefault() : places.Find(o => o.Id == organisation)) is not { } place)
            return NotFound();
        Place = place;
        Show = Shows.Contains(show) ? show! : Shows[0];
        Facets = new(
            "f",
            [
                new Facet(
                    "organisation",
                    texts["offices.where"],
                    places[0].Name,
                    [.. places.Skip(1).Select(o => new Choice(o.Id.ToString(), o.Name))],
                    organisation?.ToString()
                ),
            ]
        )
        {
            Keep = new Dictionary<string, string> { ["show"] = Show },
        };
        var all = await offices.ListAsync(
            [place.Id, .. organisations.Departments(place.Id).Select(d => d.Id)],
            null,
            cancellation
        );
        var byTab = all.ToLookup(TabOf);
        Tabs =
        [
            .. Shows.Select(s => new Tab(
                texts["offices." + s],
                $"?organisation={place.Id}&show={s}",
                s == Show,
                byTab[s].Count()
            )),
        ];
        Rows = [.. Show == "past" ? byTab[Show] : byTab[Show].OrderBy(h => h.Office).ThenBy(h => h.OrganisationId)];
        return Page();
    }

    private string TabOf(HeldOffice held) =>
        HeldList.IsPast(held, Today) ? "past"
        : held.From > Today ? "coming"
        : "now";
}

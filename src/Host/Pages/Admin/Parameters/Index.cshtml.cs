using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Parameters;

/// <summary>Parameters of one family.</summary>
public sealed record ParameterGroup(string Family, IReadOnlyList<ParameterLine> Lines);

/// <summary>All parameters as they hold for one organisation today, grouped, with a search.</summary>
[Authorize(Policies.ParametersRead)]
public sealed class IndexModel(
    ParameterBook book,
    ParameterScopes scopes,
    ParameterWords words,
    OrganisationBook organisations,
    Texts texts
) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "organisation")]
    public Guid? OrganisationId { get; set; }

    [BindProperty(SupportsGet = true, Name = "family")]
    public string? Family { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    public Organisation Organisation { get; private set; } = null!;

    public ParameterReach Reach { get; private set; } = null!;

    public IReadOnlyList<ParameterGroup> Groups { get; private set; } = [];

    /// <summary>Somebody looks for something: the groups that hold it stand open.</summary>
    public bool IsSought => !string.IsNullOrEmpty(Family) || !string.IsNullOrEmpty(Search);

    public Facets Facets =>
        new(
            "f",
            [
                new(
                    "organisation",
                    texts["parameter.organisation"],
                    Default.Name,
                    [.. Reach.Read.Where(o => o.Id != Default.Id).Select(o => new Choice(o.Id.ToString(), o.Name))],
                    Organisation.Id == Default.Id ? "" : Organisation.Id.ToString()
                ),
                new(
                    "family",
                    texts["parameter.family"],
                    texts["parameter.family.all"],
                    [
                        .. ParameterWords
                            .Families.Select(f => f.Family)
                            .Append(ParameterWords.OtherFamily)
                            .Select(f => new Choice(f, texts["parameter.family." + f])),
                    ],
                    Family
                ),
            ]
        )
        {
            Search = Search ?? "",
        };

    /// <summary>A school's office sees its own school first; whoever sets values begins with the district.</summary>
    private Organisation Default => Reach.WritesNothing ? Reach.Read[^1] : Reach.Read[0];

    public string Source(Parameter row) => texts[$"parameter.level.{Level(row, organisations)}"];

    internal static string Level(Parameter row, OrganisationBook organisations) =>
        row.OrganisationId is not { } id ? "system"
        : organisations.Find(id)?.Kind == OrganisationKind.District ? "district"
        : "school";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        ModelState.Clear();
        Reach = await scopes.OfAsync(User.MemberId(), cancellation);
        if (Reach.Read.FirstOrDefault(o => o.Id == OrganisationId) is { } chosen)
            Organisation = chosen;
        else if (OrganisationId is not null || Reach.Read.Count == 0)
            return NotFound();
        else
            Organisation = Default;
        var lines = await book.ListAsync(Organisation.Id, cancellation);
        var families = ParameterWords.Families.Select(f => f.Family).Append(ParameterWords.OtherFamily).ToList();
        Groups =
        [
            .. lines
                .Where(l => Matches(l.Key))
                .GroupBy(l => ParameterWords.FamilyOf(l.Key.Key))
                .Where(g => string.IsNullOrEmpty(Family) || g.Key == Family)
                .OrderBy(g => families.IndexOf(g.Key))
                .Select(g => new ParameterGroup(g.Key, [.. g])),
        ];
        return Page();
    }

    private bool Matches(ParameterKey key) =>
        string.IsNullOrWhiteSpace(Search)
        || new[] { key.Key, words.Name(key) }.Any(t => t.Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase));
}

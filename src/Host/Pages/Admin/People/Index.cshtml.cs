using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.People;

/// <summary>The register of members; the filter is the address, so a list can be sent.</summary>
[Authorize(Policies.Administrator)]
public sealed class IndexModel(
    EduUnionDb db,
    MemberList list,
    OrganisationBook organisations,
    AdminLog log,
    Texts texts,
    TimeProvider time
) : PageModel
{
    private const int PageSize = 25;

    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    [FromQuery]
    public Guid? Organisation { get; init; }

    [FromQuery]
    public MemberKind? Kind { get; init; }

    [FromQuery]
    public string? State { get; init; }

    [FromQuery]
    public Guid? After { get; init; }

    [FromQuery]
    public Guid? Before { get; init; }

    public Facets Facets { get; private set; } = new("f", []);
    public IReadOnlyList<MemberItem> Items { get; private set; } = [];
    public Pager Pager { get; private set; } = new(null, null);

    public string ExportAddress => Address([]);

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    private MemberFilter Filter => new(Search, Organisation, Kind, State);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Facets = new("f", [Places(), Kinds(), States()]) { Search = Search ?? "" };
        var page = await list.ListAsync(Filter, Today, After, Before, PageSize, cancellation);
        Items = page.Items;
        Pager = new(
            page.Before is { } before ? Address([new("before", before.ToString())]) : null,
            page.After is { } after ? Address([new("after", after.ToString())]) : null
        );
    }

    /// <summary>Exactly the filtered list, all pages of it. Whoever takes it away is on the record.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var members = await list.AllAsync(Filter, Today, cancellation);
        log.Add(User.MemberId(), "member.exported", $"{members.Count}");
        await db.SaveChangesAsync(cancellation);
        return File(MemberImport.Export(members, organisations), "text/csv; charset=utf-8", "members.csv");
    }

    public string NameOf(Guid organisation) => organisations.Find(organisation)?.Name ?? "";

    public Tag StateOf(MemberItem item) =>
        item.LeftOn <= Today ? new(texts["people.isLeft", item.LeftOn!.Value], Status.Wait)
        : item.JoinedOn > Today ? new(texts["people.isComing", item.JoinedOn!.Value], Status.Wait)
        : item.LockedAt is not null ? new(texts["people.isLocked"], Status.Late)
        : new(texts["people.isActive"], Status.Done);

    private Facet Places() =>
        Facet(
            "organisation",
            organisations
                .All()
                .Where(o => o.Kind != OrganisationKind.Department)
                .Select(o => new Choice(o.Id.ToString(), o.Name)),
            Organisation?.ToString()
        );

    private Facet Kinds() =>
        Facet(
            "kind",
            Enum.GetValues<MemberKind>().Select(k => new Choice(k.ToString(), texts["memberkind." + k])),
            Kind?.ToString()
        );

    private Facet States() =>
        Facet("state", MemberFilter.States.Select(s => new Choice(s, texts["people.state." + s])), State);

    private Facet Facet(string name, IEnumerable<Choice> options, string? value) =>
        new(name, texts["people.facet." + name], texts[$"people.facet.{name}.all"], [.. options], value);

    private string Address(KeyValuePair<string, string?>[] more) =>
        "/admin/people"
        + QueryString.Create(
            new KeyValuePair<string, string?>[]
            {
                new("q", Search),
                new("organisation", Organisation?.ToString()),
                new("kind", Kind?.ToString()),
                new("state", State),
            }
                .Concat(more)
                .Where(p => !string.IsNullOrEmpty(p.Value))
        );
}

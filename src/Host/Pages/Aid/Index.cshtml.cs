using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Sheets;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Aid;

/// <summary>An application of the viewer's own, with its stage line.</summary>
public sealed record OwnAid(
    string? Number,
    string Href,
    DateTimeOffset OpenedAt,
    Tag State,
    Stages Stages,
    bool IsDraft
);

/// <summary>
/// Where aid begins for everybody: one's own applications and file; below it, for the union, the district and the auditor,
/// the applications of others.
/// </summary>
[Authorize(Policies.Member)]
public sealed class IndexModel(
    EduUnionDb db,
    Access access,
    AidAccess aid,
    AidCases cases,
    AidList list,
    AidCommands commands,
    MemberBook members,
    OrganisationBook organisations,
    Texts texts
) : FormPage(texts)
{
    private const int PageSize = 25;
    private const int MostExported = 5000;
    private Viewer _viewer = null!;

    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    [FromQuery]
    public AidState? State { get; init; }

    [FromQuery]
    public Guid? School { get; init; }

    [FromQuery]
    public AidCategory? Category { get; init; }

    [FromQuery]
    public CauseGroup? Cause { get; init; }

    [FromQuery]
    public int? Year { get; init; }

    [FromQuery]
    public int? Paid { get; init; }

    [FromQuery]
    public Guid? After { get; init; }

    public IReadOnlyList<OwnAid> Mine { get; private set; } = [];

    /// <summary>What the viewer is writing for somebody else.</summary>
    public IReadOnlyList<(string Title, string Href, string Note)> Writing { get; private set; } = [];

    public AidFileRow? OwnFile { get; private set; }
    public Facets Facets { get; private set; } = new("f", []);
    public IReadOnlyList<AidItem> Items { get; private set; } = [];
    public Pager Pager { get; private set; } = new(null, null);

    public bool IsChair => _viewer.At(Office.SchoolUnionChair).Count > 0;

    public bool MayReport => _viewer.At(Office.SchoolUnionChair, Office.GroupLeader).Count > 0;

    public bool SeesOthers => SeesCauses || _viewer.At(Office.Finance).Count > 0;

    private bool SeesCauses =>
        _viewer
            .At(
                Office.SchoolUnionChair,
                Office.AidCommittee,
                Office.DistrictOfficer,
                Office.DistrictChair,
                Office.DistrictViceChair,
                Office.Auditor
            )
            .Count > 0;

    public string Export =>
        "/aid?handler=export&" + string.Join('&', Given.Select(g => $"{g.Key}={Uri.EscapeDataString(g.Value!)}"));

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (!SeesOthers)
            return;
        Facets = FacetsOf();
        var slice = await list.ListAsync(_viewer, Filter, PageSize, After, cancellation);
        Items = slice.Items;
        Pager = Paging.Of(Request, Given, slice.Next, Words["aid.page.place"]);
    }

    /// <summary>Exactly the filtered list; no column tells who it is about.</summary>
    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellation)
    {
        _viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (!SeesOthers)
            return StatusCode(StatusCodes.Status403Forbidden);
        var all = await list.ListAsync(_viewer, Filter, MostExported, null, cancellation);
        return File(
            AidSheet.Of(all.Items, Words),
            Workbook.ContentType,
            $"{Words["aid.all"]} {Dates.Machine(_viewer.Today)}.xlsx"
        );
    }

    /// <summary>Begins an application: an empty draft that only its author sees.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var self = await members.FindAsync(User.MemberId(), cancellation);
        var begun = await commands.ApplyAsync(
            AidContent.Empty with
            {
                Person = AidPerson.Nobody with { Name = self?.Name ?? "" },
            },
            new Dictionary<ConsentKind, string>(),
            HttpContext.Asker(Typed.Of(Request.Form)),
            cancellation
        );
        if (begun.IsOk)
            return Redirect($"/aid/{begun.Value.CaseId}/apply");
        await LoadAsync(cancellation);
        return Again(begun.Refusal);
    }

    private AidFilter Filter =>
        new(Search, State, School, Category, Cause, Year, Own: Paid is null ? false : null) { Paid = Paid };

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        _viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var member = _viewer.MemberId;
        var mine = await aid.Visible(_viewer)
            .AsNoTracking()
            .Where(c => c.Kind == AidCase.KindName)
            .Where(c => c.StarterId == member || c.Parties.Any(p => p.PartyId == member && p.Role == PartyRole.Author))
            .OrderByDescending(c => c.OpenedAt)
            .Take(50)
            .ToListAsync(cancellation);
        Mine = [.. mine.Where(c => c.StarterId == member).Select(OwnOf)];
        Writing = await WritingAsync(
            [.. mine.Where(c => c.StarterId != member && c.Number == null && c.ClosedAt == null)],
            cancellation
        );
        OwnFile = await db.Set<AidFileRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(f => f.MemberId == member, cancellation);
    }

    private OwnAid OwnOf(CaseRow row)
    {
        var application = cases.ApplicationOf(row);
        var draft = application.State is AidState.Draft or AidState.Supplement;
        return new OwnAid(
            row.Number,
            draft && application.AuthorId == _viewer.MemberId ? $"/aid/{row.Id}/apply" : $"/aid/{row.Id}",
            row.OpenedAt,
            AidStages.Tag(application.State, Words),
            AidStages.Of(application, Words) with
            {
                Label = row.Number ?? Words["aid.noNumber"],
            },
            draft
        );
    }

    private async Task<IReadOnlyList<(string, string, string)>> WritingAsync(
        IReadOnlyList<CaseRow> rows,
        CancellationToken cancellation
    )
    {
        var names = await members.NamesAsync([.. rows.Select(r => r.StarterId)], cancellation);
        return
        [
            .. rows.Select(r =>
                (
                    Words["aid.writing.for", names.GetValueOrDefault(r.StarterId, "")],
                    $"/aid/{r.Id}/apply",
                    Dates.Instant(r.ChangedAt)
                )
            ),
        ];
    }

    private Facets FacetsOf() =>
        new(
            "f",
            [
                Facet(
                    "state",
                    Enum.GetValues<AidState>().Where(s => s > AidState.Draft || s == AidState.Urgent),
                    State
                ),
                .. Schools() is { Count: > 1 } schools
                    ?
                    [
                        new Facet(
                            "school",
                            Words["aid.school"],
                            Words["aid.facet.school.all"],
                            [.. schools.Select(s => new Choice(s.ToString(), organisations.Find(s)?.Name ?? ""))],
                            School?.ToString()
                        ),
                    ]
                    : Array.Empty<Facet>(),
                // Who only pays knows neither category nor cause.
                .. SeesCauses
                    ?
                    [
                        Facet("category", Enum.GetValues<AidCategory>(), Category),
                        Facet("cause", Enum.GetValues<CauseGroup>(), Cause),
                    ]
                    : Array.Empty<Facet>(),
                YearFacet("year", Year),
                YearFacet("paid", Paid),
            ]
        )
        {
            Search = Search ?? "",
        };

    private Facet YearFacet(string name, int? chosen) =>
        new(
            name,
            Words["aid.facet." + name],
            Words[$"aid.facet.{name}.all"],
            [.. Enumerable.Range(0, 5).Select(i => $"{_viewer.Today.Year - i}").Select(y => new Choice(y, y))],
            chosen?.ToString()
        );

    private Facet Facet<T>(string name, IEnumerable<T> values, T? chosen)
        where T : struct, Enum =>
        new(
            name,
            Words["aid.facet." + name],
            Words[$"aid.facet.{name}.all"],
            [.. values.Select(v => new Choice(v.ToString(), Words.Word<T>(v)))],
            chosen?.ToString()
        );

    /// <summary>The schools whose applications the viewer may meet.</summary>
    private IReadOnlyList<Guid> Schools() =>
        [
            .. _viewer
                .At(Office.SchoolUnionChair, Office.AidCommittee)
                .Concat(
                    _viewer
                        .At(
                            Office.DistrictOfficer,
                            Office.DistrictChair,
                            Office.DistrictViceChair,
                            Office.Auditor,
                            Office.Finance
                        )
                        .SelectMany(organisations.Schools)
                )
                .Distinct(),
        ];

    private IEnumerable<KeyValuePair<string, string?>> Given =>
        new Dictionary<string, string?>
        {
            ["q"] = Search,
            ["state"] = State?.ToString(),
            ["school"] = School?.ToString(),
            ["category"] = Category?.ToString(),
            ["cause"] = Cause?.ToString(),
            ["year"] = Year?.ToString(),
            ["paid"] = Paid?.ToString(),
        }.Where(g => !string.IsNullOrEmpty(g.Value));
}

using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Congress;

/// <summary>Which schools have reported of their sessions, and which have not (domain §2.12).</summary>
[Authorize(Policies.SessionReports)]
public sealed class ReportsModel(
    CongressAccess access,
    ReportBook reports,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
) : PageModel
{
    private const int SchoolYearBegins = 9;

    public IReadOnlyList<Tab> Tabs { get; private set; } = [];
    public IReadOnlyList<ReportItem> Items { get; private set; } = [];

    /// <summary>A congress meets at least once a school year (domain §2.1).</summary>
    public IReadOnlyList<Organisation> Silent { get; private set; } = [];
    public DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(string? state, CancellationToken cancellation)
    {
        if (await access.DistrictAsync(User.MemberId(), cancellation) is not { } district)
            return NotFound();
        var schools = organisations.Schools(district);
        var all = await reports.ListAsync(schools, Today.AddYears(-1), cancellation);
        var shown = Enum.TryParse<ReportStanding>(state, true, out var one) ? one : (ReportStanding?)null;
        Items = [.. all.Where(i => shown is null || i.Standing == shown)];
        Tabs =
        [
            new(texts["report.list.all"], "/congress/reports", shown is null, all.Count),
            .. new[]
            {
                ReportStanding.Overdue,
                ReportStanding.Soon,
                ReportStanding.Open,
                ReportStanding.Submitted,
            }.Select(s => new Tab(
                texts["report.standing." + s],
                $"?state={s.ToString().ToLowerInvariant()}",
                shown == s,
                all.Count(i => i.Standing == s)
            )),
        ];
        var began = new DateOnly(Today.Year - (Today.Month < SchoolYearBegins ? 1 : 0), SchoolYearBegins, 1);
        var met = all.Where(i => i.Session.OpensOn >= began).Select(i => i.Session.SchoolId).ToHashSet();
        Silent = [.. schools.Where(s => !met.Contains(s)).Select(s => organisations.Find(s)!)];
        return Page();
    }
}

using System.Text;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Statistics;

/// <summary>The statistics of domain §2.10; the filter is the address, so that what one sees can be sent.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class IndexModel(
    Access access,
    StatisticsScopes scopes,
    StatisticsBook book,
    Breakdowns breakdowns,
    ScopeWords words,
    Texts texts
) : PageModel
{
    /// <summary>How many sessions back the table by session goes.</summary>
    private const int Sessions = 6;

    [BindProperty(SupportsGet = true, Name = "")]
    public StatisticsFilter Filter { get; init; } = new();

    public StatisticsScope Scope { get; private set; } = null!;
    public string ScopeName { get; private set; } = "";
    public DateOnly Today { get; private set; }
    public IReadOnlyList<Facet> Facets { get; private set; } = [];
    public StatisticsView View { get; private set; } = null!;

    /// <summary>Null where the departments of many schools would be told.</summary>
    public BarChart? Departments { get; private set; }
    public BarChart Categories { get; private set; } = null!;
    public IReadOnlyList<BreakdownTable> Tables { get; private set; } = [];
    public string Csv => Scope.Address("/statistics", ("handler", "Csv"));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var resolved = await scopes.ForgivingAsync(viewer, Filter.Question, cancellation);
        if (!resolved.IsOk)
            return StatusCode(FormErrors.Status(resolved.Refusal));
        (Scope, Today) = (resolved.Value, viewer.Today);
        ScopeName = words.Of(Scope);
        Facets = words.Facets(Scope);
        var (view, lines) = await CountAsync(cancellation);
        View = view;
        Departments = lines.TryGetValue(BreakdownBy.Department, out var departments)
            ? View.Departments(departments)
            : null;
        Categories = View.Categories(lines[BreakdownBy.Category]);
        Tables = [.. lines.Where(l => l.Value.Count > 0).Select(l => View.Table(l.Key, l.Value))];
        return Page();
    }

    /// <summary>Every figure of the page, one a line, for Excel.</summary>
    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var resolved = await scopes.ForgivingAsync(viewer, Filter.Question, cancellation);
        if (!resolved.IsOk)
            return StatusCode(FormErrors.Status(resolved.Refusal));
        Scope = resolved.Value;
        var sessions = Read();
        var counted = await book.CountAsync(sessions, Scope.AsOf, cancellation);
        var satisfies = (await book.SatisfyingAsync(sessions, cancellation)).Count > 0;
        var sheet = new FigureSheet(texts, satisfies);
        sheet.Add(words.Of(Scope), texts["statistics.total"], Scope.Of(counted), Scope.AsOf);
        foreach (var (by, lines) in Lines(counted))
        foreach (var line in lines)
            sheet.Add(
                texts["statistics.breakdown." + StatisticsView.FigureKey(by)],
                line.Name,
                line.Counted,
                Scope.AsOf
            );
        // With a byte order mark, without which Excel takes it for the local code page.
        return File(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(sheet.ToString())],
            "text/csv; charset=utf-8",
            $"statistics-{Dates.Machine(Scope.AsOf)}.csv"
        );
    }

    private async Task<(StatisticsView, IReadOnlyDictionary<BreakdownBy, IReadOnlyList<BreakdownLine>>)> CountAsync(
        CancellationToken cancellation
    )
    {
        var sessions = Read();
        var counted = await book.CountAsync(sessions, Scope.AsOf, cancellation);
        var satisfies = (await book.SatisfyingAsync(sessions, cancellation)).Count > 0;
        return (new StatisticsView(Scope, counted, satisfies, texts), Lines(counted).ToDictionary());
    }

    /// <summary>The sessions of the scope and, for one school, those before them.</summary>
    private IReadOnlyCollection<Domain.Congresses.CongressSession> Read() =>
        Scope.IsOneSchool
            ? [.. Scope.Sessions.Concat(Scope.Known.Take(Sessions)).DistinctBy(s => s.Id)]
            : Scope.Sessions;

    private IEnumerable<KeyValuePair<BreakdownBy, IReadOnlyList<BreakdownLine>>> Lines(
        Domain.Statistics.MotionStatistics counted
    )
    {
        // The departments of many schools are a page each: choose a school.
        BreakdownBy[] shown = Scope.IsOneSchool
            ? [BreakdownBy.Department, BreakdownBy.Category, BreakdownBy.Session]
            : [BreakdownBy.School, BreakdownBy.Category, BreakdownBy.Session];
        return shown.Select(by => KeyValuePair.Create(by, breakdowns.Of(Scope, counted, by)));
    }
}

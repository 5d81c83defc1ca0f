using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.People;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Statistics;

/// <summary>Exactly the motions that a figure counted, as far as the viewer may see them.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class CasesModel(
    Access access,
    StatisticsScopes scopes,
    StatisticsBook book,
    FigureCases cases,
    ScopeWords words,
    Texts texts
) : PageModel
{
    private const int PageSize = 25;

    [BindProperty(SupportsGet = true, Name = "")]
    public StatisticsFilter Filter { get; init; } = new();

    /// <summary>Key of a figure, or of a number beside the rates.</summary>
    [FromQuery]
    public string? Figure { get; init; }

    /// <summary><c>denominator</c>, else the numerator.</summary>
    [FromQuery]
    public string? Part { get; init; }

    [FromQuery]
    public Guid? After { get; init; }

    public StatisticsScope Scope { get; private set; } = null!;
    public string ScopeName { get; private set; } = "";
    public string Name { get; private set; } = "";
    public Figure? Counted { get; private set; }
    public string? Definition { get; private set; }
    public Sample Sample { get; private set; } = new(0, []);
    public FigureSlice Slice { get; private set; } = new([], 0, null);
    public Pager Pager { get; private set; } = new(null, null);
    public DateOnly Today { get; private set; }

    public bool IsDenominator => Part == "denominator";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var (figure, tally) = (FigureWords.Figure(Figure), FigureWords.Tally(Figure));
        if (figure is null && tally is null)
            return NotFound();
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var resolved = await scopes.ForgivingAsync(viewer, Filter.Question, cancellation);
        if (!resolved.IsOk)
            return StatusCode(FormErrors.Status(resolved.Refusal));
        (Scope, Today) = (resolved.Value, viewer.Today);
        ScopeName = words.Of(Scope);
        var counted = Scope.Of(await book.CountAsync(Scope.Sessions, Scope.AsOf, cancellation));
        if (figure is { } kind)
        {
            Counted = counted[kind];
            Name = FigureWords.Name(texts, kind);
            var satisfies = (await book.SatisfyingAsync(Scope.Sessions, cancellation)).Count > 0;
            Definition = FigureWords.Definition(texts, kind, satisfies);
            Sample = IsDenominator ? Counted.Denominator : Counted.Numerator;
        }
        else
        {
            Name = FigureWords.Name(texts, tally!.Value);
            Sample = counted[tally.Value];
        }
        Slice = await cases.ListAsync(viewer, Scope, Sample, PageSize, After, cancellation);
        Pager = new Pager(null, Slice.Next is { } next ? Address(next) : null)
        {
            Place = After is null ? null : texts["statistics.place"],
        };
        return Page();
    }

    public Tag StateOf(MotionItem item) => MotionWords.State(texts, Enum.Parse<MotionState>(item.State));

    private string Address(Guid after) =>
        Scope.Address("/statistics/cases", ("figure", Figure), ("part", Part), ("after", after.ToString()));
}

using System.Globalization;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Statistics;

/// <summary>A year of hardship aid: numbers and rates with their definitions, and what was paid, in four tables.</summary>
[Authorize(Policies.Member)]
public sealed class AidModel(Access access, AidStatisticsBook book, Texts texts) : PageModel
{
    [FromQuery]
    public int? Year { get; set; }

    [FromQuery]
    public Guid? School { get; set; }

    public AidFigures Figures { get; private set; } = null!;
    public IReadOnlyList<(string Value, string Text)> Schools { get; private set; } = [];
    public IReadOnlyList<int> Years { get; private set; } = [];
    public bool IsEmpty => Figures.Tallies.All(t => t.Count == 0) && Figures.Paid.Times == 0;

    public IEnumerable<BarChart> Charts =>
        Figures
            .Tables.Where(t => t.Rows.Count > 0)
            .Select(t => new BarChart(
                t.Key,
                t.Name,
                texts["aid.by.text"],
                t.Name,
                texts["aid.sum.amount"],
                texts["aid.sum.persons-times"],
                [.. t.Rows.Select(r => BarOf(t, r))],
                BarOf(null, Figures.Paid)
            ));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (!AidStatisticsBook.MayRead(viewer))
            return Forbid();
        // What was typed into the address and is no year or no school of his counts as left out.
        var scope = book.Scope(viewer, ModelState.IsValid ? Year : null, ModelState.IsValid ? School : null);
        if (!scope.IsOk)
            scope = book.Scope(viewer, null, null);
        var counted = await book.CountAsync(scope.Value, cancellation);
        var funds = await book.FundsAsync(counted, cancellation);
        Figures = AidFigures.Of(scope.Value, counted, funds, book.SchoolName, texts);
        School = scope.Value.Schools is [var only] ? only : null;
        Schools = [.. book.Reach(viewer).Select(s => (s.ToString(), book.SchoolName(s)))];
        Years = [.. Enumerable.Range(0, 5).Select(back => viewer.Today.Year - back)];
        return Page();
    }

    private Bar BarOf(AidTable? table, AidSumFigure sum)
    {
        var longest = table?.Rows.Max(r => r.AmountFen) ?? 0;
        return new Bar(
            sum.Name,
            new Money(sum.AmountFen).ToString(),
            Cases(table, sum),
            longest > 0 ? (int)(sum.AmountFen * 1000 / longest) : null,
            texts["aid.sum.of", sum.Persons, sum.Times]
        );
    }

    /// <summary>The list of what was paid in the year, with the facet that is counted; a fund is none of its facets.</summary>
    private string Cases(AidTable? table, AidSumFigure sum)
    {
        var year = Figures.Year.ToString(CultureInfo.InvariantCulture);
        return table?.Key switch
        {
            "cause" or "category" => $"/aid?paid={year}&{table.Key}={char.ToUpperInvariant(sum.Key[0])}{sum.Key[1..]}",
            "school" => $"/aid?paid={year}&school={sum.Key}",
            _ => $"/aid?paid={year}",
        };
    }
}

using System.Globalization;
using System.Text;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Sheets;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Statistics;

/// <summary>Figures as comma-separated lines (RFC 4180) under one line of headings.</summary>
public sealed class FigureSheet
{
    private readonly StringBuilder _lines = new();
    private readonly Texts _texts;
    private readonly bool _lapseSatisfies;

    public FigureSheet(Texts texts, bool lapseSatisfies)
    {
        (_texts, _lapseSatisfies) = (texts, lapseSatisfies);
        Line(
            texts["statistics.facet.asOf"],
            texts["statistics.scope"],
            texts["statistics.group"],
            texts["statistics.figure"],
            texts["statistics.numerator"],
            texts["statistics.denominator"],
            texts["statistics.value"],
            texts["statistics.definition"]
        );
    }

    public void Add(string scope, string group, MotionStatistics counted, DateOnly asOf)
    {
        var day = Dates.Machine(asOf);
        foreach (var tally in counted.Tallies)
            Line(day, scope, group, FigureWords.Name(_texts, tally.Kind), Number(tally.Sample.Count), "", "", "");
        foreach (var figure in counted.Figures)
            Line(
                day,
                scope,
                group,
                FigureWords.Name(_texts, figure.Kind),
                Number(figure.Numerator.Count),
                Number(figure.Denominator.Count),
                figure.Value,
                FigureWords.Definition(_texts, figure.Kind, _lapseSatisfies)
            );
    }

    public override string ToString() => _lines.ToString();

    private void Line(params IEnumerable<string> cells) =>
        _lines.AppendJoin(',', cells.Select(CsvText.Cell)).Append("\r\n");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using EduUnion.Domain.Statistics;

namespace EduUnion.Host.Pages.Statistics;

/// <summary>A rate with everything that is printed beside it.</summary>
/// <param name="Cases">Where its numerator is listed; the denominator's list is null where people are counted.</param>
public sealed record RateCell(
    string Name,
    Figure Figure,
    string Unit,
    string DenominatorUnit,
    string Definition,
    string Cases,
    string? DenominatorCases
);

/// <summary>Rates that belong together, under a heading.</summary>
public sealed record RateGroup(string Id, string Title, IReadOnlyList<RateCell> Rates)
{
    /// <summary>How many stand in a row of a wide window.</summary>
    public int Columns => Rates.Count % 4 == 0 ? 4 : Rates.Count;
}

/// <summary>A number with the list of what it counts; null = people, who are not listed.</summary>
/// <param name="Name">Read aloud before the number.</param>
public sealed record CountCell(string Name, int Count, string? Cases);

/// <summary>One bar of a chart whose figures stand in the same table.</summary>
/// <param name="Width">In tenths of a per cent of the longest bar, 0 to 1000; null = there is nothing to draw.</param>
/// <param name="Detail">Numerator and denominator, or the share.</param>
public sealed record Bar(string Name, string Value, string Cases, int? Width, string Detail, bool IsLow = false);

/// <summary>A chart of bars: it is a table, and the bars are drawn into it.</summary>
public sealed record BarChart(
    string Id,
    string Title,
    string Text,
    string Label,
    string ValueLabel,
    string DetailLabel,
    IReadOnlyList<Bar> Bars,
    Bar? Total = null,
    string? Note = null
);

/// <summary>One column of a chart.</summary>
/// <param name="Height">In per cent of the highest column.</param>
public sealed record Column(string Name, int Count, string Cases, int Height);

/// <summary>A table by school, department, category or session.</summary>
public sealed record BreakdownTable(
    string Id,
    string Title,
    string Label,
    IReadOnlyList<string> Columns,
    IReadOnlyList<BreakdownRow> Rows
);

public sealed record BreakdownRow(string Name, string Address, CountCell Count, IReadOnlyList<BreakdownCell> Cells);

public sealed record BreakdownCell(string Name, Figure Figure, string Cases);

using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EduUnion.Host.Documents.Word;

/// <summary>A ruled table of fixed columns.</summary>
internal static class WordTable
{
    private const int Millimetre = 57;

    public static Table Of(Grid grid, int width)
    {
        var columns = grid.Widths.Select(w => width * w / 100).ToList();
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = $"{columns.Sum()}", Type = TableWidthUnitValues.Dxa },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                Rules(),
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableCellMarginDefault(
                    new TopMargin { Width = "57", Type = TableWidthUnitValues.Dxa },
                    new TableCellLeftMargin { Width = 100, Type = TableWidthValues.Dxa },
                    new BottomMargin { Width = "57", Type = TableWidthUnitValues.Dxa },
                    new TableCellRightMargin { Width = 100, Type = TableWidthValues.Dxa }
                )
            ),
            new TableGrid(columns.Select(c => new GridColumn { Width = $"{c}" }))
        );
        foreach (var (row, at) in grid.Rows.Select((r, i) => (r, i)))
            table.Append(Of(row, columns, named: grid.Headed && at == 0));
        return table;
    }

    private static TableRow Of(Row row, List<int> columns, bool named)
    {
        var drawn = new TableRow();
        var properties = new TableRowProperties();
        // A long text goes on over the page; what was a single line stays together.
        if (row.Height == 0 && row.Cells.All(c => c.Text.Length < 200))
            properties.Append(new CantSplit());
        if (row.Height > 0)
            properties.Append(
                new TableRowHeight { Val = (uint)(row.Height * Millimetre), HeightType = HeightRuleValues.AtLeast }
            );
        if (named)
            properties.Append(new TableHeader());
        if (properties.HasChildren)
            drawn.Append(properties);
        var column = 0;
        foreach (var cell in row.Cells)
        {
            drawn.Append(Of(cell, columns.Skip(column).Take(cell.Span).Sum()));
            column += cell.Span;
        }
        return drawn;
    }

    private static TableCell Of(Cell cell, int width)
    {
        var properties = new TableCellProperties(
            new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa }
        );
        if (cell.Span > 1)
            properties.Append(new GridSpan { Val = cell.Span });
        if (cell.Head)
            properties.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        return new TableCell(
            cell.Text.Split('\n')
                .Select(line => WordFile.Line(cell.Head ? "CellHead" : "Cell", line))
                .Prepend<OpenXmlElement>(properties)
        );
    }

    private static TableBorders Rules()
    {
        return new TableBorders(
            Rule<TopBorder>(),
            Rule<LeftBorder>(),
            Rule<BottomBorder>(),
            Rule<RightBorder>(),
            Rule<InsideHorizontalBorder>(),
            Rule<InsideVerticalBorder>()
        );

        static T Rule<T>()
            where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 6 };
    }
}

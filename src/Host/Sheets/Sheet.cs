using System.Collections.Immutable;
using System.Globalization;
using EduUnion.Domain;

namespace EduUnion.Host.Sheets;

/// <summary>One line of a sheet by the names of its columns.</summary>
public sealed class SheetRow(int line, ImmutableDictionary<string, string> values)
{
    private static readonly string[] Dates = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"];

    /// <summary>The number of the line in the text, from 1; the header is a line.</summary>
    public int Line => line;

    /// <summary>Empty where there is no such column or nothing stands in it.</summary>
    public string this[string column] => values.GetValueOrDefault(column, "");

    /// <summary>Null where nothing stands. Refusals: <c>import.date</c>.</summary>
    public Outcome<DateOnly?> Date(string column)
    {
        var typed = this[column];
        if (typed.Length == 0)
            return (DateOnly?)null;
        return DateOnly.TryParseExact(typed, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : Refusal.Because("import.date", typed);
    }
}

/// <summary>A table that somebody pasted or uploaded. Its first line names the columns, in Chinese or English.</summary>
public static class Sheet
{
    /// <summary>More come in several pieces: one transaction checks and writes them all.</summary>
    public const int MostLines = 2000;

    /// <summary>Refusals: <c>import.empty</c>, <c>import.columns</c> (those missing), <c>import.too-long</c>.</summary>
    /// <param name="columns">Each column's name with what it may be called in the first line; the first is the usual.</param>
    public static Outcome<IReadOnlyList<SheetRow>> Read(
        string text,
        IReadOnlyList<(string Column, ImmutableArray<string> Called, bool Required)> columns
    )
    {
        var lines = CsvText.Read(text).Take(MostLines + 2).ToList();
        if (lines.Count < 2)
            return Refusal.At("csv", "import.empty");
        if (lines.Count > MostLines + 1)
            return Refusal.At("csv", "import.too-long", MostLines);
        var heads = lines[0].Cells;
        var places = columns.ToDictionary(
            c => c.Column,
            c => heads.TakeWhile(h => !c.Called.Contains(h, StringComparer.OrdinalIgnoreCase)).Count()
        );
        var missing = columns.Where(c => c.Required && places[c.Column] == heads.Count).ToList();
        if (missing.Count > 0)
            return Refusal.At("csv", "import.columns", string.Join(" / ", missing.Select(c => c.Called[0])));
        return lines
            .Skip(1)
            .Select(l => new SheetRow(
                l.Line,
                places.Where(p => p.Value < l.Cells.Count).ToImmutableDictionary(p => p.Key, p => l.Cells[p.Value])
            ))
            .ToList();
    }
}

public enum LineOutcome
{
    Added,
    Changed,

    /// <summary>Stands so already.</summary>
    Same,
    Refused,
}

/// <summary>What became of one line, or would become of it.</summary>
public sealed record ImportLine(int Line, string Subject, LineOutcome Outcome, Refusal? Refusal = null);

/// <param name="Applied">False: only looked, nothing is written.</param>
public sealed record ImportResult(IReadOnlyList<ImportLine> Lines, bool Applied)
{
    public int Count(LineOutcome outcome) => Lines.Count(l => l.Outcome == outcome);

    public bool HasWork => Lines.Any(l => l.Outcome is LineOutcome.Added or LineOutcome.Changed);
}
